import { z } from 'zod';
import { id, optionalFlag, optionalText } from './fields';
import { messageText } from './message';

/** The path of the one call that sends an invitation. */
export const CONNECT_PATH = '/v1/inbox/connect';

/** The longest note that an invitation takes, in Unicode code points. */
export const NOTE_MAX_CHARACTERS = 300;

/** The body of `POST /v1/inbox/connect`. */
export const connectBody = z
	.object({
		senderId: id,
		recipientLinkedinUrl: z.string().url(),
		/** The note. Only LinkedIn Premium delivers it; for free accounts SendPilot drops it. */
		message: messageText(NOTE_MAX_CHARACTERS).optional(),
	})
	.strict();

/** See {@link connectBody}. */
export type ConnectBody = z.infer<typeof connectBody>;

/** The documented statuses of an invitation; others pass through. */
export const CONNECT_STATUSES = ['sent', 'already_connected'] as const;

/** The reply of `POST /v1/inbox/connect`; additions pass. */
export const connectReply = z
	.object({
		success: optionalFlag,
		requestId: optionalText,
		recipientLinkedinUrl: optionalText,
		/** See {@link CONNECT_STATUSES}. */
		status: optionalText,
		/** ISO 8601. */
		timestamp: optionalText,
		error: optionalText,
	})
	.passthrough();

/** See {@link connectReply}. */
export type ConnectReply = z.infer<typeof connectReply>;
