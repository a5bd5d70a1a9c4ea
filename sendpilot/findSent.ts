import type { SendPilotApi } from './api';
import { EXCERPT_CHARACTERS, type Conversation } from './contract/conversation';
import type { Inbox } from './inbox';
import { matchPerson, type WantedPerson } from './matchPerson';

/** A message that is wanted. */
export interface WantedMessage {
	person: WantedPerson;
	text: string;
	/** Since when, in Unix ms of SendPilot's clock; undefined for any time. */
	since: number | undefined;
}

/** A message that is in the inbox. */
export interface FoundMessage {
	conversationId: string;
	/** ISO 8601; null if unknown. */
	sentAt: string | null;
}

/**
 * Looks for a message from the sender in the conversation with a person. Text is compared without white space at
 * its ends; where a conversation cannot be opened, the beginning that the list shows has to do.
 *
 * @param conversations of the sender's {@link Inbox}
 * @returns undefined if it is not there, or if it can be that of another person
 */
export async function findSent(
	api: SendPilotApi,
	inbox: Inbox,
	conversations: readonly Conversation[],
	{ person, text, since }: WantedMessage,
): Promise<FoundMessage | undefined> {
	const matches = matchPerson(conversations, person);
	for (const { conversation, match } of matches) {
		if (match.isAmbiguous) return undefined;
		const { id: conversationId, lastMessage } = conversation;
		const wanted = text.trim();
		const excerpt = [...wanted].slice(0, EXCERPT_CHARACTERS).join('').trim();
		const messages = await inbox.messagesOf(api, conversation).then(
			(all) => all.filter(({ content }) => content?.trim() === wanted),
			() => (lastMessage && lastMessage.content?.trim() === excerpt ? [lastMessage] : []),
		);
		const isIt = ({ direction, sentAt }: (typeof messages)[number]) =>
			direction === 'sent' && (since === undefined || Date.parse(sentAt ?? '') >= since);
		const found = messages.find(isIt);
		if (found) return { conversationId, sentAt: found.sentAt ?? null };
	}
	return undefined;
}
