import { listSearchResults, readSearch } from '../../../sendpilot/leadSearch';
import { itemOperation } from '../../shared/itemOperation';
import { LIST_FIELDS } from '../../shared/listFields';
import { searchLocator } from '../../shared/locators';
import { SHAPE_FIELDS } from '../../shared/shape';
import { SEARCH } from '../job/kinds';
import { jobResults } from '../job/results';

/** Lead Search → Get Results. */
export const getResults = itemOperation({
	value: 'getResults',
	name: 'Get Results',
	action: 'Get the results of a lead search',
	description: 'Get the people that a search in the lead database found, or has found so far',
	effect: 'read',
	builderHint:
		'Only for a search that has completed: put Lead Search: Get with waitForCompletion before it, or a SendPilot Trigger with the event lead_database.search.completed. To add the people to a campaign, follow it with Lead: Add to Campaign and its profile URL from linkedin_url.',
	fields: [
		searchLocator({
			displayName: 'Search ID',
			name: 'searchId',
			required: true,
			description: 'The search whose results to get',
		}),
		...LIST_FIELDS,
		...SHAPE_FIELDS,
	],
	async runItem(item) {
		const { api, fields } = item;
		const id = fields.id('searchId');
		return await jobResults(SEARCH, item, {
			list: (options) => listSearchResults(api, id, options),
			status: async () => await readSearch(api, id),
		});
	},
});
