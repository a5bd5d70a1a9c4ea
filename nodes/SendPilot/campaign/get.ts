import { readCampaign } from '../../../sendpilot/campaign';
import { itemOperation } from '../../shared/itemOperation';
import { campaignLocator } from '../../shared/locators';
import { SHAPE_FIELDS, shapeOf } from '../../shared/shape';
import { simplifyCampaign } from './simplify';

/** Campaign → Get. */
export const get = itemOperation({
	value: 'get',
	name: 'Get',
	action: 'Get a campaign',
	description: 'Get a campaign with its status and counters',
	effect: 'read',
	fields: [
		campaignLocator({
			displayName: 'Campaign',
			name: 'campaignId',
			required: true,
			description: 'The campaign to get',
		}),
		...SHAPE_FIELDS,
	],
	async runItem(item) {
		const { api, fields } = item;
		const shape = shapeOf(item, simplifyCampaign);
		return [shape(await readCampaign(api, fields.id('campaignId')))];
	},
});
