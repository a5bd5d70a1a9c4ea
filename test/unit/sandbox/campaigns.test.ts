import { campaign, campaignList } from '../../../sendpilot/contract/campaign';
import { createSeed } from '../../../sandbox/seed';
import { answerOf, call, callJson, eventsOf, useSandbox } from './helpers';

const ids = (items: Array<{ id: string }>) => items.map(({ id }) => id);

describe('campaigns', () => {
	const sandbox = useSandbox();
	const get = (path: string) => answerOf(call(sandbox(), path));

	it('are listed with counters, and fit the contract', async () => {
		const { status, body } = await get('/v1/campaigns');
		expect(status).toBe(200);
		expect(campaignList.parse(body)).toEqual(body);
		expect(body.pagination).toEqual({ total: 8, page: 1, limit: 20, totalPages: 1 });
		expect(body.campaigns[0]).toEqual({
			id: 'camp_founders',
			name: 'Founders in Europe',
			status: 'started',
			linkedInSenderIds: ['sender_alex', 'sender_bianca'],
			totalLeads: 5,
			connectionsSent: 5,
			messagesSent: 4,
			repliesReceived: 1,
			createdAt: expect.any(String),
			updatedAt: expect.any(String),
		});
	});

	it.each([
		['all', ids(createSeed().campaigns)],
		['active', ['camp_founders', 'camp_saas', 'camp_revops']],
		['started', ['camp_founders', 'camp_saas', 'camp_revops']],
		['paused', ['camp_agencies', 'camp_partners']],
		['draft', ['camp_next']],
		['finished', ['camp_webinar', 'camp_expo']],
	])('are found by status %s', async (status, expected) => {
		expect(ids((await get(`/v1/campaigns?status=${status}`)).body.campaigns)).toEqual(expected);
	});

	it('can be read one by one, with a description', async () => {
		const { body } = await get('/v1/campaigns/camp_webinar');
		expect(body).toMatchObject({ id: 'camp_webinar', totalLeads: 1, description: null });
		expect(campaign.parse(body)).toEqual(body);
	});

	it('are 404 if they are unknown', async () => {
		expect(await get('/v1/campaigns/camp_none')).toEqual({
			status: 404,
			body: { statusCode: 404, message: 'Campaign not found', error: 'Not Found' },
		});
	});

	it.each([
		['limit=0', 'limit must not be less than 1'],
		['limit=101', 'limit must not be greater than 100'],
		['limit=ten', 'limit must be an integer number'],
		['page=0', 'page must not be less than 1'],
		['status=running', expect.stringContaining('status must be one of the following values')],
		['order=name', 'property order should not exist'],
	])('reject %s', async (query, message) => {
		expect(await get(`/v1/campaigns?${query}`)).toMatchObject({
			status: 400,
			body: { message: [message] },
		});
	});
});

describe('campaigns with the older field names', () => {
	const sandbox = useSandbox({ generation: 'docs' });

	it('are under data and meta, with statuses in capitals', async () => {
		const { body } = await answerOf(call(sandbox(), '/v1/campaigns?limit=1'));
		expect(body.data).toEqual([
			{
				id: 'camp_founders',
				name: 'Founders in Europe',
				status: 'STARTED',
				totalLeads: 5,
				createdAt: expect.any(String),
				updatedAt: expect.any(String),
			},
		]);
		expect(body.meta).toEqual({ total: 8, page: 1, limit: 1, totalPages: 8 });
		expect(ids(campaignList.parse(body).campaigns)).toEqual(['camp_founders']);
	});

	it('have their counters under metrics', async () => {
		const { body } = await answerOf(call(sandbox(), '/v1/campaigns/camp_founders'));
		expect(body.metrics).toMatchObject({ messagesSent: 4, repliesReceived: 1 });
	});
});

describe('pausing and resuming', () => {
	const sandbox = useSandbox();
	const patch = (id: string, body: unknown) =>
		answerOf(callJson('PATCH', `/v1/campaigns/${id}`, sandbox(), body));

	it('changes the status, and emits an event for each', async () => {
		const events = eventsOf(sandbox());
		expect(await patch('camp_founders', { action: 'pause' })).toEqual({
			status: 200,
			body: {
				success: true,
				campaignId: 'camp_founders',
				action: 'pause',
				newStatus: 'paused',
				message: expect.any(String),
			},
		});
		expect(await patch('camp_founders', { action: 'resume' })).toMatchObject({
			body: { newStatus: 'started' },
		});
		const campaign = { campaignId: 'camp_founders', campaignName: 'Founders in Europe' };
		const at = expect.any(String);
		expect(events()).toEqual([
			['campaign.paused', { ...campaign, pausedAt: at, pausedBy: 'api' }],
			['campaign.resumed', { ...campaign, resumedAt: at, resumedBy: 'api' }],
		]);
	});

	it.each([
		['camp_agencies', 'pause', 400, 'Cannot pause a campaign that is paused'],
		['camp_webinar', 'resume', 400, 'Cannot resume a campaign that is finished'],
		['camp_none', 'pause', 404, 'Campaign not found'],
		['camp_founders', 'stop', 400, ['action must be one of the following values: pause, resume']],
		['camp_founders', undefined, 400, ['action should not be empty']],
	])('%s: %s is %i', async (id, action, status, message) => {
		expect(await patch(id, { action })).toMatchObject({ status, body: { message } });
	});
});
