import {
	extractionResults,
	extractionStatusReply,
	startExtractionReply,
} from '../../../sendpilot/contract/leadExtraction';
import {
	filterCatalogue,
	searchResults,
	searchStatusReply,
	startSearchReply,
} from '../../../sendpilot/contract/leadSearch';
import { answerOf, call, eventsOf, postJson, until, useReceiver, useSandbox } from './helpers';

const SEARCHES = '/v1/lead-database/searches';
const EXTRACTIONS = '/v1/lead-extractor/campaigns';
const SEARCH = { name: 'CTOs', limit: 10, filters: { job_titles: ['CTO'] } };
const EXTRACTION = {
	name: 'CTOs',
	urls: ['https://www.linkedin.com/search/results/people/?keywords=cto'],
	mode: 'with_enrichment',
	url_type: 'linkedin_search',
	limit: 10,
};

const sandbox = useSandbox({ quirks: { jobPolls: 2, jobMs: Infinity } });
const receiver = useReceiver();

const get = async (path: string) => (await answerOf(call(sandbox(), path))).body;
const start = (path: string, body: object) => answerOf(postJson(path, sandbox(), body));
const credits = async () => await get('/v1/credits');

describe('a search', () => {
	const run = async () => {
		await get(`${SEARCHES}/search_1/status`);
		return await get(`${SEARCHES}/search_1/status`);
	};

	it('takes as many reads of its status as wanted, and fits the contract', async () => {
		const { status, body } = await start(SEARCHES, SEARCH);
		expect(startSearchReply.parse(body)).toEqual(body);
		expect([status, body.status, body.estimated_quota]).toEqual([201, 'pending', 10]);
		expect(await get(`${SEARCHES}/search_1/results`)).toMatchObject({ leads: [], total: 0 });

		const running = await get(`${SEARCHES}/search_1/status`);
		expect(running).toMatchObject({
			status: 'processing',
			progress: { requested: 10, found: 5, percent_complete: 50 },
		});
		expect(running).not.toHaveProperty('totalResults');
		const done = await get(`${SEARCHES}/search_1/status`);
		expect(searchStatusReply.parse(done)).toEqual(done);
		expect(done).toMatchObject({ status: 'completed', totalResults: 10 });
	});

	it('ends after some time, too', async () => {
		sandbox().quirks.jobMs = 1;
		const events = eventsOf(sandbox());
		await start(SEARCHES, SEARCH);
		await until(() => jest.mocked(sandbox().webhooks.emit).mock.calls.length > 0);
		expect(events()).toMatchObject([['lead_database.search.completed', { search_id: 'search_1' }]]);
	});

	it('gives its leads by offset', async () => {
		await start(SEARCHES, SEARCH);
		await run();
		const first = await get(`${SEARCHES}/search_1/results?limit=8`);
		const second = await get(`${SEARCHES}/search_1/results?limit=8&offset=8`);
		expect(searchResults.parse(first)).toEqual(first);
		expect(first).toMatchObject({ search_id: 'search_1', total: 10, limit: 8, has_more: true });
		expect(second).toMatchObject({ offset: 8, has_more: false });
		const urls = [...first.leads, ...second.leads].map((lead) => lead.linkedin_url);
		expect(new Set(urls).size).toBe(10);
		expect(first.leads[0]).toMatchObject({ job_title: 'CTO' });
	});

	it('tells webhooks, and the URL of its own, when it is done', async () => {
		const events = eventsOf(sandbox());
		await start(SEARCHES, { ...SEARCH, webhook_url: `${receiver.url}/done` });
		await run();
		await sandbox().webhooks.settled();
		const data = {
			...{ search_id: 'search_1', search_name: 'CTOs', total_leads_found: 10 },
			...{ requested_limit: 10, filters: SEARCH.filters },
			leads: expect.any(Array),
			results_url: `${SEARCHES}/search_1/results`,
		};
		expect(events()).toMatchObject([['lead_database.search.completed', data]]);
		expect(receiver.received).toHaveLength(1);
		const [{ url, headers, body }] = receiver.received as [(typeof receiver.received)[0]];
		expect(url).toBe('/done');
		expect(Object.keys(headers).filter((name) => /svix|signature/.test(name))).toEqual([]);
		expect(JSON.parse(body)).toMatchObject({ eventType: 'lead_database.search.completed', data });
	});

	it('fails if its name says so, and costs nothing then', async () => {
		const events = eventsOf(sandbox());
		await start(SEARCHES, { ...SEARCH, name: 'This will fail' });
		expect(await run()).toMatchObject({ status: 'failed', error_message: expect.any(String) });
		expect(await get(`${SEARCHES}/search_1/results`)).toMatchObject({ leads: [], total: 0 });
		expect(await credits()).toMatchObject({ available: 1_500, used: 0 });
		expect(events()).toEqual([]);
	});

	it.each([
		[{}, ['name should not be empty', 'limit should not be empty', 'filters should not be empty']],
		[{ ...SEARCH, limit: 0 }, ['limit must not be less than 1']],
		[
			{ ...SEARCH, limit: '10' },
			['limit must be a number conforming to the specified constraints'],
		],
		[{ ...SEARCH, filters: { jobTitles: [] } }, ['filters.property jobTitles should not exist']],
		[{ ...SEARCH, filters: { job_titles: 'CTO' } }, ['filters.job_titles must be an array']],
		[{ ...SEARCH, webhook_url: 'http://example.com' }, ['webhook_url must be a URL address']],
	])('is refused: %j', async (body, message) => {
		expect(await start(SEARCHES, body)).toMatchObject({ status: 400, body: { message } });
	});

	it('that nobody started is 404', async () => {
		for (const part of ['status', 'results']) {
			const answer = await answerOf(call(sandbox(), `${SEARCHES}/search_9/${part}`));
			expect(answer).toMatchObject({ status: 404, body: { message: 'Search not found' } });
		}
	});
});

