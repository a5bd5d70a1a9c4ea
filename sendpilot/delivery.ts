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
 * A message that SendPilot took, in one form for either shape of the reply. What neither the request
 * nor the reply tells is null.
 */
export interface SentMessage {
	success: true;
	/** As given; may be the id of the conversation, so it identifies nothing by itself. */
	messageId: string | null;
	/** `sent`, `queued`, or what SendPilot says in its place. */
	status: string;
	/** ISO 8601 */
	sentAt: string | null;
	recipientLinkedinUrl: string | null;
	leadId: string | null;
	senderId: string | null;
	campaignId: string | null;
	conversationId: string | null;
}

/** Why a message did not go out, or may not have: the call's problem, and the step that met it. */
export interface DeliveryProblem extends Problem {
	/** `send` for the sending itself, `readLead` for reading the lead before it. */
	step: 'send' | 'readLead';
	/** The account that was to send, where it is known. */
	senderId?: string;
	/** True where an earlier message met the problem, so that this one was not tried. */
	inherited?: boolean;
}

/** What became of one send. `uncertain` means that nobody may repeat it without a look at LinkedIn. */
export type Delivery =
	| { outcome: 'sent'; message: SentMessage }
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
 * Reads from the end of a sending call what became of the message. Whatever does not prove that it
 * stayed here, or that it went out, is `uncertain`.
 *
 * @param now Unix time in ms
 */
export function deliveryOf(result: CallResult, request: SendRequest, now: number): Delivery {
	const { senderId } = request.body;
	const attempt = { step: 'send', ...(senderId ? { senderId } : {}) } as const;
	const problem = problemOf(result, now);
	if (problem) {
		const outcome = isNotSent(problem) ? 'notSent' : 'uncertain';
		return { outcome, problem: { ...problem, ...attempt } };
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

function isNotSent({ reason, status = 0 }: Problem): boolean {
	const delivery = DELIVERY_OF_REASON[reason];
	return delivery === 'either' ? UNTOUCHED_REDIRECTS.has(status) : delivery === 'notSent';
}

/**
 * Puts together what is known of a message that SendPilot took.
 *
 * @param reply empty where it got lost
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
