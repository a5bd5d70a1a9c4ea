import fc from 'fast-check';
import {
	CALL_FAILURES,
	type CallFailure,
	type CallResult,
	type Effect,
	type HttpAnswer,
} from '../../../sendpilot/http';
import {
	isDailyQuota,
	MAX_TRIES,
	retryAfterMs,
	retryDelayMs,
	type RetrySettings,
} from '../../../sendpilot/retry';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const CAP = 60_000;
const settings: RetrySettings = { maxRetryAfterMs: CAP, now: () => NOW, random: () => 0 };

const answer = (status: number, retryAfter?: unknown, body: unknown = {}): HttpAnswer => ({
	status,
	headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter },
	body,
});
const answered = (...args: Parameters<typeof answer>): CallResult => ({
	kind: 'answer',
	answer: answer(...args),
});
const failed = (failure: CallFailure): CallResult => ({ kind: 'failure', failure, code: 'CODE' });

/** The pause before the second try, or undefined where there is none. */
const first = (result: CallResult, effect: Effect) => retryDelayMs(result, effect, 1, settings);

const BACKOFF = 500;

describe('the retry table', () => {
	const never = undefined;
	it.each(
		[
			// Nothing reached SendPilot.
			{ end: failed('unreachable'), risky: BACKOFF, harmless: BACKOFF },
			{ end: failed('unsendable'), risky: never, harmless: never },
			{ end: failed('notStarted'), risky: never, harmless: never },
			// Something may have.
			{ end: failed('timeout'), risky: never, harmless: BACKOFF },
			{ end: failed('lost'), risky: never, harmless: BACKOFF },
			{ end: failed('cancelled'), risky: never, harmless: never },
			// Answers that settle it.
			...[200, 201, 202, 204, 301, 302, 303, 307, 308].map((status) => ({
				end: answered(status),
				risky: never,
				harmless: never,
			})),
			...[400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 422, 425, 499].map((status) => ({
				end: answered(status, 0),
				risky: never,
				harmless: never,
			})),
			// Answers that leave it open.
			...[500, 502, 503, 504].map((status) => ({
				end: answered(status),
				risky: never,
				harmless: BACKOFF,
			})),
			...[501, 505, 520, 599].map((status) => ({
				end: answered(status),
				risky: never,
				harmless: never,
			})),
			// A pause that SendPilot asks for.
			{ end: answered(429, 0), risky: 0, harmless: 0 },
			{ end: answered(429, 1), risky: 1_000, harmless: 1_000 },
			{ end: answered(429, '60'), risky: CAP, harmless: CAP },
			{ end: answered(429, 60.001), risky: never, harmless: never },
			{ end: answered(429, 61), risky: never, harmless: never },
			{ end: answered(429, 'Thu, 01 Jan 2026 00:01:00 GMT'), risky: CAP, harmless: CAP },
			{ end: answered(429, 'Thu, 01 Jan 2026 00:01:01 GMT'), risky: never, harmless: never },
			{ end: answered(429, 'Wed, 31 Dec 2025 23:59:00 GMT'), risky: 0, harmless: 0 },
			{ end: answered(429), risky: never, harmless: BACKOFF },
			{ end: answered(429, 'soon'), risky: never, harmless: BACKOFF },
			// A wait against which no pause helps.
			{
				end: answered(429, 1, { message: 'Daily message limit reached' }),
				risky: never,
				harmless: never,
			},
			// Whether the server says when to come again or not, a send that may be through is not repeated.
			...[500, 503].map((status) => ({
				end: answered(status, 0),
				risky: never,
				harmless: BACKOFF,
			})),
		].map((row) => ({ ...row, name: JSON.stringify(row.end) })),
	)('$name: again after $harmless if harmless, else after $risky', ({ end, risky, harmless }) => {
		for (const effect of ['read', 'repeatable'] as const) expect(first(end, effect)).toBe(harmless);
		for (const effect of ['once', 'reachesPerson'] as const) expect(first(end, effect)).toBe(risky);
	});

	it('ends with the third try', () => {
		const pauses = [1, 2, 3, 4].map((triesMade) =>
			retryDelayMs(failed('unreachable'), 'reachesPerson', triesMade, settings),
		);
		expect(MAX_TRIES).toBe(3);
		expect(pauses).toEqual([BACKOFF, 2 * BACKOFF, undefined, undefined]);
		expect(retryDelayMs(answered(429, 0), 'reachesPerson', 3, settings)).toBeUndefined();
	});

	it('keeps several workflows apart by a random half of the pause', () => {
		const pauseWith = (random: number) =>
			retryDelayMs(failed('unreachable'), 'read', 1, { ...settings, random: () => random });
		expect([0, 0.5, 0.999].map(pauseWith)).toEqual([500, 750, 1_000]);
	});
});

