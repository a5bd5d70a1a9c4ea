import type { Generation, Sandbox } from '../../../sandbox';
import { answerFaultsOf, faultsOf, operationName, OPERATIONS } from '../../contract';
import { call, useSandbox } from './helpers';

const JANE = 'https://www.linkedin.com/in/jane-doe';

type Call = [method: string, path: string, body?: unknown];

/** Every call, so that nothing that the API has is left out; in this order, as jobs need a start. */
const CALLS: Record<Generation, Call[]> = {
	live: [
		...both(),
		['GET', '/v1/inbox/conversations?limit=20'],
		['GET', '/v1/inbox/conversations?limit=20&continuationToken=ZnJvbToyMA'],
		[
			'POST',
			'/v1/inbox/send',
			{ senderId: 'sender_alex', recipientLinkedinUrl: JANE, message: 'Hi' },
		],
	],
	docs: [
		...both(),
		['GET', '/v1/inbox/conversations?limit=20&page=2'],
		['POST', '/v1/inbox/send', { leadId: 'lead_jane', message: 'Hi' }],
	],
};

function both(): Call[] {
	const search = { name: 'CTOs', limit: 5, filters: { job_titles: ['CTO'] } };
	const extraction = {
		name: 'CTOs',
		urls: ['https://www.linkedin.com/search/results/people/?keywords=cto'],
		mode: 'with_enrichment',
		url_type: 'linkedin_search',
		limit: 5,
	};
	const polls = (path: string): Call[] => Array.from({ length: 4 }, () => ['GET', path]);
	return [
		['GET', '/v1/campaigns'],
		['GET', '/v1/campaigns?status=paused&limit=1&page=2'],
		['GET', '/v1/campaigns/camp_saas'],
		['PATCH', '/v1/campaigns/camp_saas', { action: 'pause' }],
		['GET', '/v1/leads?campaignId=camp_saas'],
		['GET', '/v1/leads?campaignId=camp_saas&full=true&limit=100'],
		['GET', '/v1/leads?campaignId=camp_next'],
		['GET', '/v1/leads/lead_jane'],
		['GET', '/v1/leads/lead_saas_13?full=true'],
		[
			'POST',
			'/v1/leads',
			{ campaignId: 'camp_next', leads: [{ linkedinUrl: JANE }, { linkedinUrl: 'urn:x' }] },
		],
		['PATCH', '/v1/leads/lead_jane/status', { customLeadStatus: 'INTERESTED', note: 'Asked' }],
		['PATCH', '/v1/leads/lead_jane/status', { status: 'OPPORTUNITY' }],
		['GET', '/v1/inbox/senders'],
		['GET', '/v1/senders/quotas'],
		['GET', '/v1/inbox/conversations'],
		['GET', '/v1/inbox/conversations/2-T21hcg==/messages?accountId=sender_alex'],
		['GET', '/v1/inbox/conversations/2-dGhyZWFkIDI=/messages?accountId=sender_alex&limit=1'],
		['POST', '/v1/inbox/send/lead/lead_jane', { senderId: 'sender_alex', message: 'Hi' }],
		['POST', '/v1/inbox/connect', { senderId: 'sender_alex', recipientLinkedinUrl: JANE }],
		[
			'POST',
			'/v1/inbox/connect',
			{
				senderId: 'sender_alex',
				recipientLinkedinUrl: 'https://www.linkedin.com/in/noah-berg',
				message: 'Hi',
			},
		],
		['POST', '/v1/lead-database/searches', search],
		...polls('/v1/lead-database/searches/search_1/status'),
		['GET', '/v1/lead-database/searches/search_1/results?limit=2&offset=2'],
		['POST', '/v1/lead-database/searches', { ...search, name: 'To fail' }],
		...polls('/v1/lead-database/searches/search_2/status'),
		['GET', '/v1/lead-database/filters?limit=5'],
		['GET', '/v1/lead-database/filters?filter=company_sizes&search=10'],
		['POST', '/v1/lead-extractor/campaigns', extraction],
		...polls('/v1/lead-extractor/campaigns/extract_1/status'),
		['GET', '/v1/lead-extractor/campaigns/extract_1/results?enriched_only=true'],
		['POST', '/v1/lead-extractor/campaigns', { ...extraction, name: 'To fail' }],
		...polls('/v1/lead-extractor/campaigns/extract_2/status'),
		['GET', '/v1/credits'],
		['GET', '/v1/me'],
	];
}

