import { errorTexts } from './contract/error';
import type { CallResult, HttpAnswer, HttpRequest } from './http';

/** How often one call is tried at the most, the first try included. */
export const MAX_TRIES = 3;

/** The first pause between two tries where SendPilot names none; each further one is twice as long. */
const BACKOFF_BASE_MS = 1_000;

/** SendPilot's words for a limit that a short wait does not lift. */
const DAILY_QUOTA =
	/\b(?:daily|per day|today|quota|24 ?h(?:ours?)?|(?:message|invitation)s? limit)\b/i;

/** Server errors that a later try may cure; asked only where a repetition does no harm. */
const PASSING_SERVER_ERRORS = new Set([500, 502, 503, 504]);

/** What a repetition depends on beside the call itself. */
export interface RetrySettings {
	/** The longest `Retry-After` that is waited for, in ms. */
	maxRetryAfterMs: number;
	/** Unix time in ms. */
	now: () => number;
	/** A number from 0 up to, but not including, 1. */
	random: () => number;
}

/**
 * The retry table: says whether a call may be made again, and after which pause.
 *
 * A POST is repeated only where it is certain that SendPilot did nothing with it: no connection came
 * about, or 429 with a short wait. Everything else that leaves its end open is never repeated,
 * because the API knows no idempotency key. A GET is also repeated after an error that may pass.
 *
 * @param triesMade how often the call was made so far, 1 or more
 * @returns the pause in ms, or undefined where there is to be no further try
 */
export function retryDelayMs(
	result: CallResult,
	method: HttpRequest['method'],
	triesMade: number,
	settings: RetrySettings,
): number | undefined {
	if (triesMade >= MAX_TRIES) return undefined;
	const backoff = backoffMs(triesMade, settings.random);

	if (result.kind === 'failure') {
		if (result.failure === 'unreachable') return backoff;
		const mayPass = result.failure === 'timeout' || result.failure === 'lost';
		return method === 'GET' && mayPass ? backoff : undefined;
	}

	const { answer } = result;
	if (answer.status === 429) {
		if (isDailyQuota(answer)) return undefined;
		// On a send, a 429 that names no wait is most likely a daily quota in words that are not known yet.
		const wait = retryAfterMs(answer, settings.now()) ?? (method === 'GET' ? backoff : Infinity);
		return wait <= settings.maxRetryAfterMs ? wait : undefined;
	}
	return method === 'GET' && PASSING_SERVER_ERRORS.has(answer.status) ? backoff : undefined;
}

/** Whether a 429 tells of the LinkedIn account's daily limit, against which no wait of ours helps. */
export function isDailyQuota(answer: HttpAnswer): boolean {
	return answer.status === 429 && errorTexts(answer.body).some((text) => DAILY_QUOTA.test(text));
}

/**
 * Reads the `Retry-After` header, in seconds or as an HTTP date (RFC 9110, section 10.2.3).
 *
 * @returns the wait in ms from `now`, never negative; undefined where there is none or it is unreadable
 */
export function retryAfterMs(answer: HttpAnswer, now: number): number | undefined {
	const raw = answer.headers['retry-after'];
	const value = String(Array.isArray(raw) ? raw[0] : (raw ?? '')).trim();
	if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1_000);
	if (!/[a-z]/i.test(value)) return undefined;
	const date = Date.parse(value);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Doubles with each try; the random half keeps several workflows from knocking at the same moment. */
function backoffMs(triesMade: number, random: () => number): number {
	const full = BACKOFF_BASE_MS * 2 ** (triesMade - 1);
	return Math.round(full * (0.5 + random() / 2));
}
