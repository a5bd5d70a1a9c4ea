import { createHash } from 'node:crypto';
import { readProfileUrl } from './profile';
import type { SandboxConversation, SandboxMessage } from './seedTypes';
import type { DeliveredMessage, Store } from './store';

/**
 * All conversations, those with the newest activity first: the seed's, with the messages that went out since.
 * Made anew at every call, so that sending stays fast.
 */
export function allConversations(store: Store): SandboxConversation[] {
	const found = new Map<string, SandboxConversation>();
	for (const one of store.seed.conversations) {
		found.set(keyOf(one.accountId, one.linkedinUrl), { ...one, messages: [...one.messages] });
	}
	for (const message of store.delivered) {
		const key = keyOf(message.senderId, message.recipientLinkedinUrl);
		const conversation = found.get(key);
		if (conversation) conversation.messages.push(sent(message));
		else found.set(key, started(message, key, store));
	}
	return [...found.values()].sort((one, other) =>
		lastActivity(one) < lastActivity(other) ? 1 : -1,
	);
}

function keyOf(senderId: string, url: string): string {
	return `${senderId} ${readProfileUrl(url)?.slug ?? url}`;
}

function sent({ messageId, message, at }: DeliveredMessage): SandboxMessage {
	return {
		id: messageId,
		direction: 'sent',
		content: message,
		sentAt: new Date(at).toISOString(),
	};
}

function started(message: DeliveredMessage, key: string, store: Store): SandboxConversation {
	const { senderId: accountId, recipientLinkedinUrl: linkedinUrl } = message;
	const hash = createHash('sha256').update(key).digest();
	const [lead] = store.leadsWithProfile(linkedinUrl);
	const name = [lead?.firstName, lead?.lastName].filter(Boolean).join(' ');
	return {
		id: `2-${hash.subarray(0, 16).toString('base64')}`,
		accountId,
		name: name || (readProfileUrl(linkedinUrl)?.slug ?? linkedinUrl),
		opaqueId: `ACoAA${hash.toString('hex').slice(0, 34)}`,
		linkedinUrl,
		unread: false,
		messages: [sent(message)],
	};
}

function lastActivity({ messages }: SandboxConversation): string {
	return messages.at(-1)?.sentAt ?? '';
}
