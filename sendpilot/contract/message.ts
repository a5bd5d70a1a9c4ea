import { z } from 'zod';
import { deniesSending } from './error';
import { id } from './fields';

/** The longest message that `POST /v1/inbox/send` takes, in Unicode code points. */
export const MESSAGE_MAX_CHARACTERS = 8_000;

/** Sends a message to a profile, or to a lead in the shape that production refuses. */
export const SEND_PATH = '/v1/inbox/send';

/** Sends a message to a lead; SendPilot looks up its profile and fills in its own placeholders. */
export const SEND_TO_LEAD_PATH = `${SEND_PATH}/lead/:id`;

/**
 * Counts a message or note like the API: in Unicode code points, where an emoji of two UTF-16 units is one.
 *
 * @returns the length in characters
 */
export function messageLength(message: string): number {
	return [...message].length;
}

/**
 * The field `message` of a request: not blank, and not too long.
 *
 * @param maxCharacters in Unicode code points
 */
export function messageText(maxCharacters: number) {
	return z
		.string()
		.refine((text) => text.trim() !== '', 'message should not be empty')
		.refine(
			(text) => messageLength(text) <= maxCharacters,
			`message must be shorter than or equal to ${maxCharacters} characters`,
		);
}

const message = messageText(MESSAGE_MAX_CHARACTERS);

/**
 * The body of `POST /v1/inbox/send` that names the lead and lets SendPilot do the rest
 * (the written part of the API page).
 */
export const sendByLeadBody = z.object({ leadId: id, message, senderId: id.optional() }).strict();

/**
 * The body of `POST /v1/inbox/send` that names the sender and the LinkedIn profile
 * (the schema block of the API page); campaign and lead are only for reporting.
 */
export const sendByProfileBody = z
	.object({
		senderId: id,
		recipientLinkedinUrl: z.string().url(),
		message,
		campaignId: id.optional(),
		leadId: id.optional(),
	})
	.strict();

/** See {@link sendByLeadBody}. */
export type SendByLeadBody = z.infer<typeof sendByLeadBody>;

/** See {@link sendByProfileBody}. */
export type SendByProfileBody = z.infer<typeof sendByProfileBody>;

/** The body of `POST /v1/inbox/send/lead/{leadId}`; the campaign is only for reporting. */
export const sendToLeadBody = z
	.object({ senderId: id, message, campaignId: id.optional() })
	.strict();

/** See {@link sendToLeadBody}. */
export type SendToLeadBody = z.infer<typeof sendToLeadBody>;

/** One message to send, in either of the two shapes of `POST /v1/inbox/send`. */
export const sendRequest = z.discriminatedUnion('recipient', [
	z.object({ recipient: z.literal('lead'), body: sendByLeadBody }),
	z.object({ recipient: z.literal('profile'), body: sendByProfileBody }),
]);

/** See {@link sendRequest}. */
export type SendRequest = z.infer<typeof sendRequest>;

const optionalText = z.string().optional().catch(undefined);

/**
 * The reply to any call that sends a message. Every field may be missing, extra fields are allowed, and a
 * field of an undocumented type counts as missing. What matters is {@link confirmsSending}.
 */
export const sendReply = z.object({
	success: z.boolean().optional().catch(undefined),
	messageId: optionalText,
	status: optionalText,
	sentAt: optionalText,
	timestamp: optionalText,
	recipientLinkedinUrl: optionalText,
	leadId: optionalText,
	senderId: optionalText,
	campaignId: optionalText,
	conversationId: optionalText,
});

/** See {@link sendReply}. */
export type SendReply = z.infer<typeof sendReply>;

/** The documented statuses of a message that SendPilot accepted. */
const TAKEN_STATUSES: readonly string[] = ['sent', 'queued'];

/**
 * Whether a reply says, in one of the documented ways, that the message is sent or queued: by `success`, if
 * that is missing by `status`, and if that is missing too by `messageId`.
 */
export function confirmsSending(reply: SendReply): boolean {
	if (reply.success !== undefined) return reply.success;
	return reply.status ? isTaken(reply.status) : Boolean(reply.messageId);
}

/** Whether a reply says that the message was not sent, without contradicting itself by a message or another status. */
export function declinesSending(reply: SendReply): boolean {
	return deniesSending(reply, reply.messageId);
}

function isTaken(status: string): boolean {
	return TAKEN_STATUSES.includes(status.toLowerCase());
}
