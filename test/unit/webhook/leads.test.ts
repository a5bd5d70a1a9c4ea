import { splitLeads } from '../../../sendpilot/webhook/leads';
import { eventWith } from './helpers';

const SEARCH = 'lead_database.search.completed';

describe('splitting an event by its leads', () => {
	it('yields one event per lead, in order, with everything else in each', () => {
		const data = { search_id: 's1', leads: [{ id: 'a' }, { id: 'b' }], results_url: '/v1/x' };
		const event = eventWith(SEARCH, data);
		expect(splitLeads(event)).toEqual([
			{ ...event, data: { search_id: 's1', results_url: '/v1/x', lead: { id: 'a' } } },
			{ ...event, data: { search_id: 's1', results_url: '/v1/x', lead: { id: 'b' } } },
		]);
		expect(event.data).toBe(data);
	});

	it.each([
		['no leads', {}],
		['an empty list', { leads: [] }],
		['leads that are not a list', { leads: 'many' }],
		['leads that are null', { leads: null }],
	])('does not change an event with %s', (_, data) => {
		const event = eventWith(SEARCH, data);
		expect(splitLeads(event)).toEqual([event]);
	});

	it('accepts leads of any form', () => {
		const items = splitLeads(eventWith(SEARCH, { leads: [null, 'jane', { id: 'a' }] }));
		expect(items.map(({ data }) => data.lead)).toEqual([null, 'jane', { id: 'a' }]);
	});

	it('handles thousands', () => {
		const leads = Array.from({ length: 10_000 }, (_, id) => ({ id }));
		expect(splitLeads(eventWith(SEARCH, { leads }))).toHaveLength(10_000);
	});
});
