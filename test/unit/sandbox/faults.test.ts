import fc from 'fast-check';
import type { FaultRule } from '../../../sandbox';
import { OPERATIONS } from '../../contract';
import {
	answerOf,
	call,
	pause,
	postJson,
	send,
	textOf,
	TO_JANE,
	until,
	useSandbox,
} from './helpers';

const TO_OMAR = { ...TO_JANE, recipientLinkedinUrl: 'https://www.linkedin.com/in/omar-haddad' };

/** Long enough for a local answer to arrive, if there is one. */
const LISTENING_MS = 100;

describe('faults of the send', () => {
	const sandbox = useSandbox();
	const deliveries = () => sandbox().delivered.length;

	async function sendWith(fault: FaultRule) {
		sandbox().inject(fault);
		return await textOf(send(sandbox(), TO_JANE));
	}

	it.each<[FaultRule, number, number]>([
		[{ fault: 'deliveredThen500' }, 500, 1],
		[{ fault: 'lostThen500' }, 500, 0],
		[{ fault: 'rateLimited' }, 429, 0],
		[{ fault: 'dailyQuota' }, 429, 0],
		[{ fault: 'html' }, 502, 0],
		[{ fault: 'html', delivered: true, status: 504 }, 504, 1],
		[{ fault: 'html', status: 200 }, 200, 0],
		[{ fault: 'unsuccessful' }, 201, 0],
		[{ fault: 'status', status: 418, message: 'no' }, 418, 0],
		[{ fault: 'status', status: 503, message: 'no', delivered: true }, 503, 1],
		[{ fault: 'brokenJson' }, 201, 1],
		[{ fault: 'empty' }, 201, 1],
		[{ fault: 'redirect', location: '/elsewhere' }, 302, 0],
		[{ fault: 'delay', ms: 1 }, 201, 1],
	])('%j answers %i, and %i went out', async (fault, status, delivered) => {
		expect((await sendWith(fault)).status).toBe(status);
		expect(deliveries()).toBe(delivered);
		expect(sandbox().requests).toMatchObject([{ status }]);
	});

	it.each<[FaultRule, number]>([
		[{ fault: 'resetBeforeDelivery' }, 0],
		[{ fault: 'resetAfterDelivery' }, 1],
	])('%j breaks the connection, and %i went out', async (fault, delivered) => {
		await expect(sendWith(fault)).rejects.toThrow('fetch failed');
		expect(deliveries()).toBe(delivered);
		expect(sandbox().requests[0]).not.toHaveProperty('status');
	});

	it('forgets the faults that are still to happen', async () => {
		sandbox().inject({ fault: 'lostThen500', times: Infinity });
		sandbox().clearFaults();
		expect((await textOf(send(sandbox(), TO_JANE))).status).toBe(201);
	});

	it.each<[FaultRule, number]>([
		[{ fault: 'hang' }, 0],
		[{ fault: 'hang', delivered: true }, 1],
		[{ fault: 'delay', ms: 60_000 }, 0],
	])('%j leaves the client waiting, and %i went out', async (fault, delivered) => {
		sandbox().inject(fault);
		const client = new AbortController();
		const waiting = send(sandbox(), TO_JANE, { signal: client.signal });
		const answered = jest.fn();
		waiting.then(answered, () => undefined);
		await until(() => sandbox().peakSends() === 1 && deliveries() === delivered);
		await pause(LISTENING_MS);
		expect(answered).not.toHaveBeenCalled();
		expect(deliveries()).toBe(delivered);
		client.abort();
		await expect(waiting).rejects.toThrow('aborted');
	});

	it('a delayed message goes out even if the client has given up', async () => {
		sandbox().inject({ fault: 'delay', ms: 300 });
		const client = new AbortController();
		const waiting = send(sandbox(), TO_JANE, { signal: client.signal });
		waiting.catch(() => undefined);
		await until(() => sandbox().peakSends() === 1);
		client.abort();
		await expect(waiting).rejects.toThrow('aborted');
		await until(() => deliveries() === 1);
	});

	it('a server error is that of NestJS', async () => {
		const { text } = await sendWith({ fault: 'lostThen500' });
		expect(JSON.parse(text)).toEqual({ statusCode: 500, message: 'Internal server error' });
	});

	it.each([
		[undefined, null],
		[2, '2'],
		[0.5, '0.5'],
		['Wed, 21 Oct 2026 07:28:00 GMT', 'Wed, 21 Oct 2026 07:28:00 GMT'],
	])('a rate limit with Retry-After %p has the header %p', async (retryAfter, header) => {
		sandbox().inject({ fault: 'rateLimited', retryAfter });
		const reply = await send(sandbox(), TO_JANE);
		expect(reply.headers.get('retry-after')).toBe(header);
		expect(await reply.json()).toEqual({
			statusCode: 429,
			message: 'ThrottlerException: Too Many Requests',
		});
	});

	it('a daily quota has the same text as the real one', async () => {
		const { text } = await sendWith({ fault: 'dailyQuota' });
		expect(JSON.parse(text).message).toBe('Daily message limit reached for this LinkedIn account');
	});

	it('a gateway’s error page is HTML', async () => {
		sandbox().inject({ fault: 'html' });
		const reply = await send(sandbox(), TO_JANE);
		expect(reply.headers.get('content-type')).toMatch('text/html');
		expect(await reply.text()).toMatch(/^<!DOCTYPE html>/);
	});

	it('an unsuccessful send has a success status and an error', async () => {
		const { status, text } = await sendWith({ fault: 'unsuccessful', status: 200, error: 'No' });
		expect(status).toBe(200);
		expect(JSON.parse(text)).toEqual({ success: false, error: 'No' });
	});

	it('broken JSON is the beginning of the usual answer', async () => {
		const { text } = await sendWith({ fault: 'brokenJson' });
		expect(text).toMatch(/^\{"success":true,/);
		expect(() => JSON.parse(text)).toThrow();
	});

	it('an empty answer is empty', async () => {
		expect((await sendWith({ fault: 'empty' })).text).toBe('');
	});

	it('a redirect has its location', async () => {
		sandbox().inject({ fault: 'redirect', status: 308, location: 'https://example.com/' });
		const reply = await send(sandbox(), TO_JANE);
		expect(reply.status).toBe(308);
		expect(reply.headers.get('location')).toBe('https://example.com/');
	});

	it('a rejected send gets its own error, not the fault', async () => {
		sandbox().inject({ fault: 'deliveredThen500' });
		const answer = await answerOf(send(sandbox(), { ...TO_JANE, senderId: 'sender_nobody' }));
		expect(answer.status).toBe(400);
		expect(deliveries()).toBe(0);
	});

	it('wrong keys are rejected before any fault', async () => {
		sandbox().inject({ fault: 'lostThen500' });
		const headers = { 'x-api-key': 'wrong' };
		expect((await send(sandbox(), TO_JANE, { headers })).status).toBe(401);
		expect((await send(sandbox(), TO_JANE)).status).toBe(500);
	});
});

describe('where and how often a fault happens', () => {
	const sandbox = useSandbox();

	async function statusesOf(bodies: object[]): Promise<number[]> {
		const statuses: number[] = [];
		for (const body of bodies) statuses.push((await send(sandbox(), body)).status);
		return statuses;
	}

	it('lets some requests pass first, happens as often as set, and then ends', async () => {
		const small = fc.nat(3);
		await fc.assert(
			fc.asyncProperty(small, small, small, async (after, more, rest) => {
				sandbox().reset();
				const times = more + 1;
				sandbox().inject({ fault: 'lostThen500', after, times });
				const sends = Array.from({ length: after + times + rest }, () => TO_JANE);
				expect(await statusesOf(sends)).toEqual([
					...Array<number>(after).fill(201),
					...Array<number>(times).fill(500),
					...Array<number>(rest).fill(201),
				]);
			}),
			{ numRuns: 15 },
		);
	});

	it.each([Infinity, null])('never ends with times %p', async (times) => {
		sandbox().inject({ fault: 'lostThen500', times });
		expect(await statusesOf([TO_JANE, TO_JANE, TO_JANE, TO_JANE])).toEqual([500, 500, 500, 500]);
	});

	it.each(['lead_jane', 'lead_jane_webinar', 'jane-doe'])(
		'affects only messages to %s',
		async (recipient) => {
			sandbox().inject({ fault: 'lostThen500', recipient });
			expect(await statusesOf([TO_OMAR, TO_JANE])).toEqual([201, 500]);
		},
	);

	it('affects only messages of one sender', async () => {
		sandbox().inject({ fault: 'lostThen500', senderId: 'sender_bianca' });
		const byBianca = { ...TO_JANE, senderId: 'sender_bianca' };
		expect(await statusesOf([TO_JANE, byBianca])).toEqual([201, 500]);
	});

	it('affects only searches whose name begins in one way', async () => {
		const path = '/v1/lead-database/searches';
		sandbox().inject({ fault: 'lostThen500', path, jobName: 'CTO', times: Infinity });
		const start = async (name: string) => {
			const search = { name, limit: 1, filters: { job_titles: ['CTO'] } };
			return (await postJson(path, sandbox(), search)).status;
		};
		expect([await start('CEOs'), await start('CTOs')]).toEqual([201, 500]);
		expect((await call(sandbox(), `${path}/search_1/status`)).status).toBe(200);
		expect(sandbox().searches.map(({ body }) => body.name)).toEqual(['CEOs']);
	});

	it('affects the send unless it has another path', async () => {
		sandbox().inject({ fault: 'lostThen500' });
		expect((await call(sandbox(), '/v1/campaigns')).status).toBe(200);
		sandbox().inject({ fault: 'html', path: '/v1/leads', method: 'get' });
		expect((await call(sandbox(), '/v1/leads/lead_jane')).status).toBe(502);
	});

	it('affects lists in the same ways', async () => {
		const path = '/v1/campaigns';
		sandbox().inject({ fault: 'brokenJson', path });
		const broken = await textOf(call(sandbox(), path));
		expect(broken.status).toBe(200);
		expect(() => JSON.parse(broken.text)).toThrow();
		sandbox().inject({ fault: 'resetBeforeDelivery', path });
		await expect(call(sandbox(), path)).rejects.toThrow('fetch failed');
	});

	it('uses the first rule that applies', async () => {
		sandbox().inject({ fault: 'status', status: 400, message: 'first' });
		sandbox().inject({ fault: 'status', status: 403, message: 'second' });
		expect(await statusesOf([TO_JANE, TO_JANE, TO_JANE])).toEqual([400, 403, 201]);
	});

	it.each([
		{ fault: 'explode' },
		{ fault: 'delay' },
		{ fault: 'delay', ms: -1 },
		{ fault: 'lostThen500', times: 0 },
		{ fault: 'lostThen500', times: 1.5 },
		{ fault: 'lostThen500', path: 'v1' },
		{ fault: 'lostThen500', delivered: true },
	])('is rejected if it is invalid: %j', (rule) => {
		expect(() => sandbox().inject(rule as FaultRule)).toThrow();
	});
});

describe('a fault of any call', () => {
	const sandbox = useSandbox();

	it.each(OPERATIONS.map((name) => name.split(' ') as [string, string]))(
		'%s %s: before it does anything, once, and nowhere else',
		async (method, template) => {
			const path = template.replace(/\{\w+\}/, 'any');
			const headers = { 'content-type': 'application/json' };
			const init = method === 'GET' ? { method } : { method, headers, body: '{}' };
			sandbox().inject({ fault: 'rateLimited', retryAfter: 7, path, method });
			const other = await call(sandbox(), '/v1/other');
			const hit = await call(sandbox(), path, init);
			expect([hit.status, hit.headers.get('retry-after')]).toEqual([429, '7']);
			expect((await call(sandbox(), path, init)).status).not.toBe(429);
			expect(other.status).toBe(404);
		},
	);
});