/** Calls whose answer is an error. */
const MISTAKES: Call[] = [
	['GET', '/v1/campaigns/camp_none'],
	['PATCH', '/v1/campaigns/camp_founders', { action: 'stop' }],
	['PATCH', '/v1/campaigns/camp_webinar', { action: 'pause' }],
	['GET', '/v1/leads'],
	['GET', '/v1/leads/lead_none'],
	['POST', '/v1/leads', { campaignId: 'camp_none', leads: [] }],
	['PATCH', '/v1/leads/lead_jane/status', {}],
	['GET', '/v1/inbox/conversations?limit=100'],
	['GET', '/v1/inbox/conversations?accountId=sender_none'],
	['GET', '/v1/inbox/conversations/2-none/messages?accountId=sender_alex'],
	['POST', '/v1/lead-database/searches', { filters: { jobTitles: [] } }],
	['GET', '/v1/lead-database/searches/search_none/status'],
	['GET', '/v1/lead-database/filters?filter=none'],
	['POST', '/v1/lead-extractor/campaigns', {}],
	['POST', '/v1/inbox/send/lead/lead_none', { senderId: 'sender_alex', message: 'Hi' }],
	['POST', '/v1/inbox/connect', { senderId: 'sender_dora', recipientLinkedinUrl: JANE }],
	['GET', '/v1/lead-extractor/campaigns/none/results'],
];

async function answered(sandbox: Sandbox, [method, path, body]: Call) {
	const headers: Record<string, string> =
		body === undefined ? {} : { 'content-type': 'application/json' };
	const reply = await call(sandbox, path, { method, headers, body: JSON.stringify(body) });
	const answer = { status: reply.status, body: (await reply.json()) as unknown };
	const request = { method, path: path.split('?')[0]! };
	return { answer, request, faults: answerFaultsOf(request, answer) };
}

describe.each(['live', 'docs'] as const)('the sandbox of the generation %s', (generation) => {
	const sandbox = useSandbox({ generation });

	it('answers every call as the API describes it', async () => {
		const seen = new Set<string | undefined>();
		for (const one of CALLS[generation]) {
			const { answer, request, faults } = await answered(sandbox(), one);
			expect({ one, faults, answer }).toEqual({ one, faults: [], answer });
			expect({ one, isDone: answer.status < 300 }).toEqual({ one, isDone: true });
			seen.add(operationName(request));
		}
		expect(OPERATIONS.filter((name) => !seen.has(name))).toEqual([]);
	});

	it('is called as the API describes it, so that the answers are to sound requests', async () => {
		for (const one of CALLS[generation]) await answered(sandbox(), one);
		const faulty = sandbox()
			.requests.map((one) => ({ path: one.path, body: one.body, faults: faultsOf(one) }))
			.filter(({ faults }) => faults.length > 0);
		expect(faulty).toEqual([]);
	});

	it.each(MISTAKES)('explains a mistake in the shape of all errors: %s %s', async (...one) => {
		const { answer, faults } = await answered(sandbox(), one as Call);
		expect(faults).toEqual([]);
		expect(answer.status).toBeGreaterThanOrEqual(400);
	});
});

describe('an answer that the API does not describe', () => {
	it.each([
		['a field too many', { statusCode: 404, message: 'No', hint: 'x' }, 404],
		['a field too few', { message: 'No' }, 404],
		['another status', { id: 'camp_a' }, 204],
		['a success without its fields', { id: 'camp_a' }, 200],
		[
			'a wrong type',
			{
				...{ id: 'camp_a', name: 'A', status: 'started', totalLeads: '4' },
				...{ createdAt: '2026-01-05T09:00:00.000Z', updatedAt: '2026-01-05T09:00:00.000Z' },
			},
			200,
		],
	])('is found: %s', (_name, body, status) => {
		const request = { method: 'GET', path: '/v1/campaigns/camp_a' };
		expect(answerFaultsOf(request, { status, body })).not.toEqual([]);
	});
});
