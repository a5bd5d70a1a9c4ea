import { listCampaigns } from '../../../sendpilot/campaign';
import { itemOperation } from '../../shared/itemOperation';
import { filtersField, LIST_FIELDS, listed } from '../../shared/listFields';
import { SHAPE_FIELDS, shapeOf } from '../../shared/shape';
import { simplifyCampaign } from './simplify';

/** Campaign → Get Many. */
export const getAll = itemOperation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many campaigns',
	description: 'List campaigns, optionally those with one status',
	effect: 'read',
	fields: [
		...LIST_FIELDS,
		...SHAPE_FIELDS,
		filtersField([
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				default: 'active',
				options: [
					{ name: 'Active', value: 'active' },
					{ name: 'Draft', value: 'draft' },
					{ name: 'Finished', value: 'finished' },
					{ name: 'Paused', value: 'paused' },
				],
			},
		]),
	],
	async runItem(item) {
		const status = item.fields.optionalChoice('filters.status');
		return await listed(item, shapeOf(item, simplifyCampaign), (options) =>
			listCampaigns(item.api, status ? { status } : {}, options),
		);
	},
});
