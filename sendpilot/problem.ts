import { errorTexts } from './contract/error';
import { CALL_FAILURES, type CallResult } from './http';
import { isDailyQuota, retryAfterMs } from './retry';

/**
 * What can go wrong with a call:
 * - `notFirstDegree`: the recipient of a send is not connected with the sender (400; see `delivery.ts`)
 * - `invalid`, `unauthorized`, `forbidden`, `notFound`: SendPilot refused it (other 4xx, 401, 403, 404)
 * - `rateLimited`: too many calls (429); `dailyQuota`: the LinkedIn account's limit for today (429)
 * - `declined`: a 2xx reply that says `success: false`
 * - `serverError`: 5xx, or a gateway that gave up waiting (408, 499)
 * - `redirected`: 3xx, which no call of ours follows
 * - `contradictory`: a 2xx reply that also says that it failed, or that something else was done
 * - `unreadable`: a 2xx reply that does not match the API
 * - `leadWithoutProfile`, `leadWithoutSender`: a lead that lacks what a message needs
 * - `interrupted`: an earlier attempt at the same work never finished
 * - `forgotten`: an earlier attempt may have done it, and the record of it is gone
 * - `historyUnavailable`: it could not be recorded, so it was not started
 * - `unexpected`: an error of ours, somewhere between the record and the reply
 * - the rest: how the call ended without a reply, see {@link CALL_FAILURES}
 */
export const PROBLEM_REASONS = [
	'notFirstDegree',
	'invalid',
	'unauthorized',
	'forbidden',
	'notFound',
	'rateLimited',
	'dailyQuota',
	'declined',
	'serverError',
	'redirected',
	'contradictory',
	'unreadable',
	'leadWithoutProfile',
	'leadWithoutSender',
	'interrupted',
	'forgotten',
	'historyUnavailable',
	'unexpected',
	...CALL_FAILURES,
] as const;

/** See {@link PROBLEM_REASONS}. */
export type ProblemReason = (typeof PROBLEM_REASONS)[number];

/** What is known of a call that brought no usable reply. */
export interface Problem {
	reason: ProblemReason;
	/** HTTP status, where an answer came. */
	status?: number;
	/** Code of the network error, where none came; e.g. `ECONNREFUSED`. */
	code?: string;
	/** SendPilot's own texts. */
	said: string[];
	/** For a 429, how long SendPilot asks to wait, in ms. */
	retryAfterMs?: number;
}

/** Thrown when a read brings no usable reply. */
export class SendPilotError extends Error {
	constructor(readonly problem: Problem) {
		super(`SendPilot: ${problem.reason}`);
		this.name = 'SendPilotError';
	}
}

/**
 * The error for a reply that confirms something else than what was asked for.
 *
 * @param said what the reply has instead
 */
export function contradiction(said: string): SendPilotError {
	return new SendPilotError({ reason: 'contradictory', said: [said] });
}

/** The problem behind a thrown error; any other error counts as an unreadable reply. */
export function problemIn(error: unknown): Problem {
	return error instanceof SendPilotError ? error.problem : { reason: 'unreadable', said: [] };
}

/** Statuses of a gateway that gave up waiting: the request may have reached SendPilot. */
const GATEWAY_GAVE_UP = new Set([408, 499]);

/**
 * Names what is wrong with the result of a call.
 *
 * @param now Unix time in ms
 * @returns undefined for a 2xx answer; whether its body can be used is for the caller to say
 */
export function problemOf(result: CallResult, now: number): Problem | undefined {
	if (result.kind === 'failure') return { reason: result.failure, code: result.code, said: [] };
	const { answer } = result;
	if (answer.status >= 200 && answer.status < 300) return undefined;

	const problem = { status: answer.status, said: errorTexts(answer.body) };
	if (answer.status !== 429) return { ...problem, reason: reasonOfStatus(answer.status) };
	const wait = retryAfterMs(answer, now);
	return {
		...problem,
		reason: isDailyQuota(answer) ? 'dailyQuota' : 'rateLimited',
		...(wait === undefined ? {} : { retryAfterMs: wait }),
	};
}

function reasonOfStatus(status: number): ProblemReason {
	if (status === 401) return 'unauthorized';
	if (status === 403) return 'forbidden';
	if (status === 404) return 'notFound';
	if (GATEWAY_GAVE_UP.has(status)) return 'serverError';
	if (status >= 300 && status < 400) return 'redirected';
	return status >= 400 && status < 500 ? 'invalid' : 'serverError';
}