describe('a daily quota', () => {
	it.each([
		'Daily message limit reached for this LinkedIn account',
		'daily limit exceeded',
		'You have reached the limit of 50 messages per day',
		'No messages left today',
		'Message quota exceeded',
		'Message limit reached',
		'Messages limit reached',
		'Invitation limit reached',
		'Limit reached, try again in 24 hours',
		'24h limit',
	])('is told by "%s"', (message) => {
		expect(isDailyQuota(answer(429, undefined, { statusCode: 429, message }))).toBe(true);
		expect(isDailyQuota(answer(429, undefined, { message: ['Too many', message] }))).toBe(true);
		expect(isDailyQuota(answer(429, undefined, message))).toBe(true);
		expect(isDailyQuota(answer(400, undefined, { message }))).toBe(false);
	});

	it.each([
		'Too Many Requests',
		'ThrottlerException: Too Many Requests',
		'Rate limit exceeded',
		'',
	])('is not told by "%s"', (message) => {
		expect(isDailyQuota(answer(429, undefined, { statusCode: 429, message }))).toBe(false);
	});
});

describe('Retry-After', () => {
	it.each([
		['0', 0],
		['120', 120_000],
		[120, 120_000],
		[' 2 ', 2_000],
		['0.5', 500],
		['0.0001', 1],
		[['3', '9'], 3_000],
		['Thu, 01 Jan 2026 00:00:05 GMT', 5_000],
		['Thursday, 01-Jan-26 00:00:05 GMT', 5_000],
		['Thu Jan  1 00:00:05 2026 GMT', 5_000],
		['Thu, 01 Jan 1970 00:00:00 GMT', 0],
		['-1', undefined],
		['1,5', undefined],
		['1e3', undefined],
		['', undefined],
		['  ', undefined],
		['soon', undefined],
		['2026', 2_026_000],
		[null, undefined],
		[[], undefined],
		[{}, undefined],
	])('%j reads as %j ms', (value, ms) => {
		expect(retryAfterMs(answer(429, value), NOW)).toBe(ms);
	});
});

const waits = fc.oneof(
	fc.nat().map(String),
	fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
	fc.string(),
	fc.array(fc.string()),
);
const bodies = fc.oneof(fc.jsonValue(), fc.record({ message: fc.string() }), fc.string());
const statuses = fc.oneof(fc.constant(429), fc.integer({ min: 200, max: 599 }));

/** Every way in which a call can end. */
const results: fc.Arbitrary<CallResult> = fc.oneof(
	fc.constantFrom(...CALL_FAILURES).map(failed),
	fc.tuple(statuses, fc.option(waits, { nil: undefined }), bodies).map((args) => answered(...args)),
);

describe('whatever comes back', () => {
	const tries = fc.integer({ min: 1, max: 5 });
	const randoms = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

	it('a send is repeated only after no connection, or a 429 with a wait up to the cap', () => {
		fc.assert(
			fc.property(results, tries, randoms, (result, triesMade, random) => {
				const pause = retryDelayMs(result, 'reachesPerson', triesMade, {
					...settings,
					random: () => random,
				});
				const mayRepeat =
					result.kind === 'failure'
						? result.failure === 'unreachable'
						: result.answer.status === 429 && (retryAfterMs(result.answer, NOW) ?? CAP + 1) <= CAP;
				expect(pause === undefined || (mayRepeat && triesMade < MAX_TRIES)).toBe(true);
			}),
		);
	});

	it('a pause is a time from 0 to the cap or the backoff', () => {
		fc.assert(
			fc.property(results, tries, randoms, (result, triesMade, random) => {
				const pause = retryDelayMs(result, 'read', triesMade, {
					...settings,
					random: () => random,
				});
				expect(pause === undefined || (pause >= 0 && pause <= CAP)).toBe(true);
			}),
		);
	});
});
