import { readLead } from '../../../sendpilot/lead';
import { itemOperation } from '../../shared/itemOperation';
import { SHAPE_FIELDS, shapeOf } from '../../shared/shape';
import { leadFields, simplifyLead } from './fields';

/** Lead → Get. */
export const get = itemOperation({
	value: 'get',
	name: 'Get',
	action: 'Get a lead',
	description: 'Get a lead with all its details and custom fields, by its ID',
	effect: 'read',
	fields: [...leadFields('The lead to get'), ...SHAPE_FIELDS],
	async runItem(item) {
		const { api, fields } = item;
		const shape = shapeOf(item, simplifyLead);
		return [shape(await readLead(api, fields.id('leadId')))];
	},
});
