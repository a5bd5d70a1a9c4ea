import { contradictsSending, declines, errorTexts } from './contract/error';
import type { CallResult } from './http';
import { problemOf, type Problem, type ProblemReason } from './problem';

/** What SendPilot accepted: a message, an invitation or a job. Whatever neither the request nor the reply says is null. */
export interface Sent {
	success: true;
	/** `sent`, or whatever SendPilot says instead. */
	status: string;
	/** What only one kind has. */
	[name: string]: unknown;
}

/** Why a message did not go out, or may not have: the problem of the call, and at which step. */
export interface DeliveryProblem extends Problem {
	/** `send` for the sending itself, `readLead` for reading the lead before it. */
	step: 'send' | 'readLead';
	/** The account that would have sent it, if known. */
	senderId?: string;
	/** True if an earlier message had the problem, and this one was therefore not tried. */
	inherited?: boolean;
	/** Where it was looked for without being found, as a sentence without a full stop. */
	looked?: string;
}

/** What became of one message. An `uncertain` one must not be repeated before a look at LinkedIn. */
export type Delivery =
	| {
			outcome: 'sent';
			result: Sent;
			/** True if it was sent by an earlier run, whose answer is lost. */
			alreadySent?: boolean;
			/** True if there was nothing to send, so that nothing went out. */
			isNeedless?: boolean;
	  }
	| { outcome: 'notSent'; problem: DeliveryProblem }
	| { outcome: 'uncertain'; problem: DeliveryProblem };

/**
 * Whether a sending call that met a problem can have sent the message. Whatever does not prove that
 * nothing went out is `uncertain`; `either` depends on the status.
 */
export const DELIVERY_OF_REASON: Record<ProblemReason, 'notSent' | 'uncertain' | 'either'> = {
	notFirstDegree: 'notSent',
	invalid: 'notSent',
	unauthorized: 'notSent',
	forbidden: 'notSent',
	notFound: 'notSent',
	rateLimited: 'notSent',
	dailyQuota: 'notSent',
	declined: 'notSent',
	serverError: 'uncertain',
	redirected: 'either',
	contradictory: 'uncertain',
	unreadable: 'uncertain',
	leadWithoutProfile: 'notSent',
	leadWithoutSender: 'notSent',
	interrupted: 'uncertain',
	forgotten: 'uncertain',
	historyUnavailable: 'notSent',
	unexpected: 'uncertain',
	unreachable: 'notSent',
	unsendable: 'notSent',
	notStarted: 'notSent',
	timeout: 'uncertain',
	lost: 'uncertain',
	cancelled: 'uncertain',
};

/** Redirects with which a server passes the request on to another address without acting on it. */
const UNTOUCHED_REDIRECTS = new Set([301, 307, 308]);

/** What a reply says: that it was sent, that it was not, or undefined if that is not clear. */
export type Reading = { sent: Sent; isNeedless?: boolean } | 'declined' | undefined;

/** A call that reaches a person. */
export interface SendingCall {
	/** The account that sends, if known. */
	senderId: string | undefined;
	/** Reads the body of a 2xx answer. */
	readReply(body: unknown): Reading;
	/** A more exact reason for a problem; undefined for the usual one. */
	reasonOf?(problem: Problem): ProblemReason | undefined;
}

/**
 * Judges by the result of a sending call what became of the message. Without proof that it went out, or that
 * it did not, it is `uncertain`.
 *
 * @param now Unix time in ms
 */
export function deliveryOf(
	result: CallResult,
	{ senderId, readReply, reasonOf }: SendingCall,
	now: number,
): Delivery {
	const attempt = { step: 'send', ...(senderId ? { senderId } : {}) } as const;
	const problem = problemOf(result, now);
	if (problem) {
		const outcome = isNotSent(problem) ? 'notSent' : 'uncertain';
		const reason = reasonOf?.(problem) ?? problem.reason;
		return { outcome, problem: { ...problem, reason, ...attempt } };
	}

	const { answer } = result as Extract<CallResult, { kind: 'answer' }>;
	const { status, body } = answer;
	const reading = readReply(body);
	if (reading === 'declined') {
		const said = errorTexts({ message: field(body, 'error') ?? field(body, 'message') });
		return { outcome: 'notSent', problem: { reason: 'declined', status, said, ...attempt } };
	}
	if (reading === undefined) {
		const error = field(body, 'error');
		const said = errorTexts(error === undefined ? body : { message: error });
		const saysFailed = declines(body) || contradictsSending(body);
		const reason = saysFailed ? 'contradictory' : 'unreadable';
		return { outcome: 'uncertain', problem: { reason, status, said, ...attempt } };
	}
	const { sent: accepted, isNeedless } = reading;
	return { outcome: 'sent', result: accepted, ...(isNeedless && { isNeedless }) };
}

/** Whether a problem proves that the call did nothing. */
export function isNotSent({ reason, status = 0 }: Problem): boolean {
	const delivery = DELIVERY_OF_REASON[reason];
	return delivery === 'either' ? UNTOUCHED_REDIRECTS.has(status) : delivery === 'notSent';
}

function field(body: unknown, name: 'error' | 'message'): unknown {
	const { [name]: value } = Object(body) as Record<string, unknown>;
	return typeof value === 'string' && value.trim() === '' ? undefined : (value ?? undefined);
}
