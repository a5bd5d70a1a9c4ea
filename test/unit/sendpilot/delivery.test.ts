import fc from 'fast-check';
import type { SendRequest } from '../../../sendpilot/contract/message';
import { deliveryOf } from '../../../sendpilot/delivery';
import type { CallFailure, CallResult } from '../../../sendpilot/http';
import { messageCall, type SentMessage } from '../../../sendpilot/sentMessage';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const JANE = 'https://www.linkedin.com/in/jane-doe';

const BY_LEAD: SendRequest = { recipient: 'lead', body: { leadId: 'lead_jane', message: 'Hi' } };
const BY_PROFILE: SendRequest = {
	recipient: 'profile',
	body: { senderId: 'sender_alex', recipientLinkedinUrl: JANE, message: 'Hi' },
};

const answered = (status: number, body: unknown, headers = {}): CallResult => ({
	kind: 'answer',
	answer: { status, headers, body },
});
const failed = (failure: CallFailure): CallResult => ({ kind: 'failure', failure, code: 'CODE' });
const delivery = (end: CallResult, request: SendRequest = BY_PROFILE) =>
	deliveryOf(end, messageCall(request.body), NOW);

describe('a message that SendPilot took', () => {
	const empty: SentMessage = {
		success: true,
		messageId: null,
		status: 'sent',
		sentAt: null,
		recipientLinkedinUrl: null,
		leadId: null,
		senderId: null,
		campaignId: null,
		conversationId: null,
	};

	it('by lead, as documented, reads in the one form', () => {
		const reply = {
			success: true,
			messageId: 'msg_1',
			leadId: 'lead_jane',
			senderId: 'sender_alex',
			sentAt: '2026-01-01T00:00:00.000Z',
		};
		expect(delivery(answered(200, reply), BY_LEAD)).toEqual({
			outcome: 'sent',
			result: { ...empty, ...reply },
		});
	});

	it('by profile, as documented, reads in the same form', () => {
		const reply = {
			success: true,
			messageId: 'msg_1',
			recipientLinkedinUrl: JANE,
			status: 'queued',
			timestamp: '2026-01-01T00:00:00.000Z',
			leadId: 'lead_jane',
		};
		const { timestamp, ...same } = reply;
		expect(delivery(answered(201, reply))).toEqual({
			outcome: 'sent',
			result: { ...empty, ...same, sentAt: timestamp, senderId: 'sender_alex' },
		});
	});

	it('is told from what was asked for where the reply is silent', () => {
		const asked: SendRequest = {
			recipient: 'profile',
			body: { ...BY_PROFILE.body, campaignId: 'camp_a', leadId: 'lead_jane' },
		};
		expect(delivery(answered(201, { success: true }), asked)).toEqual({
			outcome: 'sent',
			result: {
				...empty,
				recipientLinkedinUrl: JANE,
				leadId: 'lead_jane',
				senderId: 'sender_alex',
				campaignId: 'camp_a',
			},
		});
	});

	it('is told from the reply where that says something else', () => {
		const other = 'https://www.linkedin.com/in/jane-roe';
		const reply = { success: true, senderId: 'sender_bianca', recipientLinkedinUrl: other };
		expect(delivery(answered(201, reply))).toMatchObject({
			result: { senderId: 'sender_bianca', recipientLinkedinUrl: other },
		});
	});

	it.each([
		{ messageId: 'msg_1' },
		{ status: 'sent' },
		{ success: true, status: 'accepted' },
		{ success: true, error: ' ', messageId: 7, sentAt: null, extra: [] },
		{ success: true, error: null },
		{ success: true, error: 'None' },
		{ success: true, error: 'no error' },
		{ success: true, error: false },
	])('is known by %j, and never has a field named error', (reply) => {
		const result = delivery(answered(202, reply));
		expect(result.outcome).toBe('sent');
		expect(Object.keys(Object(result).result).sort()).toEqual(Object.keys(empty).sort());
	});
});

describe('a message that did not go out', () => {
	it.each([
		[400, 'invalid'],
		[401, 'unauthorized'],
		[402, 'invalid'],
		[403, 'forbidden'],
		[404, 'notFound'],
		[409, 'invalid'],
		[422, 'invalid'],
		[429, 'rateLimited'],
		[301, 'redirected'],
		[307, 'redirected'],
		[308, 'redirected'],
	])('%i is %s', (status, reason) => {
		expect(delivery(answered(status, { message: 'Said' }))).toEqual({
			outcome: 'notSent',
			problem: { reason, status, said: ['Said'], step: 'send', senderId: 'sender_alex' },
		});
	});

	it.each(['unreachable', 'unsendable', 'notStarted'] as const)('a call that was %s', (failure) => {
		expect(delivery(failed(failure), BY_LEAD)).toEqual({
			outcome: 'notSent',
			problem: { reason: failure, code: 'CODE', said: [], step: 'send' },
		});
	});

	it.each([
		[{ success: false }, []],
		[{ success: false, error: 'Not connected' }, ['Not connected']],
		[{ success: false, message: 'Not connected' }, ['Not connected']],
		[{ success: false, error: ' ', message: 'Not connected' }, ['Not connected']],
		[{ success: false, error: null, message: ['a', 'b'] }, ['a', 'b']],
		[
			{ success: false, error: 'Not connected', message: 'Hi', status: 'failed' },
			['Not connected'],
		],
	])('a reply that says %j', (body, said) => {
		expect(delivery(answered(201, body))).toMatchObject({
			outcome: 'notSent',
			problem: { reason: 'declined', said, status: 201 },
		});
	});

	it('a 429 says how long SendPilot asks to wait, and whether it is for the day', () => {
		const wait = answered(429, { message: 'Slow down' }, { 'retry-after': '90' });
		expect(delivery(wait)).toMatchObject({
			outcome: 'notSent',
			problem: { reason: 'rateLimited', retryAfterMs: 90_000 },
		});
		expect(delivery(answered(429, { message: 'Daily limit reached' }))).toMatchObject({
			outcome: 'notSent',
			problem: { reason: 'dailyQuota' },
		});
	});
});

