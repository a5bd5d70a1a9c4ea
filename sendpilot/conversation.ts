import { read, type SendPilotApi } from './api';
import {
	CONVERSATION_MESSAGES_PATH,
	CONVERSATION_PAGE_SIZE,
	conversationList,
	CONVERSATIONS_PATH,
	MESSAGE_PAGE_SIZE,
	messageList,
	type Conversation,
	type ThreadMessage,
} from './contract/conversation';
import { pathFor } from './contract/path';
import { readPages, type ReadOptions } from './paging';
import { tokenPages } from './tokenPages';

/**
 * Lists conversations, those with the newest activity first. Follows `GET /v1/inbox/conversations`.
 *
 * @param senderId undefined for those of all senders
 * @yields the conversations of each page
 * @throws SendPilotError if there is no usable reply
 */
export function listConversations(
	api: SendPilotApi,
	senderId: string | undefined,
	options: ReadOptions = {},
): AsyncGenerator<Conversation[]> {
	const accountId: Record<string, string> = senderId === undefined ? {} : { accountId: senderId };
	const list = tokenPages(async (query) => {
		const reply = await read(api, CONVERSATIONS_PATH, { ...accountId, ...query }, conversationList);
		return { items: reply.conversations, pagination: reply.pagination };
	}, CONVERSATION_PAGE_SIZE);
	return readPages(list, options);
}

/**
 * Lists the messages of a conversation, in the order of SendPilot. Follows
 * `GET /v1/inbox/conversations/{conversationId}/messages`.
 *
 * @param senderId the sender that has the conversation
 * @yields the messages of each page
 * @throws SendPilotError if there is no usable reply
 */
export function listMessages(
	api: SendPilotApi,
	{ conversationId, senderId }: { conversationId: string; senderId: string },
	options: ReadOptions = {},
): AsyncGenerator<ThreadMessage[]> {
	const path = pathFor(CONVERSATION_MESSAGES_PATH, conversationId);
	const list = tokenPages(async (query) => {
		const reply = await read(api, path, { accountId: senderId, ...query }, messageList);
		return { items: reply.messages, pagination: reply.pagination };
	}, MESSAGE_PAGE_SIZE);
	return readPages(list, options);
}