describe('an extraction', () => {
	const run = async () => {
		await get(`${EXTRACTIONS}/extract_1/status`);
		return await get(`${EXTRACTIONS}/extract_1/status`);
	};

	it('runs, and gives its leads, all or only the enriched ones', async () => {
		const events = eventsOf(sandbox());
		const { body } = await start(EXTRACTIONS, EXTRACTION);
		expect(startExtractionReply.parse(body)).toEqual(body);
		expect(body).toMatchObject({ status: 'PENDING', estimated_credits: 20 });
		const done = await run();
		expect(extractionStatusReply.parse(done)).toEqual(done);
		expect(done).toMatchObject({
			status: 'FINISHED',
			progress: { extracted: 10, enriched: 8, requested: 10, percent_complete: 100 },
		});
		const all = await get(`${EXTRACTIONS}/extract_1/results`);
		expect(extractionResults.parse(all)).toEqual(all);
		expect(all).toMatchObject({ campaign_id: 'extract_1', total: 10, has_more: false });
		const enriched = await get(`${EXTRACTIONS}/extract_1/results?enriched_only=1`);
		expect(enriched.total).toBe(8);
		expect(events()).toMatchObject([
			[
				'lead_extractor.job.completed',
				{
					...{ campaign_id: 'extract_1', total_leads_extracted: 10, total_leads_enriched: 8 },
					credits_used: { extraction: 10, enrichment: 10, total: 20 },
				},
			],
		]);
	});

	it('costs less without contact data', async () => {
		const { body } = await start(EXTRACTIONS, { ...EXTRACTION, mode: 'extraction_only' });
		expect(body.estimated_credits).toBe(10);
		await run();
		expect((await get(`${EXTRACTIONS}/extract_1/results?enriched_only=true`)).leads).toEqual([]);
	});

	it.each([
		[{ ...EXTRACTION, urls: [] }, ['urls must contain at least 1 elements']],
		[{ ...EXTRACTION, urls: ['cto'] }, ['urls.0 must be a URL address']],
		[
			{ ...EXTRACTION, mode: 'all' },
			['mode must be one of the following values: extraction_only, with_enrichment'],
		],
	])('is refused: %j', async (body, message) => {
		expect(await start(EXTRACTIONS, body)).toMatchObject({ status: 400, body: { message } });
	});
});

describe('credits', () => {
	it('run down, those of the subscription first', async () => {
		await start(SEARCHES, { ...SEARCH, limit: 1_200 });
		expect(await credits()).toMatchObject({
			...{ available: 300, subscription: 0, purchased: 300, used: 1_200 },
			nextResetDate: expect.any(String),
		});
	});

	it('limit what is found, and are asked for when none are left', async () => {
		const { body } = await start(SEARCHES, { ...SEARCH, limit: 2_000 });
		expect(body.estimated_quota).toBe(1_500);
		for (const [path, job] of [
			[SEARCHES, SEARCH],
			[EXTRACTIONS, EXTRACTION],
		] as const) {
			expect(await start(path, job)).toMatchObject({
				status: 403,
				body: { message: 'Insufficient credits: 0 available' },
			});
		}
	});
});

describe('the filter catalogue', () => {
	const FILTERS = '/v1/lead-database/filters';

	it('lists filters and values, by page and search', async () => {
		const all = await get(FILTERS);
		expect(filterCatalogue.parse(all)).toEqual(all);
		expect(all).toMatchObject({ limit: 50, offset: 0, has_more: true });
		expect((await get(`${FILTERS}?offset=50`)).filters[0]).not.toEqual(all.filters[0]);
		const sizes = await get(`${FILTERS}?filter=company_sizes&search=10001%2B`);
		expect(sizes).toMatchObject({
			filter: 'company_sizes',
			values: [{ value: '10001+' }],
			total: 1,
		});
		const answer = await answerOf(call(sandbox(), `${FILTERS}?filter=none`));
		expect(answer).toMatchObject({ status: 400, body: { message: 'Unsupported filter: none' } });
	});
});
