import { contradictsSending } from './contract/error';
import { confirmsSending, declinesSending, sendReply, type SendReply } from './contract/message';
import type { SendingCall, Sent } from './delivery';
import type { Problem } from './problem';

/** A message that SendPilot accepted, in one form for all shapes of the reply. */
export interface SentMessage extends Sent {
	/** ISO 8601 */
	sentAt: string | null;
	recipientLinkedinUrl: string | null;
	senderId: string | null;
	/** As given. It may be the id of the conversation, so it does not identify a message. */
	messageId: string | null;
	leadId: string | null;
	campaignId: string | null;
	conversationId: string | null;
}

/** What a request says about its message. */
export type AskedMessage = Partial<
	Record<'recipientLinkedinUrl' | 'leadId' | 'senderId' | 'campaignId', string>
>;

/**
 * Collects what is known about a message that SendPilot accepted.
 *
 * @param reply empty if it was lost
 */
export function sentMessage(reply: SendReply, asked: AskedMessage): SentMessage {
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

/** How to judge a call that sends a message. */
export function messageCall(asked: AskedMessage): SendingCall {
	return {
		senderId: asked.senderId,
		readReply(body) {
			const reply = sendReply.safeParse(body);
			if (!reply.success) return undefined;
			if (declinesSending(reply.data)) return 'declined';
			if (contradictsSending(body)) return undefined;
			return confirmsSending(reply.data) ? { sent: sentMessage(reply.data, asked) } : undefined;
		},
		reasonOf: (problem) => (isMissingConnection(problem) ? 'notFirstDegree' : undefined),
	};
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
