import { createHash } from 'node:crypto';
import { namesIn, readProfileUrl } from './profile';
import type { SandboxConversation, SandboxLead } from './seedTypes';
import type { ExchangedMessage, Store } from './store';

/**
 * All conversations, those with the newest activity first: the seed's, with what people wrote since.
 * Made anew at every call, so that sending stays fast.
 *
 * @param delayMs how long after it went out a message appears
 */
export function allConversations(store: Store, delayMs = 0): SandboxConversation[] {
	const found = new Map<string, SandboxConversation>();
	for (const one of store.seed.conversations) {
		found.set(keyOf(one.accountId, one.linkedinUrl), { ...one, messages: [...one.messages] });
	}
	const visibleUntil = Date.now() - delayMs;
	// Many people have a conversation, and there are many leads.
	const leads = new Map([...store.seed.leads].reverse().map((lead) => [store.slugOf(lead), lead]));
	for (const message of store.exchanged) {
		const isReply = message.direction === 'received';
		if (!isReply && Date.parse(message.sentAt) > visibleUntil) continue;
		const key = keyOf(message.senderId, message.linkedinUrl);
		const conversation = found.get(key) ?? started(message, key, leads);
		conversation.messages.push(message);
		conversation.unread ||= isReply;
		// Moved to the end, which tells the order of what happens within a millisecond.
		found.delete(key);
		found.set(key, conversation);
	}
	const conversations = [...found.values()];
	// The note of an invitation arrives late, with the time when it was written.
	for (const { messages } of conversations) messages.sort((a, b) => order(a.sentAt, b.sentAt));
	return conversations.reverse().sort((a, b) => order(lastActivity(b), lastActivity(a)));
}

/** @returns the newest conversation with a person, whoever the sender is */
export function conversationWith(
	linkedinUrl: string,
	store: Store,
): SandboxConversation | undefined {
	return allConversations(store).find(
		(one) => keyOf(one.accountId, one.linkedinUrl) === keyOf(one.accountId, linkedinUrl),
	);
}

function keyOf(senderId: string, url: string): string {
	return `${senderId} ${readProfileUrl(url)?.slug ?? url}`;
}

/** A conversation before its first message. */
function started(
	{ senderId: accountId, linkedinUrl }: ExchangedMessage,
	key: string,
	leads: ReadonlyMap<string | undefined, SandboxLead>,
): SandboxConversation {
	const hash = createHash('sha256').update(key).digest();
	const slug = readProfileUrl(linkedinUrl)?.slug;
	const lead = slug === undefined ? undefined : leads.get(slug);
	const name = [lead?.firstName, lead?.lastName].filter(Boolean).join(' ');
	return {
		id: `2-${hash.subarray(0, 16).toString('base64')}`,
		accountId,
		name: name || namesIn(slug ?? linkedinUrl).join(' '),
		opaqueId: `ACoAA${hash.toString('hex').slice(0, 34)}`,
		linkedinUrl,
		unread: false,
		messages: [],
	};
}

function lastActivity({ messages }: SandboxConversation): string {
	return messages.at(-1)?.sentAt ?? '';
}

/** For times in ISO 8601. */
function order(one: string, other: string): number {
	if (one === other) return 0;
	return one < other ? -1 : 1;
}
