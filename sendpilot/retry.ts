import { errorTexts } from './contract/error';
import type { CallResult, Effect, HttpAnswer } from './http';

/** How often a call is tried at most, including the first try. */
export const MAX_TRIES = 3;

/** The first pause between two tries if SendPilot names none; each further pause is twice as long. */
const BACKOFF_BASE_MS = 1_000;

/** SendPilot's words for a limit that does not go away after a short wait. */
const DAILY_QUOTA =
	/\b(?:daily|per day|today|quota|24 ?h(?:ours?)?|(?:message|invitation)s? limit)\b/i;

/** What does no harm if it is done twice. */
const HARMLESS: ReadonlySet<Effect> = new Set(['read', 'repeatable']);

/** Server errors that may be gone at the next try; only used where repeating does no harm. */
const PASSING_SERVER_ERRORS = new Set([500, 502, 503, 504]);

/** What a retry depends on, besides the call itself. */
export interface RetrySettings {
	/** The longest `Retry-After` to wait for, in ms. */
	maxRetryAfterMs: number;
	/** Unix time in ms. */
	now: () => number;
	/** A number from 0 up to, but not including, 1. */
	random: () => number;
}

/**
 * The retry table: decides whether a call may be repeated, and after which pause.
 *
 * What reaches a person or costs credits is repeated only if SendPilot certainly did nothing with it: there was
 * no connection, or a 429 with a short wait. Any other open end is never repeated, because the API has no
 * idempotency key. Everything else is also repeated after an error that may pass.
 *
 * @param triesMade how often the call was made so far, 1 or more
 * @returns the pause in ms, or undefined to give up
 */
export function retryDelayMs(
	result: CallResult,
	effect: Effect,
	triesMade: number,
	settings: RetrySettings,
): number | undefined {
	if (triesMade >= MAX_TRIES) return undefined;
	const backoff = backoffMs(triesMade, settings.random);
	const isHarmless = HARMLESS.has(effect);

	if (result.kind === 'failure') {
		if (result.failure === 'unreachable') return backoff;
		const mayPass = result.failure === 'timeout' || result.failure === 'lost';
		return isHarmless && mayPass ? backoff : undefined;
	}

	const { answer } = result;
	if (answer.status === 429) {
		if (isDailyQuota(answer)) return undefined;
		// On a send, a 429 without a wait is most likely a daily quota in words that are not known yet.
		const wait = retryAfterMs(answer, settings.now()) ?? (isHarmless ? backoff : Infinity);
		return wait <= settings.maxRetryAfterMs ? wait : undefined;
	}
	return isHarmless && PASSING_SERVER_ERRORS.has(answer.status) ? backoff : undefined;
}

/** Whether a 429 is about the LinkedIn account's daily limit, which no short wait lifts. */
export function isDailyQuota(answer: HttpAnswer): boolean {
	return answer.status === 429 && errorTexts(answer.body).some((text) => DAILY_QUOTA.test(text));
}

/**
 * Reads the `Retry-After` header, in seconds or as an HTTP date (RFC 9110, section 10.2.3).
 *
 * @returns the wait in ms from `now`, never negative; undefined if there is none or it is unreadable
 */
export function retryAfterMs(answer: HttpAnswer, now: number): number | undefined {
	const raw = answer.headers['retry-after'];
	const value = String(Array.isArray(raw) ? raw[0] : (raw ?? '')).trim();
	if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1_000);
	if (!/[a-z]/i.test(value)) return undefined;
	const date = Date.parse(value);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Doubles with each try; the random half spreads out workflows that failed at the same moment. */
function backoffMs(triesMade: number, random: () => number): number {
	const full = BACKOFF_BASE_MS * 2 ** (triesMade - 1);
	return Math.round(full * (0.5 + random() / 2));
}