describe('a message that may have gone out', () => {
	it.each([408, 499, 500, 501, 502, 503, 504, 520, 599, 302, 303, 300, 304])('%i', (status) => {
		expect(delivery(answered(status, { message: 'Said' }))).toMatchObject({
			outcome: 'uncertain',
			problem: { status, said: ['Said'], step: 'send' },
		});
	});

	it.each(['timeout', 'lost', 'cancelled'] as const)('a call that was %s', (failure) => {
		expect(delivery(failed(failure))).toMatchObject({
			outcome: 'uncertain',
			problem: { reason: failure, code: 'CODE' },
		});
	});

	it.each([
		[undefined],
		[null],
		[''],
		['<html>OK</html>'],
		['{"success":true,"messag'],
		[[]],
		[[{ success: true }]],
		[true],
		[{}],
		[{ success: 'true' }],
		[{ data: { success: true, messageId: 'msg_1' } }],
		[{ statusCode: 500, message: 'Internal server error' }],
	])('a reply that is not to be understood: %j', (body) => {
		expect(delivery(answered(200, body))).toMatchObject({
			outcome: 'uncertain',
			problem: { reason: 'unreadable', status: 200 },
		});
	});

	it.each([
		[{ status: 'failed' }],
		[{ success: false, status: 'sent', messageId: 'msg_1' }],
		[{ success: false, status: 'queued' }],
		[{ success: false, status: 'delivered' }],
		[{ success: false, messageId: 'msg_1' }],
		[{ success: true, status: 'limit_reached' }],
		[{ success: true, status: 'not_connected' }],
		[{ success: true, status: 'skipped' }],
		[{ success: true, error: 'Session expired' }],
		[{ success: true, status: 'failed', messageId: 'msg_1' }],
		[{ success: true, status: 'NOT_SENT' }],
		[{ messageId: 'msg_1', error: 'Session expired' }],
	])('a reply that contradicts itself: %j', (body) => {
		expect(delivery(answered(200, body))).toMatchObject({
			outcome: 'uncertain',
			problem: { reason: 'contradictory', status: 200 },
		});
	});
});

describe('whatever comes back', () => {
	const replies = fc.oneof(
		fc.jsonValue(),
		fc.string(),
		fc.record(
			{
				success: fc.oneof(fc.boolean(), fc.jsonValue()),
				status: fc.oneof(fc.constantFrom('sent', 'queued', 'failed'), fc.jsonValue()),
				messageId: fc.jsonValue(),
				message: fc.jsonValue(),
				error: fc.jsonValue(),
			},
			{ requiredKeys: [] },
		),
	);
	const statuses = fc.integer({ min: 200, max: 599 });
	const requests = fc.constantFrom<SendRequest[]>(BY_LEAD, BY_PROFILE);

	it('only a 2xx that says so is sent, and only a refusal or a 2xx that says no is not sent', () => {
		fc.assert(
			fc.property(statuses, replies, requests, (status, body, request) => {
				const { success, status: said, messageId, error } = Object(body);
				const is2xx = status < 300;
				const isTaken = typeof said === 'string' && /^(sent|queued)$/i.test(said);
				const isError = typeof error === 'string' && error.trim() !== '';
				const hasStatus = typeof said === 'string' && said !== '';
				const hasMessage = typeof messageId === 'string' && messageId !== '';
				const confirms = success === true || isTaken || Boolean(messageId);
				const proves = {
					sent: is2xx && success !== false && confirms && !isError && said !== 'failed',
					notSent:
						[301, 307, 308].includes(status) ||
						(status >= 400 && status < 500 && status !== 408 && status !== 499) ||
						(is2xx && success === false && (hasStatus ? said === 'failed' : !hasMessage)),
					uncertain: true,
				};
				expect(proves[delivery(answered(status, body), request).outcome]).toBe(true);
			}),
			{ numRuns: 1_000 },
		);
	});

	it('keeps what SendPilot says', () => {
		fc.assert(
			fc.property(statuses, fc.stringMatching(/^\S{1,50}$/), (status, message) => {
				const result = delivery(answered(status, { message, success: false }));
				expect(result).toMatchObject({ problem: { status, said: [message] } });
			}),
		);
	});
});
