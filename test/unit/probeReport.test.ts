import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Contract } from '../../probe/compare';
import { probe, topicsOf } from '../../probe/probe';
import { reportOn, verdictOn } from '../../probe/report';
import document from '../../probe/sendpilot.openapi.json';

const ROOT = join(__dirname, '../..');
const NOW = new Date('2026-01-01T00:00:00Z');
const KEY = 'sp_live_abcdefghij';
const contract = new Contract(document as never);

/** How a server answers a path; text is sent as it is. */
interface Answer {
	status?: number;
	headers?: Record<string, string>;
	body: unknown;
}

/** The answer to every path that a test says nothing about. */
const EMPTY: Answer = { body: {} };

/** Runs something against a server that answers as it likes. */
async function withServer<Result>(
	answerTo: (path: string) => Answer | undefined,
	execute: (baseUrl: string) => Promise<Result>,
): Promise<Result> {
	const server = createServer((request, response) => {
		const { status = 200, headers, body } = answerTo(request.url!.split('?')[0]) ?? EMPTY;
		response.writeHead(status, { 'content-type': 'application/json', ...headers });
		response.end(typeof body === 'string' ? body : JSON.stringify(body));
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	try {
		return await execute(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
	} finally {
		server.closeAllConnections();
		server.close();
	}
}

const findingsWith = async (answers: Record<string, Answer>) =>
	await withServer(
		(path) => answers[path],
		async (baseUrl) => await probe({ baseUrl, apiKey: KEY }, contract),
	);
const reportWith = async (answers: Record<string, Answer>) =>
	reportOn(await findingsWith(answers), NOW);

/** An object in an object in an object …, as JSON. */
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

/** All fields of a lead. */
const LEAD = {
	...{ id: 'lead_1', linkedinUrl: 'x', status: 'PENDING', campaignId: 'camp_1', createdAt: 'x' },
	...{ updatedAt: 'x', firstName: 'x', lastName: 'x', title: 'x', company: 'x', data: {} },
};

describe('the name of a new field', () => {
	it.each(['dailyLimit', 'per_week', 'id', 'a'.repeat(40)])('is shown: %s', (name) => {
		const { added, learned, hidden } = contract.compare('/v1/me', {
			[name]: 1,
			apiKey: { [name]: 1 },
		});
		expect(added).toEqual([`${name}: number`]);
		expect(learned).toEqual([`apiKey.${name}: number`]);
		expect(hidden).toEqual([]);
	});

	it.each([
		['an e-mail address', 'jane@doe.example'],
		['words', 'jane doe'],
		['a capital first', 'JaneDoe'],
		['both styles at once', 'jane_Doe'],
		['a number', 'phone_491701234567'],
		['another script', 'йейн'],
		['a line break after it', 'jane\n'],
		['more than 40 characters', 'a'.repeat(41)],
	])('is only counted where it is or has %s', (_what, name) => {
		const { added, learned, hidden } = contract.compare('/v1/me', {
			[name]: 1,
			apiKey: { [name]: { jane: 1 } },
		});
		expect(added).toEqual(['(not shown): number']);
		expect(learned).toEqual([]);
		expect(hidden).toEqual(['apiKey: 1', 'the reply: 1']);
	});

	it('is only counted where users name the fields', () => {
		const custom = { jane: 1, likesCake: 2 };
		const { learned, hidden } = contract.compare('/v1/me', {
			workspace: { customFields: custom, meta_data: [custom, { jane: 1 }], variables: custom },
		});
		expect(learned).toEqual([]);
		expect(hidden).toEqual([
			'workspace.customFields: 2',
			'workspace.meta_data[]: 2',
			'workspace.variables: 2',
		]);
	});

	it('is only counted in the custom fields of a lead, where it is no difference', () => {
		const { added, different, hidden } = contract.compare('/v1/leads/{id}', {
			...LEAD,
			data: { jane: 1, likesCake: 2 },
		});
		expect({ added, different, hidden }).toEqual({ added: [], different: [], hidden: ['data: 2'] });
	});

	it('is not shown if it is the API key', async () => {
		const report = await reportWith({ '/v1/me': { body: { [KEY]: 1, apiKey: { [KEY]: KEY } } } });
		expect(report).toContain('- Names not shown: `apiKey: 1`, `the reply: 1`');
		expect(report).not.toContain(KEY);
	});
});

describe('a value that is not described', () => {
	const differentWith = (status: string) =>
		contract.compare('/v1/leads/{id}', { ...LEAD, status }).different;

	it.each(['archived', 'ON_HOLD', 'A'.repeat(40)])(
		'is shown where it is one word: %s',
		(status) => {
			expect(differentWith(status)).toEqual([`status: "${status}", a value that is not described`]);
		},
	);

	it.each(
		[
			['waiting for jane doe', 'Jane', 'jane_doe', 'jane@doe.example', '49170'],
			['archived\n', 'a'.repeat(41), 'A'.repeat(41), ''],
		].flat(),
	)('is not shown otherwise: %j', (status) => {
		expect(differentWith(status)).toEqual(['status: a value that is not described']);
	});
});

describe('a header', () => {
	const limitsWith = async (headers: Record<string, string>) => {
		const [finding] = await findingsWith({ '/v1/me': { headers, body: {} } });
		return finding.limits;
	};

	it.each([
		['retry-after', '30'],
		['retry-after', 'Fri, 27 Nov 2026 20:00:00 GMT'],
		['ratelimit-reset', '1.5'],
		['x-ratelimit-remaining', '0'],
	])('is shown if it is about limits: %s: %s', async (name, value) => {
		expect(await limitsWith({ [name]: value })).toEqual({ [name]: value });
	});

	it.each([
		['retry-after', '1 jane doe'],
		['retry-after', 'Jane, 27 Nov 2026 20:00:00 GMT'],
		['x-ratelimit-limit', '60;jane=1'],
		['x-ratelimit-for-jane-doe', '5'],
		['x-jane-doe', '5'],
	])('is not shown otherwise: %s: %s', async (name, value) => {
		expect(await limitsWith({ [name]: value })).toEqual({});
	});
});

describe('an error', () => {
	it.each([
		['Lead Jane Doe not found', 'an error about something that was not found'],
		['Cannot GET /v1/leads/jane-doe', 'an error about a path that the server does not have'],
		['jane@doe.example is not a member', 'an error of an unknown kind'],
		['Missing scope: senders:read', 'an error about a scope, senders:read'],
		['jane:doe lacks jane:read', 'an error of an unknown kind'],
		['Insufficient credits, upgrade your plan', 'an error about the plan, credits'],
		['Quota reached', 'an error about a quota'],
		['Too Many Requests', 'an error about a rate limit'],
		['Planned by Jane', 'an error of an unknown kind'],
	])('"%s" is called "%s"', (message, shown) => {
		expect(topicsOf({ message })).toBe(shown);
		expect(topicsOf({ message: [message] })).toBe(shown);
		expect(topicsOf({ error: message })).toBe(shown);
		expect(topicsOf(`<p>${message}</p>`)).toBe(shown);
	});

	it('is not quoted', async () => {
		const message = 'access denied for jane doe from berlin';
		const report = await reportWith({ '/v1/me': { status: 403, body: { message } } });
		expect(report).toContain('- Problem: an error of an unknown kind');
		expect(report).not.toMatch(/denied|jane|doe|berlin/);
	});
});

describe('the report of the other calls is there', () => {
	const credits = { available: 1, subscription: 1, purchased: 0, used: 0 };

	it.each<[what: string, answers: Record<string, Answer>]>([
		['an answer is nested 20,000 deep', { '/v1/me': { body: `{"apiKey":${nested(20_000)}}` } }],
		['an error is', { '/v1/me': { status: 400, body: nested(20_000) } }],
		['a list of lists is not described', { '/v1/me': { body: { apiKey: { a: [[[1]]] } } } }],
		[
			'IDs are not text',
			{
				'/v1/campaigns': { body: { campaigns: [{ id: 'x' }, { id: { toString: 1 } }] } },
				'/v1/inbox/conversations': { body: { conversations: [{ id: 1, accountId: {} }] } },
			},
		],
	])('where %s', async (_what, answers) => {
		const report = await reportWith({ ...answers, '/v1/credits': { body: credits } });
		expect(report).toContain('- Confirmed: `available`, `purchased`, `subscription`, `used`');
		expect(report.length).toBeLessThan(10_000);
	});

	it('where an answer cannot be compared', async () => {
		const compare = (path: string, body: unknown) => {
			if (path === '/v1/me') throw new RangeError('Jane Doe');
			return contract.compare(path, body);
		};
		const findings = await withServer(
			() => EMPTY,
			async (baseUrl) => await probe({ baseUrl, apiKey: KEY }, { compare } as Contract),
		);
		expect(findings[0]).toMatchObject({
			problem: 'the answer could not be compared (RangeError)',
		});
		expect(findings[1].comparison).toBeDefined();
		expect(verdictOn(findings)).toBe('differs');
	});

	it('and says what is nested too deeply, which differs from anything described', async () => {
		const findings = await findingsWith({ '/v1/me': { body: `{"apiKey":${nested(20_000)}}` } });
		expect(findings[0].comparison?.different).toEqual([
			'apiKey.a.a.a.a.a.a.a.a.a.a: nested too deeply',
		]);
		expect(verdictOn(findings)).toBe('differs');
	});
});

describe('npm run probe', () => {
	const probeAt = async (baseUrl: string) => {
		const child = spawn(process.execPath, ['--import', 'tsx', 'probe/main.ts', '--url', baseUrl], {
			cwd: ROOT,
			env: { ...process.env, SENDPILOT_API_KEY: KEY },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let output = '';
		child.stdout.on('data', (chunk) => (output += String(chunk)));
		const [code] = (await once(child, 'close')) as [number | null];
		return { code, output };
	};

	it('fails where nothing can be read, and says so', async () => {
		const body = { message: 'API access requires a plan that includes it' };
		const { code, output } = await withServer(() => ({ status: 403, body }), probeAt);
		expect(code).toBe(3);
		expect(output).toContain('- Problem: an error about the plan');
		expect(output).toMatch(/Nothing could be read, so nothing is known\. .*\n$/);
	});
});
