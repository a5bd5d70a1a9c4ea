import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
	CONVERSATION_MESSAGES_PATH,
	CONVERSATION_PAGE_SIZE,
	CONVERSATIONS_PATH,
	MESSAGE_PAGE_SIZE,
} from '../../sendpilot/contract/conversation';
import { PAGE_SIZE } from '../../sendpilot/contract/paging';
import { ApiError } from '../errors';
import { allConversations } from '../inbox';
import type { ApiParts, ById } from '../parts';
import { publicUrl } from '../profile';
import { pageOf, pages, wholeNumber } from '../query';
import type { Quirks } from '../quirks';
import type { SandboxConversation, SandboxMessage, SandboxSender } from '../seedTypes';
import { tokenPage } from '../token';
import { validated } from '../validation';

/** How much of the last message lists show, in characters. */
const EXCERPT_CHARACTERS = 100;

const accountId = z.string().min(1);
const continuationToken = z.string().min(1).optional();

const liveQuery = z
	.object({
		accountId: accountId.optional(),
		limit: wholeNumber('limit', 1, PAGE_SIZE).default(String(CONVERSATION_PAGE_SIZE)),
		continuationToken,
	})
	.strict();

const docsQuery = z
	.object({ accountId: accountId.optional(), ...pages(CONVERSATION_PAGE_SIZE) })
	.strict();

const messagesQuery = z
	.object({
		accountId,
		limit: wholeNumber('limit', 1, PAGE_SIZE).default(String(MESSAGE_PAGE_SIZE)),
		continuationToken,
	})
	.strict();

/** As production does for pages that are too large or past the end. */
const SERVER_ERROR = 'Internal server error';

/** Adds the calls about conversations and their messages. */
export function addConversationRoutes(app: FastifyInstance, parts: ApiParts): void {
	const { store, quirks, generation } = parts;

	function conversationsOf(id: string | undefined): SandboxConversation[] {
		const all = allConversations(store, quirks.inboxDelayMs);
		if (id === undefined) return all;
		const sender = store.sender(id);
		return all.filter((one) => one.accountId === sender.id);
	}

	const personIn = (conversation: SandboxConversation) => personOf(conversation, quirks);
	const viewOf = (conversation: SandboxConversation) =>
		conversationView(conversation, personIn(conversation));

	function requireSafe(limit: number): void {
		if (limit > quirks.conversationPageMax) throw new ApiError(500, SERVER_ERROR);
	}

	app.get(CONVERSATIONS_PATH, (request) => {
		if (generation === 'docs') {
			const { accountId: id, ...page } = validated(docsQuery, request.query);
			const found = conversationsOf(id);
			requireSafe(page.limit);
			const { items, pagination } = pageOf(found, page);
			const { totalPages } = pagination;
			if (page.page > Math.max(1, totalPages)) throw new ApiError(500, SERVER_ERROR);
			return {
				conversations: items.map(viewOf),
				pagination: { ...pagination, hasMore: page.page < totalPages },
			};
		}
		const { accountId: id, ...query } = validated(liveQuery, request.query);
		const found = conversationsOf(id);
		requireSafe(query.limit);
		const overlap = quirks.repeatsConversations ? 1 : 0;
		const page = tokenPage(found.length, query, { ...quirks, overlap });
		return {
			conversations: found.slice(page.from, page.to).map(viewOf),
			pagination: page.pagination,
		};
	});

	app.get<ById>(CONVERSATION_MESSAGES_PATH, (request) => {
		const { accountId: id, ...query } = validated(messagesQuery, request.query);
		const sender = store.sender(id);
		const found = conversationsOf(id).find((one) => one.id === request.params.id);
		if (!found) throw new ApiError(404, 'Conversation not found');
		const newestFirst = [...found.messages].reverse();
		const page = tokenPage(newestFirst.length, query, { ...quirks, overlap: 0 });
		const { limit: _limit, ...pagination } = page.pagination;
		return {
			conversationId: found.id,
			messages: newestFirst
				.slice(page.from, page.to)
				.map((message) => messageView(message, found, personIn(found), sender)),
			pagination,
		};
	});
}

function conversationView(
	{ id, accountId: sender, messages, unread }: SandboxConversation,
	person: Person,
) {
	const first = messages[0];
	const last = messages.at(-1);
	return {
		id,
		accountId: sender,
		participants: [{ ...person, profilePicture: '' }],
		lastMessage: {
			content: [...(last?.content ?? '')].slice(0, EXCERPT_CHARACTERS).join(''),
			sentAt: last?.sentAt,
			direction: last?.direction,
		},
		unreadCount: unread ? 1 : 0,
		lastActivityAt: last?.sentAt,
		createdAt: first?.sentAt,
		updatedAt: last?.sentAt,
	};
}

function messageView(
	{ id, content, sentAt, direction, attachment }: SandboxMessage,
	{ unread }: SandboxConversation,
	person: Person,
	{ id: accountUrn, name, linkedinUrl }: SandboxSender,
) {
	const account = { id: accountUrn, name, profileUrl: linkedinUrl };
	const isUnread = unread && direction === 'received';
	return {
		...{ id, content, sentAt, direction },
		sender: direction === 'sent' ? account : person,
		recipient: direction === 'sent' ? person : account,
		readStatus: isUnread ? 'unread' : 'read',
		contentType: attachment === undefined ? 'TEXT' : 'FILE',
		...(attachment !== undefined && { attachments: [fileOf(attachment)] }),
	};
}

function fileOf(name: string) {
	return { type: 'file', url: `https://files.example.com/${name}`, name, size: 48_213 };
}

type Person = ReturnType<typeof personOf>;

/** A URN, and in production an internal URL: both say nothing about the public profile. */
function personOf(
	{ opaqueId, name, linkedinUrl }: SandboxConversation,
	{ publicProfiles }: Pick<Quirks, 'publicProfiles'>,
) {
	return {
		id: `urn:li:fsd_profile:${opaqueId}`,
		name,
		profileUrl: publicProfiles ? publicUrl(linkedinUrl) : `https://www.linkedin.com/in/${opaqueId}`,
	};
}
