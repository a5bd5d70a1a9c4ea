import { z } from 'zod';

/** The longest message that `POST /v1/inbox/send` takes, in Unicode code points. */
export const MESSAGE_MAX_CHARACTERS = 8_000;

/** The path of the one call that sends a message. */
export const SEND_PATH = '/v1/inbox/send';

/**
 * Counts a message like the API: in Unicode code points, where an emoji of two UTF-16 units is one.
 *
 * @returns the length in characters
 */
export function messageLength(message: string): number {
	return [...message].length;
}

const id = z.string().min(1);

const message = z
	.string()
	.refine((text) => text.trim() !== '', 'message should not be empty')
	.refine(
		(text) => messageLength(text) <= MESSAGE_MAX_CHARACTERS,
		`message must be shorter than or equal to ${MESSAGE_MAX_CHARACTERS} characters`,
	);

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

/** One message to send, in either of the two shapes of `POST /v1/inbox/send`. */
export const sendRequest = z.discriminatedUnion('recipient', [
	z.object({ recipient: z.literal('lead'), body: sendByLeadBody }),
	z.object({ recipient: z.literal('profile'), body: sendByProfileBody }),
]);

/** See {@link sendRequest}. */
export type SendRequest = z.infer<typeof sendRequest>;

const optionalText = z.string().optional().catch(undefined);

/**
 * The reply to either shape. Every field may be missing, extra fields are allowed, and a field of an
 * undocumented type counts as missing. What matters is {@link confirmsSending}.
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

/** Whether a reply says that the message was not sent, without contradicting itself. */
export function declinesSending(reply: SendReply): boolean {
	return reply.success === false && !isTaken(reply.status ?? '');
}

function isTaken(status: string): boolean {
	return TAKEN_STATUSES.includes(status.toLowerCase());
}
