import { readSearch } from '../../../sendpilot/leadSearch';
import { itemOperation } from '../../shared/itemOperation';
import { searchLocator } from '../../shared/locators';
import { jobOutput, jobProblem, SEARCH } from '../job/kinds';
import { waitFields, waitForJob } from '../job/wait';

/** Lead Search → Get. */
export const get = itemOperation({
	value: 'get',
	name: 'Get',
	action: 'Get a lead search',
	description:
		'Get how far a search in the lead database is, or wait until it has completed; isDone tells whether it has ended',
	effect: 'read',
	builderHint:
		'Returns the status of a search, not the people it found: follow it with Lead Search: Get Results. To go on as soon as a long search has completed, use a SendPilot Trigger with the event lead_database.search.completed.',
	fields: [
		searchLocator({
			displayName: 'Search ID',
			name: 'searchId',
			required: true,
			description: 'The search to get',
		}),
		...waitFields(SEARCH),
	],
	async runItem(item) {
		const id = item.fields.id('searchId');
		const read = async () => await readSearch(item.api, id);
		try {
			return [jobOutput(SEARCH, await waitForJob(SEARCH, item, await read(), read))];
		} catch (error) {
			throw jobProblem(SEARCH, error);
		}
	},
});
