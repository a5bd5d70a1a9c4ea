import { z } from 'zod';
import { createApi, read, request } from '../../../sendpilot/api';
import type { HttpAnswer, HttpRequest } from '../../../sendpilot/http';

const SEND: HttpRequest = {
	method: 'POST',
	effect: 'reachesPerson',
	path: '/v1/inbox/send',
	body: { message: 'Hi' },
};
const READ: HttpRequest = {
	method: 'GET',
	effect: 'read',
	path: '/v1/campaigns',
	query: { limit: 1 },
};

type End = HttpAnswer | Error;
const answer = (status: number, body: unknown = {}, headers = {}): End => ({
	status,
	headers,
	body,
});
const refused = Object.assign(new Error(), { code: 'ECONNREFUSED', syscall: 'connect' });
const reset = Object.assign(new Error(), { code: 'ECONNRESET', syscall: 'read' });

/** An API over calls that end as told, one after another, the last of them for good. */
function apiOver(ends: End[], { cancelAtPause = false } = {}) {
	const calls: HttpRequest[] = [];
	const pauses: number[] = [];
	let isCancelled = false;
	const api = createApi(
		async (request) => {
			calls.push(request);
			const end = ends[Math.min(calls.length, ends.length) - 1];
			if (end instanceof Error) throw end;
			return end;
		},
		{
			maxRetryAfterMs: 10_000,
			now: () => 0,
			random: () => 0,
			pause: async (ms) => {
				pauses.push(ms);
				isCancelled ||= cancelAtPause;
			},
			isCancelled: () => isCancelled,
		},
	);
	return { api, calls, pauses };
}

describe('a call', () => {
	it.each([
		['a send that is taken', SEND, [answer(201)], []],
		['a send that nobody answers', SEND, [reset], []],
		['a send that is answered by a server error', SEND, [answer(500)], []],
		[
			'a send that finds nobody, then somebody',
			SEND,
			[refused, refused, answer(201)],
			[500, 1_000],
		],
		['a send that finds nobody', SEND, [refused], [500, 1_000]],
		['a send that finds nobody, then gets lost', SEND, [refused, reset], [500]],
		[
			'a send that is to wait, then gets lost',
			SEND,
			[answer(429, {}, { 'retry-after': '7' }), reset],
			[7_000],
		],
		['a read that gets lost', READ, [reset], [500, 1_000]],
		['a read that gets lost, then gets through', READ, [reset, answer(200)], [500]],
	])('%s is made again after the pauses %j', async (_name, request, ends, expected) => {
		const { api, calls, pauses } = apiOver(ends);
		const result = await api.call(request);
		expect(pauses).toEqual(expected);
		expect(calls).toEqual(Array(expected.length + 1).fill(request));
		const last = ends[Math.min(calls.length, ends.length) - 1];
		expect(result.kind).toBe(last instanceof Error ? 'failure' : 'answer');
	});

	it('is not started again if the work was cancelled during the pause', async () => {
		const { api, calls } = apiOver([refused], { cancelAtPause: true });
		expect(await api.call(SEND)).toEqual({
			kind: 'failure',
			failure: 'notStarted',
			code: 'cancelled',
		});
		expect(calls).toHaveLength(1);
	});
});

describe('a read', () => {
	const schema = z.object({ id: z.string() });
	const readFrom = async (ends: End[]) => await read(apiOver(ends).api, '/v1/leads/a', {}, schema);

	it('gives the reply as its schema reads it', async () => {
		expect(await readFrom([answer(200, { id: 'a', extra: 1 })])).toEqual({ id: 'a' });
	});

	it.each([
		[answer(404, { message: 'Lead not found' }), { reason: 'notFound', said: ['Lead not found'] }],
		[answer(200, { id: 7 }), { reason: 'unreadable', status: 200 }],
		[answer(200, 'OK'), { reason: 'unreadable', status: 200 }],
		[answer(503), { reason: 'serverError', status: 503 }],
		[reset, { reason: 'lost', code: 'ECONNRESET' }],
	])('that brings no usable reply tells why (%#)', async (end, problem) => {
		await expect(readFrom([end])).rejects.toMatchObject({ name: 'SendPilotError', problem });
	});
});

describe('a change', () => {
	const PAUSE = {
		method: 'PATCH',
		effect: 'repeatable',
		path: '/v1/campaigns/a',
		body: { action: 'pause' },
	} as const;
	const change = async (end: End) => await request(apiOver([end]).api, PAUSE, z.object({}));

	it.each([
		[{ success: false, message: 'Not running' }, 'declined', 'Not running'],
		[{ success: true, error: 'Session expired' }, 'contradictory', 'Session expired'],
	])('that is answered by %j counts as not done', async (body, reason, said) => {
		await expect(change(answer(200, body))).rejects.toMatchObject({
			problem: { reason, said: [said], status: 200 },
		});
	});

	it('that is confirmed gives the reply', async () => {
		expect(await change(answer(200, { success: true, error: null }))).toEqual({});
		// That of what was changed, such as a lead.
		expect(await change(answer(200, { success: true, status: 'FAILED' }))).toEqual({});
	});
});

it('what is read can have failed itself', async () => {
	const job = { id: 'a', status: 'failed', error: 'No credits' };
	const { api } = apiOver([answer(200, job)]);
	expect(await read(api, '/v1/jobs/a', {}, z.object({}).passthrough())).toEqual(job);
});
