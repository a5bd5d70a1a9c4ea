import { z } from 'zod';
import { optionalNumber, optionalText } from './fields';
import { tokenPagination } from './paging';

/** Lists conversations, those with the newest activity first. */
export const CONVERSATIONS_PATH = '/v1/inbox/conversations';

/** Lists the messages of one conversation; needs the `accountId` of the sender that owns it. */
export const CONVERSATION_MESSAGES_PATH = `${CONVERSATIONS_PATH}/:id/messages`;

/**
 * How many conversations to ask for at once: the default of the API. 100 are allowed on paper, but answered
 * with 500 (observed); so were 50, for some weeks.
 */
export const CONVERSATION_PAGE_SIZE = 20;

/** How many messages of a conversation to ask for at once: the default of the API, which allows 100. */
export const MESSAGE_PAGE_SIZE = 50;

/** How much of the last message lists show, in characters. */
export const EXCERPT_CHARACTERS = 100;

/** Whether a message came from the sender or from the other person. */
export const MESSAGE_DIRECTIONS = ['sent', 'received'] as const;

/** Other names of a direction that integrators know. */
const DIRECTION_ALIASES: Readonly<Record<string, (typeof MESSAGE_DIRECTIONS)[number]>> = {
	outgoing: 'sent',
	outbound: 'sent',
	incoming: 'received',
	inbound: 'received',
};

const direction = z
	.string()
	.transform((name) => {
		const lower = name.toLowerCase();
		return Object.hasOwn(DIRECTION_ALIASES, lower) ? DIRECTION_ALIASES[lower] : lower;
	})
	.nullish()
	.catch(undefined);

/**
 * A person in a conversation. In production `id` is a URN and `profileUrl` an internal one (`…/in/ACoAA…`), so
 * neither can be compared with the lead's own URL.
 */
export const participant = z
	.object({
		id: optionalText,
		name: optionalText,
		profileUrl: optionalText,
		profilePicture: optionalText,
	})
	.passthrough();

/** See {@link participant}. */
export type Participant = z.infer<typeof participant>;

/** A conversation; additions pass. `accountId` is the sender. */
export const conversation = z
	.object({
		id: z.string().min(1),
		accountId: optionalText,
		participants: z.array(participant).nullish().catch(undefined),
		/** `content` holds the first {@link EXCERPT_CHARACTERS}. */
		lastMessage: z
			.object({ content: optionalText, sentAt: optionalText, direction })
			.passthrough()
			.nullish()
			.catch(undefined),
		unreadCount: optionalNumber,
		lastActivityAt: optionalText,
		createdAt: optionalText,
		updatedAt: optionalText,
	})
	.passthrough();

/** See {@link conversation}. */
export type Conversation = z.infer<typeof conversation>;

/** The reply of `GET /v1/inbox/conversations`, with a token or with the older page numbers. */
export const conversationList = z.object({
	conversations: z.array(conversation),
	pagination: tokenPagination.nullish().catch(undefined),
});

const attachment = z
	.object({
		/** `file`, `img`, `video`, `voice` or `linkedin_post`. */
		type: optionalText,
		url: optionalText,
		name: optionalText,
		/** In bytes. */
		size: optionalNumber,
	})
	.passthrough();

/** A message of a conversation; additions pass. */
export const threadMessage = z
	.object({
		id: z.string().min(1),
		content: optionalText,
		sentAt: optionalText,
		direction,
		sender: participant.nullish().catch(undefined),
		recipient: participant.nullish().catch(undefined),
		/** `read`, `unread` or `unknown`. */
		readStatus: optionalText,
		/** `TEXT`, `IMAGE`, `FILE` and others. */
		contentType: optionalText,
		attachments: z.array(attachment).nullish().catch(undefined),
	})
	.passthrough();

/** See {@link threadMessage}. */
export type ThreadMessage = z.infer<typeof threadMessage>;

/** The reply of `GET /v1/inbox/conversations/{conversationId}/messages`. */
export const messageList = z.object({
	conversationId: optionalText,
	messages: z.array(threadMessage),
	pagination: tokenPagination.nullish().catch(undefined),
});
