import { errorTexts } from './contract/error';
import {
	confirmsSending,
	declinesSending,
	sendReply,
	type SendReply,
	type SendRequest,
} from './contract/message';
import type { CallResult } from './http';
import { problemOf, type Problem, type ProblemReason } from './problem';

/**
 * A message that SendPilot accepted, in one form for both shapes of the reply. Whatever neither the request
 * nor the reply says is null.
 */
export interface SentMessage {
	success: true;
	/** As given. It may be the id of the conversation, so it does not identify a message. */
	messageId: string | null;
	/** `sent`, `queued`, or whatever SendPilot says instead. */
	status: string;
	/** ISO 8601 */
	sentAt: string | null;
	recipientLinkedinUrl: string | null;
	leadId: string | null;
	senderId: string | null;
	campaignId: string | null;
	conversationId: string | null;
}

/** Why a message did not go out, or may not have: the problem of the call, and at which step. */
export interface DeliveryProblem extends Problem {
	/** `send` for the sending itself, `readLead` for reading the lead before it. */
	step: 'send' | 'readLead';
	/** The account that would have sent it, if known. */
	senderId?: string;
	/** True if an earlier message had the problem, and this one was therefore not tried. */
	inherited?: boolean;
}

/** What became of one message. An `uncertain` one must not be repeated before a look at LinkedIn. */
export type Delivery =
	| {
			outcome: 'sent';
			message: SentMessage;
			/** True if it was sent by an earlier run, whose answer is lost. */
			alreadySent?: boolean;
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
	unreadable: 'uncertain',
	leadWithoutProfile: 'notSent',
	leadWithoutSender: 'notSent',
	interrupted: 'uncertain',
	forgotten: 'uncertain',
	historyUnavailable: 'notSent',
	unreachable: 'notSent',
	unsendable: 'notSent',
	notStarted: 'notSent',
	timeout: 'uncertain',
	lost: 'uncertain',
	cancelled: 'uncertain',
};

/** Redirects with which a server passes the request on to another address without acting on it. */
const UNTOUCHED_REDIRECTS = new Set([301, 307, 308]);

/**
 * Judges by the result of a sending call what became of the message. Without proof that it went out, or that
 * it did not, it is `uncertain`.
 *
 * @param now Unix time in ms
 */
export function deliveryOf(result: CallResult, request: SendRequest, now: number): Delivery {
	const { senderId } = request.body;
	const attempt = { step: 'send', ...(senderId ? { senderId } : {}) } as const;
	const problem = problemOf(result, now);
	if (problem) {
		const outcome = isNotSent(problem) ? 'notSent' : 'uncertain';
		const reason = isMissingConnection(problem) ? 'notFirstDegree' : problem.reason;
		return { outcome, problem: { ...problem, reason, ...attempt } };
	}

	const { answer } = result as Extract<CallResult, { kind: 'answer' }>;
	const { status, body } = answer;
	const reply = sendReply.safeParse(body);
	if (reply.success && declinesSending(reply.data)) {
		const said = errorTexts({ message: field(body, 'error') ?? field(body, 'message') });
		return { outcome: 'notSent', problem: { reason: 'declined', status, said, ...attempt } };
	}
	if (!reply.success || !confirmsSending(reply.data)) {
		const said = errorTexts(body);
		return { outcome: 'uncertain', problem: { reason: 'unreadable', status, said, ...attempt } };
	}
	return { outcome: 'sent', message: sentMessage(reply.data, request) };
}

/** SendPilot's words for a connection, and that there is none. */
const NO_CONNECTION =
	/\b(?:not|isn.t|aren.t|must be|only)\b.*(?:\bconnect(?:ed|ions?)\b|\b(?:1st|first)[ \-\u2010\u2011]?degree\b)/i;

/** Whom the sender is not connected with; otherwise it may be the sender that is not connected. */
const RECIPIENT = /\b(?:recipient|person|lead|member|with you)\b|^not connected\W*$/i;

/** The connection of an account or workspace, or a limit. */
const OTHER_CONNECTION = /\b(?:sendpilot|inbox|workspace|reconnect|limit|connected to linkedin)\b/i;

/** Whether a 400 says that the recipient is not a 1st-degree connection; no code of the API does. */
function isMissingConnection({ status, said }: Problem): boolean {
	return (
		status === 400 &&
		said.some(
			(text) => NO_CONNECTION.test(text) && RECIPIENT.test(text) && !OTHER_CONNECTION.test(text),
		)
	);
}

/** Whether a problem proves that the call did nothing. */
export function isNotSent({ reason, status = 0 }: Problem): boolean {
	const delivery = DELIVERY_OF_REASON[reason];
	return delivery === 'either' ? UNTOUCHED_REDIRECTS.has(status) : delivery === 'notSent';
}

/**
 * Collects what is known about a message that SendPilot accepted.
 *
 * @param reply empty if it was lost
 */
export function sentMessage(reply: SendReply, { body }: SendRequest): SentMessage {
	const asked: Partial<Record<keyof SentMessage, string>> = body;
	return {
		success: true,
		messageId: reply.messageId ?? null,
		status: reply.status ?? 'sent',
		sentAt: reply.sentAt ?? reply.timestamp ?? null,
		recipientLinkedinUrl: reply.recipientLinkedinUrl ?? asked.recipientLinkedinUrl ?? null,
		leadId: reply.leadId ?? asked.leadId ?? null,
		senderId: reply.senderId ?? asked.senderId ?? null,
		campaignId: reply.campaignId ?? asked.campaignId ?? null,
		conversationId: reply.conversationId ?? null,
	};
}

function field(body: unknown, name: 'error' | 'message'): unknown {
	const value = (body as Record<string, unknown>)[name];
	return typeof value === 'string' && value.trim() === '' ? undefined : (value ?? undefined);
}
