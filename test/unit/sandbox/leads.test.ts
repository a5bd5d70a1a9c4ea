import fc from 'fast-check';
import { readProfileUrl } from '../../../sandbox/profile';
import { lead, LEADS_PER_REQUEST, leadList } from '../../../sendpilot/contract/lead';
import { answerOf, call, callJson, eventsOf, postJson, useSandbox } from './helpers';

const ids = (items: Array<{ id: string }>) => items.map(({ id }) => id);

describe('the largest campaign', () => {
	const sandbox = useSandbox({ leads: 5_000 });
	const total = async () =>
		(await answerOf(call(sandbox(), '/v1/leads?campaignId=camp_saas'))).body.pagination.total;

	it('has as many leads as wanted, also after a reset', async () => {
		const { leads } = sandbox().seed;
		expect(await total()).toBe(5_000);
		expect(new Set(ids(leads)).size).toBe(leads.length);
		leads.pop();
		sandbox().reset();
		expect(await total()).toBe(5_000);
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

describe('adding leads', () => {
	const sandbox = useSandbox({ quirks: { namesAfterMs: 0 } });
	const JANE = 'https://www.linkedin.com/in/jane-doe';
	const NEW = 'https://www.linkedin.com/in/zora-neal';
	const add = (leads: unknown[], campaignId = 'camp_next') =>
		answerOf(postJson('/v1/leads', sandbox(), { campaignId, leads }));
	const inCampaign = async (id = 'camp_next') =>
		(await answerOf(call(sandbox(), `/v1/leads?campaignId=${id}&full=true`))).body.leads;

	it('keeps known and custom fields, and gives no ids', async () => {
		const given = { linkedinUrl: NEW, firstName: 'Zora', email: 'z@example.com', score: 7 };
		expect(await add([given])).toEqual({
			status: 201,
			body: { success: true, leadsAdded: 1, duplicatesSkipped: 0, invalidEntries: 0 },
		});
		expect(await inCampaign()).toMatchObject([
			{
				linkedinUrl: NEW,
				status: 'PENDING',
				firstName: 'Zora',
				email: 'z@example.com',
				data: { score: 7 },
			},
		]);
	});

	it('counts what is in the campaign already or comes twice, whatever the spelling', async () => {
		const again = 'https://fr.linkedin.com/in/Zora-Neal/?x=1';
		const { body } = await add([{ linkedinUrl: NEW }, { linkedinUrl: again }]);
		expect(body).toMatchObject({ leadsAdded: 1, duplicatesSkipped: 1 });
		expect((await add([{ linkedinUrl: again }])).body).toMatchObject({ duplicatesSkipped: 1 });
		// Another campaign is another matter.
		expect((await add([{ linkedinUrl: JANE }])).body).toMatchObject({ leadsAdded: 1 });
		expect((await add([{ linkedinUrl: JANE }], 'camp_webinar')).body).toMatchObject({
			duplicatesSkipped: 1,
		});
	});

	it('never changes the custom fields of a lead', async () => {
		await add([{ linkedinUrl: NEW, score: 1 }]);
		await add([{ linkedinUrl: NEW, score: 2 }]);
		expect(await inCampaign()).toMatchObject([{ data: { score: 1 } }]);
	});

	it('says which leads are invalid, or only how many', async () => {
		const leads = [{ linkedinUrl: NEW }, { linkedinUrl: 'https://example.com' }, {}];
		const reason = 'Invalid LinkedIn URL';
		expect((await add(leads)).body).toEqual({
			...{ success: true, leadsAdded: 1, duplicatesSkipped: 0, invalidEntries: 2 },
			errors: [
				{ linkedinUrl: 'https://example.com', reason, index: 1 },
				{ linkedinUrl: '', reason, index: 2 },
			],
		});
		sandbox().quirks.reportsInvalidLeads = false;
		expect((await add(leads)).body).toEqual({
			...{ success: true, leadsAdded: 0, duplicatesSkipped: 1, invalidEntries: 2 },
		});
	});

	it('leaves names empty until SendPilot has looked them up', async () => {
		sandbox().quirks.namesAfterMs = 60_000;
		await add([{ linkedinUrl: JANE }]);
		sandbox().quirks.namesAfterMs = 0;
		await add([{ linkedinUrl: NEW }]);
		expect(await inCampaign()).toMatchObject([
			{ firstName: null, lastName: null, title: null, company: null },
			{ firstName: 'Zora', lastName: 'Neal', title: expect.any(String) },
		]);
	});

	it.each([
		[
			'too many',
			Array(LEADS_PER_REQUEST + 1).fill({ linkedinUrl: NEW }),
			'leads must contain no more than 100 elements',
		],
		['none', [], 'leads must contain at least 1 elements'],
		[
			'a name that is no text',
			[{ linkedinUrl: NEW, firstName: 7 }],
			'leads.0.firstName must be a string',
		],
	])('refuses %s, and adds nobody', async (_name, leads, message) => {
		expect(await add(leads)).toMatchObject({ status: 400, body: { message: [message] } });
		expect(await inCampaign()).toEqual([]);
	});

	it('needs a campaign', async () => {
		expect(await add([{ linkedinUrl: NEW }], 'camp_none')).toMatchObject({
			status: 404,
			body: { message: 'Campaign not found' },
		});
	});
});

describe('adding leads as the older docs say', () => {
	const sandbox = useSandbox({ generation: 'docs' });

	it('takes custom fields from a field of their own', async () => {
		const linkedinUrl = 'https://www.linkedin.com/in/zora-neal';
		const leads = [{ linkedinUrl, customFields: { score: 7 } }];
		await postJson('/v1/leads', sandbox(), { campaignId: 'camp_next', leads });
		expect(sandbox().seed.leads.at(-1)?.data).toEqual({ score: 7 });
	});
});

describe('setting the outcome of a lead', () => {
	const sandbox = useSandbox();
	const set = (body: unknown, id = 'lead_omar') =>
		answerOf(callJson('PATCH', `/v1/leads/${id}/status`, sandbox(), body));

	it('changes status and label, and emits an event for each', async () => {
		const events = eventsOf(sandbox());
		const both = { status: 'MEETING_BOOKED', customLeadStatus: 'INTERESTED', note: 'Tuesday' };
		expect(await set(both)).toEqual({
			status: 200,
			body: {
				...{ success: true, leadId: 'lead_omar', status: 'MEETING_BOOKED' },
				...{ customLeadStatus: 'INTERESTED', message: expect.any(String) },
			},
		});
		await set(both);
		const omar = { leadId: 'lead_omar', linkedinUrl: 'https://www.linkedin.com/in/omar-haddad' };
		const statuses = { previousStatus: 'REPLY_RECEIVED', newStatus: 'MEETING_BOOKED' };
		expect(events()).toEqual([
			['lead.updated', { ...omar, campaignId: 'camp_founders', ...statuses }],
			['lead.tag.updated', { ...omar, newTag: 'Interested', previousTag: null }],
		]);
	});

	it.each([
		[{ note: 'why' }, ['At least one of status and customLeadStatus is required']],
		[
			{ status: 'NOT_INTERESTED' },
			[expect.stringMatching(/^status must be one of the following values: OPPORTUNITY, /)],
		],
		[{ status: 'DONE', tag: 'x' }, ['property tag should not exist']],
	])('refuses %j', async (body, message) => {
		expect(await set(body)).toMatchObject({ status: 400, body: { message } });
	});

	it('is 404 for a lead that does not exist', async () => {
		expect((await set({ status: 'DONE' }, 'lead_none')).status).toBe(404);
	});
});

describe('the crowd', () => {
	const sandbox = useSandbox();

	it('is some 3,000 leads, each once per campaign', () => {
		const { leads, campaigns } = sandbox().seed;
		const keys = leads.map((one) => `${one.campaignId} ${readProfileUrl(one.linkedinUrl)?.slug}`);
		expect(new Set(keys).size).toBe(leads.length);
		expect(new Set(leads.map(({ id }) => id)).size).toBe(leads.length);
		expect(leads.length).toBeGreaterThan(3_000);
		expect(leads.every((one) => campaigns.some(({ id }) => id === one.campaignId))).toBe(true);
	});

	it.each([
		['people in several campaigns', ({ linkedinUrl }) => linkedinUrl, 40],
		['people with the same name', ({ firstName, lastName }) => `${firstName} ${lastName}`, 500],
	] as Array<
		[
			string,
			(lead: { linkedinUrl: string; firstName: string | null; lastName: string | null }) => string,
			number,
		]
	>)('has %s', (_name, keyOf, atLeast) => {
		const { leads } = sandbox().seed;
		const repeated = leads.length - new Set(leads.map(keyOf)).size;
		expect(repeated).toBeGreaterThan(atLeast);
	});

	it('is the same after a reset, whatever was changed', () => {
		const before = structuredClone(sandbox().seed);
		sandbox().seed.leads[100]!.status = 'BLOCKED';
		sandbox().seed.conversations[3]!.messages.pop();
		sandbox().seed.credits.used = 7;
		sandbox().reset();
		expect(sandbox().seed).toEqual(before);
	});
});
