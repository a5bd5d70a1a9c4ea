import type { Conversation, ThreadMessage } from '../../../sendpilot/contract/conversation';
import type { Simplify } from '../../shared/shape';

/** The fields of a conversation that matter most. */
export const simplifyConversation: Simplify<Conversation> = (conversation) => {
	const { id, accountId, participants, lastMessage, unreadCount, lastActivityAt } = conversation;
	const names = (participants ?? []).map(({ name }) => name).filter(Boolean);
	return {
		id,
		senderId: accountId ?? null,
		participantName: names.join(', ') || null,
		lastMessage: lastMessage?.content ?? null,
		lastMessageDirection: lastMessage?.direction ?? null,
		lastMessageAt: lastMessage?.sentAt ?? null,
		unreadCount: unreadCount ?? null,
		lastActivityAt: lastActivityAt ?? null,
	};
};

/** The fields of a message that matter most. */
export const simplifyMessage: Simplify<ThreadMessage> = (message) => ({
	id: message.id,
	content: message.content ?? null,
	direction: message.direction ?? null,
	sentAt: message.sentAt ?? null,
	fromName: message.sender?.name ?? null,
	readStatus: message.readStatus ?? null,
	contentType: message.contentType ?? null,
	attachments: message.attachments ?? [],
});
