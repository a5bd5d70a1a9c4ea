import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ALWAYS, Contract } from '../../probe/compare';
import { probe, type Finding } from '../../probe/probe';
import { readOnly, type ReadCall } from '../../probe/readOnly';
import { reportOn, verdictOn } from '../../probe/report';
import document from '../../probe/sendpilot.openapi.json';
import { NO_PLAN_KEY, NO_SCOPES_KEY, startSandbox, type Sandbox } from '../../sandbox';
import { useSandbox } from '../support';

const contract = new Contract(document as never);
const NOW = new Date('2026-01-01T00:00:00Z');

const access = ({ url, apiKey }: Pick<Sandbox, 'url' | 'apiKey'>) => ({ baseUrl: url, apiKey });
const at = (findings: Finding[], path: string) => findings.filter(({ call }) => call.path === path);

describe.each(['live', 'docs'] as const)(
	'against a sandbox that is as described (%s)',
	(generation) => {
		const use = useSandbox({ generation });

		it('reads everything, and finds nothing that differs', async () => {
			const findings = await probe(access(use.sandbox), contract);
			const bad = findings.map(({ call, problem, skipped, comparison }) => ({
				path: call.path,
				...{ problem, skipped, added: comparison?.added, different: comparison?.different },
				missing: comparison?.missing.filter((field) => field.endsWith(ALWAYS)),
			}));
			const clean = {
				problem: undefined,
				skipped: undefined,
				added: [],
				different: [],
				missing: [],
			};
			expect(bad).toEqual(findings.map(({ call }) => ({ path: call.path, ...clean })));
			expect(verdictOn(findings)).toBe('asDescribed');
			expect(new Set(findings.map(({ call }) => call.path)).size).toBe(11);
		});

		it('says which generation it met', async () => {
			const report = reportOn(await probe(access(use.sandbox), contract), NOW);
			const name = generation === 'live' ? 'current' : 'old';
			expect(report).toContain(`Generation of the replies: ${name}.`);
		});

		it('does nothing but read', async () => {
			await probe(access(use.sandbox), contract);
			expect(new Set(use.sandbox.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
			expect(use.sandbox.delivered).toEqual([]);
		});

		it('shows no value of any field', async () => {
			const { sandbox } = use;
			const report = reportOn(await probe(access(sandbox), contract), NOW);
			const { senders, campaigns, leads } = sandbox.seed;
			const personal = [...senders, ...campaigns, ...leads.slice(0, 500)].flatMap((one) =>
				Object.entries(one)
					.filter(
						([name, value]) => typeof value === 'string' && value.length > 3 && name !== 'status',
					)
					.map(([, value]) => String(value)),
			);
			const words = new Set(report.split(/[^\p{L}\p{N}_@.-]+/u));
			expect(personal.length).toBeGreaterThan(1_000);
			expect(personal.filter((value) => words.has(value))).toEqual([]);
			expect(report).not.toContain(sandbox.apiKey);
			expect(report).not.toMatch(/@|linkedin\.com/);
		});
	},
);

it('names a scope that the key lacks, which is not a difference', async () => {
	const sandbox = await startSandbox();
	const findings = await probe({ baseUrl: sandbox.url, apiKey: NO_SCOPES_KEY }, contract);
	await sandbox.stop();
	expect(at(findings, '/v1/senders/quotas')).toMatchObject([
		{ status: 403, problem: 'an error about a scope, the API key, senders:read' },
	]);
	expect(verdictOn(findings)).toBe('asDescribed');
});

describe('planted drift', () => {
	let server: Server;
	let sandbox: Sandbox;
	/** Changes the body of an answer. */
	let change: (path: string, body: string) => string;

	beforeAll(async () => {
		sandbox = await startSandbox();
		server = createServer((request, response) => void forward(request, response));
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	});
	afterAll(async () => {
		server.close();
		await sandbox.stop();
	});

	async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const headers = { 'x-api-key': String(request.headers['x-api-key']) };
		const answer = await fetch(`${sandbox.url}${request.url}`, { method: request.method, headers });
		response.writeHead(answer.status, {
			'content-type': 'application/json',
			'x-ratelimit-limit': '60',
		});
		response.end(change(request.url!.split('?')[0], await answer.text()));
	}

	const probeWith = async (changed: typeof change) => {
		change = changed;
		const { port } = server.address() as AddressInfo;
		return await probe({ baseUrl: `http://127.0.0.1:${port}`, apiKey: sandbox.apiKey }, contract);
	};
	const renamed = (from: string, to: string) => (_: string, body: string) =>
		body.replaceAll(`"${from}":`, `"${to}":`);

	it.each([
		[
			'a field that is gone and a new one',
			renamed('totalLeads', 'leadCount'),
			'New: ',
			'campaigns[].leadCount: number',
		],
		[
			'a field that must be there',
			renamed('totalLeads', 'leadCount'),
			'Missing: ',
			`campaigns[].totalLeads${ALWAYS}`,
		],
		[
			'another type',
			(_: string, body: string) => body.replace(/"totalLeads":(\d+)/g, '"totalLeads":"$1"'),
			'Different: ',
			'campaigns[].totalLeads: string, not integer',
		],
		[
			'a new status',
			(_: string, body: string) => body.replaceAll('"started"', '"archived"'),
			'Different: ',
			'campaigns[].status: "archived", a value that is not described',
		],
		[
			'a status that may be personal',
			(_: string, body: string) => body.replaceAll('"started"', '"jane@doe.example"'),
			'Different: ',
			'campaigns[].status: a value that is not described',
		],
		[
			'a name that may be personal',
			renamed('totalLeads', 'jane@doe.example'),
			'New: ',
			'campaigns[].(not shown): number',
		],
	])('%s is reported', async (_what, changed, list, field) => {
		const findings = await probeWith(changed);
		const report = reportOn(findings, NOW);
		const line = report
			.split('\n')
			.find((one) => one.startsWith(`- ${list}`) && one.includes(field));
		expect(line).toBeDefined();
		expect(report).not.toContain('jane');
		expect(verdictOn(findings)).toBe('differs');
	});

	it('an answer that is not JSON is reported, without its text', async () => {
		const findings = await probeWith(() => '<h1>Jane</h1>');
		expect(at(findings, '/v1/credits')[0].comparison?.different).toEqual([
			'the reply: string, not object',
		]);
		expect(reportOn(findings, NOW)).not.toContain('Jane');
	});

	it('headers about limits are shown', async () => {
		const report = reportOn(await probeWith((_, body) => body), NOW);
		expect(report).toContain('- Header x-ratelimit-limit: 60');
	});
});

describe('answers that say nothing about the contract', () => {
	const use = useSandbox();

	it.each([
		['a wrong key', 'wrong', 401],
		['a plan without the API', NO_PLAN_KEY, 403],
	])('%s is no difference, but an answer is missing', async (_what, apiKey, status) => {
		const findings = await probe({ baseUrl: use.sandbox.url, apiKey }, contract);
		expect(new Set(findings.flatMap((one) => one.status ?? []))).toEqual(new Set([status]));
		expect(verdictOn(findings)).toBe('nothingRead');
		expect(reportOn(findings, NOW)).toMatch(/Nothing could be read.*Check the API key.*plan/);
	});

	it.each([429, 500, 503])('neither is a %d', async (status) => {
		use.sandbox.inject({ fault: 'status', status, message: 'Later', path: '/v1/credits' });
		expect(verdictOn(await probe(access(use.sandbox), contract))).toBe('unread');
	});

	it('neither is no answer', async () => {
		use.sandbox.inject({ fault: 'resetBeforeDelivery', path: '/v1/credits' });
		const findings = await probe(access(use.sandbox), contract);
		expect(at(findings, '/v1/credits')).toMatchObject([
			{ problem: expect.stringContaining('no answer came') },
		]);
		expect(verdictOn(findings)).toBe('unread');
	});

	it('but an endpoint that is gone is one, whatever else could not be read', async () => {
		use.sandbox.inject({ fault: 'resetBeforeDelivery', path: '/v1/me' });
		const gone = { fault: 'status', status: 404, message: 'Cannot GET /v1/credits' } as const;
		use.sandbox.inject({ ...gone, path: '/v1/credits' });
		expect(verdictOn(await probe(access(use.sandbox), contract))).toBe('differs');
	});
});

describe('what the probe refuses to call', () => {
	const use = useSandbox();

	it.each<[string, ReadCall]>([
		['sending', { path: '/v1/inbox/send' as never }],
		['inviting', { path: '/v1/inbox/connect' as never }],
		['a search, which costs credits', { path: '/v1/lead-database/searches' as never }],
		['a path that climbs', { path: '/v1/leads/{id}', id: '..' }],
		['a path without its ID', { path: '/v1/leads/{id}' }],
		['an ID that has no place', { path: '/v1/me', id: 'x' }],
	])('%s', async (_what, call) => {
		await expect(readOnly(access(use.sandbox), call)).rejects.toThrow(/does not call/);
		expect(use.sandbox.requests).toEqual([]);
	});

	it('an ID is one part of the path, whatever it contains', async () => {
		await readOnly(access(use.sandbox), { path: '/v1/leads/{id}', id: '../inbox/send?x=1' });
		expect(use.sandbox.requests).toMatchObject([
			{ method: 'GET', path: '/v1/leads/..%2Finbox%2Fsend%3Fx%3D1' },
		]);
	});
});
