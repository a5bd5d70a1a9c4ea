import fc from 'fast-check';
import { campaign, campaignList } from '../../../sendpilot/contract/campaign';
import { lead, leadList } from '../../../sendpilot/contract/lead';
import { senderList } from '../../../sendpilot/contract/sender';
import { createSeed } from '../../../sandbox/seed';
import { answerOf, call, send, TO_JANE, useSandbox } from './helpers';

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

describe('leads', () => {
	const sandbox = useSandbox();
	const get = (path: string) => answerOf(call(sandbox(), path));

	it('are listed by campaign with their senders, and fit the contract', async () => {
		const { body } = await get('/v1/leads?campaignId=camp_agencies');
		expect(leadList.parse(body)).toEqual(body);
		expect(ids(body.leads)).toEqual(['lead_ines', 'lead_tom']);
		expect(body.leads[0]).not.toHaveProperty('senderId');
		expect(body.leads[1]).toMatchObject({ senderId: 'sender_casper', company: 'Okafor & Co' });
	});

	it('are found by status', async () => {
		const { body } = await get('/v1/leads?campaignId=camp_founders&status=REPLY_RECEIVED');
		expect(ids(body.leads)).toEqual(['lead_omar']);
	});

	it('require a campaign', async () => {
		expect(await get('/v1/leads')).toMatchObject({
			status: 400,
			body: { message: ['campaignId should not be empty'] },
		});
		expect((await get('/v1/leads?campaignId=camp_none')).status).toBe(404);
	});

	it('can be read one by one: plain, or in full', async () => {
		const plain = await get('/v1/leads/lead_jane');
		expect(lead.parse(plain.body)).toEqual(plain.body);
		expect(plain.body).not.toHaveProperty('email');
		expect(plain.body).not.toHaveProperty('senderId');
		for (const full of ['true', '1']) {
			expect((await get(`/v1/leads/lead_jane?full=${full}`)).body).toMatchObject({
				...plain.body,
				senderId: 'sender_alex',
				email: 'jane.doe@example.com',
				data: { topic: 'scaling support' },
			});
		}
	});

	it('never show who is connected', async () => {
		expect((await get('/v1/leads/lead_noah?full=true')).body).not.toHaveProperty('connected');
	});

	it('are 404 if they are unknown', async () => {
		expect(await get('/v1/leads/lead_none')).toMatchObject({
			status: 404,
			body: { message: 'Lead not found' },
		});
	});

	it('are each on exactly one page, whatever their number and the page size', async () => {
		await fc.assert(
			fc.asyncProperty(fc.nat(30), fc.integer({ min: 1, max: 12 }), async (count, limit) => {
				sandbox().reset();
				const { leads } = sandbox().seed;
				const pattern = leads[0]!;
				leads.length = 0;
				for (let n = 0; n < count; n++) leads.push({ ...pattern, id: `lead_${n}` });

				const seen: string[] = [];
				let page = 1;
				for (let totalPages = 1; page <= totalPages; page++) {
					const query = `campaignId=${pattern.campaignId}&limit=${limit}&page=${page}`;
					const { body } = await get(`/v1/leads?${query}`);
					totalPages = body.pagination.totalPages;
					expect(body.pagination).toMatchObject({ total: count, page, limit });
					seen.push(...ids(body.leads));
				}
				expect(seen).toEqual(ids(leads));
			}),
			{ numRuns: 20 },
		);
	});

	it('are missing from a page past the end', async () => {
		const { status, body } = await get('/v1/leads?campaignId=camp_founders&page=9');
		expect(status).toBe(200);
		expect(body.leads).toEqual([]);
	});
});

describe('senders', () => {
	const sandbox = useSandbox();

	it('are listed with their remaining messages, and fit the contract', async () => {
		await send(sandbox(), TO_JANE);
		const { body } = await answerOf(call(sandbox(), '/v1/inbox/senders'));
		expect(senderList.parse(body).senders).toEqual(body.senders);
		expect(body.total).toBe(5);
		expect(body.senders[0]).toEqual({
			id: 'sender_alex',
			name: 'Alex Moreau',
			linkedinUrl: 'https://www.linkedin.com/in/alex-moreau',
			status: 'active',
			dailyMessageLimit: 100,
			messagesSentToday: 1,
			remainingMessages: 99,
		});
	});

	it('are rate_limited once they reach their daily limit', async () => {
		const statusOfCasper = async () => {
			const { body } = await answerOf(call(sandbox(), '/v1/inbox/senders'));
			return body.senders[2].status;
		};
		expect(await statusOfCasper()).toBe('active');
		for (let time = 0; time < 2; time++) {
			await send(sandbox(), { ...TO_JANE, senderId: 'sender_casper' });
		}
		expect(await statusOfCasper()).toBe('rate_limited');
	});
});
