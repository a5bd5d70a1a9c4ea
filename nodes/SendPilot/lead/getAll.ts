import { LEAD_STATUSES } from '../../../sendpilot/contract/lead';
import { listLeads } from '../../../sendpilot/lead';
import { itemOperation } from '../../shared/itemOperation';
import { filtersField, LIST_FIELDS, listed } from '../../shared/listFields';
import { SHAPE_FIELDS, shapeOf } from '../../shared/shape';
import { ALL_DETAILS_OPTION, inCampaign, simplifyIn, statusOptions } from './fields';

/** Lead → Get Many. */
export const getAll = itemOperation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many leads',
	description: 'List the leads of a campaign, optionally those with one status',
	effect: 'read',
	fields: [
		inCampaign('The campaign whose leads to list'),
		...LIST_FIELDS,
		...SHAPE_FIELDS,
		filtersField([
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				default: 'CONNECTION_ACCEPTED',
				options: statusOptions(LEAD_STATUSES),
				description:
					'How far the campaign got with the lead, or the outcome that somebody set. Leads go on to Done when the sequence ends.',
			},
		]),
	],
	options: [ALL_DETAILS_OPTION],
	async runItem(item) {
		const { api, fields } = item;
		const query = {
			campaignId: fields.id('campaignId'),
			status: fields.optionalChoice('filters.status'),
			full: fields.isOn('options.full'),
		};
		return await listed(item, shapeOf(item, simplifyIn(fields)), (options) =>
			listLeads(api, query, options),
		);
	},
});
