import { type Described, faultsOf, OPERATIONS } from '../contract';

describe('the description itself', () => {
	const headers = { 'x-api-key': 'key', 'content-type': 'application/json' };
	const LEAD = { leadId: 'lead_jane', message: 'Hi' };
	const PROFILE = {
		senderId: 'sender_alex',
		recipientLinkedinUrl: 'https://www.linkedin.com/in/jane-doe',
		message: 'Hi',
	};
	const send = (body: unknown): Described => ({
		method: 'POST',
		path: '/v1/inbox/send',
		query: {},
		headers,
		body,
	});
	const LEADS = { campaignId: 'camp_a', leads: [{ linkedinUrl: PROFILE.recipientLinkedinUrl }] };
	const SEARCH = {
		name: 'CTOs',
		limit: 10,
		filters: { job_titles: ['CTO'], min_revenue_annual: 1 },
	};
	const post = (path: string, body: unknown): Described => ({ ...send(body), path });
	const patch = (path: string, body: unknown): Described => ({
		...post(path, body),
		method: 'PATCH',
	});
	const get = (path: string, query = {}): Described => ({ method: 'GET', path, query, headers });
	const named = (requests: Described[]) =>
		requests.map((request) => {
			const { method, path, query, body } = request;
			return {
				request,
				name: `${method} ${path} ${JSON.stringify({ query, body }).slice(0, 150)}`,
			};
		});

	it.each(
		named([
			send(LEAD),
			send({ ...LEAD, senderId: 'sender_alex' }),
			send(PROFILE),
			send({ ...PROFILE, campaignId: 'camp_a', leadId: 'lead_jane' }),
			get('/v1/campaigns', { limit: '1' }),
			get('/v1/leads/lead_jane', { full: 'true' }),
			get('/v1/leads', { campaignId: 'camp_a', status: 'DONE' }),
			get('/v1/inbox/conversations', { accountId: 'sender_alex', limit: '20' }),
			get('/v1/inbox/conversations/2-a%3D%3D/messages', { accountId: 'sender_alex' }),
			get('/v1/lead-database/filters', { filter: 'industries', search: 'soft', offset: '50' }),
			post('/v1/leads', LEADS),
			post('/v1/inbox/send/lead/lead_jane', { senderId: 's', message: 'Hi {{firstName}}' }),
			post('/v1/inbox/connect', { ...PROFILE, message: '🚀'.repeat(300) }),
			post('/v1/lead-database/searches', SEARCH),
			patch('/v1/campaigns/camp_a', { action: 'pause' }),
			patch('/v1/leads/lead_jane/status', { customLeadStatus: 'NOT_INTERESTED' }),
		]),
	)('takes what the documentation shows: $name', ({ request }) => {
		expect(faultsOf(request)).toEqual([]);
	});

	it.each(
		named([
			send({ ...LEAD, campaignId: 'camp_a' }),
			send({ ...LEAD, recipientLinkedinUrl: PROFILE.recipientLinkedinUrl }),
			send({ ...LEAD, senderId: '' }),
			send({ ...LEAD, senderId: null }),
			send({ leadId: 'lead_jane' }),
			send({ ...LEAD, message: ' ' }),
			send({ ...LEAD, message: 'a'.repeat(8_001) }),
			send({ ...LEAD, leadId: 7 }),
			send({ ...PROFILE, senderId: undefined }),
			send({ ...PROFILE, campaignId: '' }),
			send({ ...PROFILE, recipientLinkedinUrl: 'https://www.linkedin.com/in/jane-doe/' }),
			send({ ...PROFILE, recipientLinkedinUrl: 'linkedin.com/in/jane-doe' }),
			send({ ...PROFILE, attachment: 'a.pdf' }),
			send(undefined),
			{ ...send(LEAD), headers: { 'content-type': 'application/json' } },
			{
				...send(LEAD),
				headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
			},
			{ ...send(LEAD), query: { dryRun: 'true' } },
			get('/v1/inbox/send'),
			get('/v1/inbox/sender'),
			get('/v1/leads'),
			get('/v1/campaigns', { limit: '101' }),
			get('/v1/campaigns', { limit: 'all' }),
			get('/v1/leads/lead_jane', { full: 'yes' }),
			{ ...get('/v1/campaigns'), body: { limit: 1 } },
			get('/v1/leads', { campaignId: 'camp_a', status: 'NOBODY' }),
			get('/v1/inbox/conversations', { limit: '101' }),
			get('/v1/inbox/conversations/2-a/messages'),
			post('/v1/leads', { ...LEADS, leads: Array(101).fill(LEADS.leads[0]) }),
			post('/v1/leads', { ...LEADS, leads: [{ firstName: 'Jane' }] }),
			post('/v1/inbox/send/lead/lead_jane', LEAD),
			post('/v1/inbox/connect', { ...PROFILE, message: 'a'.repeat(301) }),
			post('/v1/lead-database/searches', { ...SEARCH, filters: { jobTitles: ['CTO'] } }),
			post('/v1/lead-database/searches', { ...SEARCH, webhook_url: 'http://example.com' }),
			patch('/v1/campaigns/camp_a', { action: 'start' }),
			patch('/v1/leads/lead_jane/status', { note: 'why' }),
			patch('/v1/leads/lead_jane/status', { status: 'NOT_INTERESTED' }),
		]),
	)('refuses everything else: $name', ({ request }) => {
		expect(faultsOf(request)).not.toEqual([]);
	});

	it('has the 23 operations of the API', () => {
		expect(new Set(OPERATIONS).size).toBe(23);
	});
});
