import type { SendPilotApi } from './api';
import { EXCERPT_CHARACTERS, type Conversation } from './contract/conversation';
import type { Inbox } from './inbox';
import { matchPerson, type WantedPerson } from './matchPerson';

/** A message that is wanted. */
export interface WantedMessage {
	person: WantedPerson;
	text: string;
	/** Tells since when, in Unix ms of SendPilot's clock; undefined if nobody knows. Asked only if the text is there. */
	since: () => Promise<number | undefined>;
}

/** A message that is in the inbox. */
export interface FoundMessage {
	conversationId: string;
	/** ISO 8601; null if unknown. */
	sentAt: string | null;
}

/**
 * Looks for a message from the sender in the conversation with a person. Differences in white space do not matter;
 * where a conversation cannot be opened, the beginning that the list shows has to do.
 *
 * @param conversations of the sender's {@link Inbox}
 * @returns otherwise, why there is none: nobody is found, it can be somebody else, or it is not there
 */
export async function findSent(
	api: SendPilotApi,
	inbox: Inbox,
	conversations: readonly Conversation[],
	{ person, text, since }: WantedMessage,
): Promise<FoundMessage | 'nobody' | 'ambiguous' | 'notThere'> {
	const matches = matchPerson(conversations, person);
	for (const { conversation, match } of matches) {
		if (match.isAmbiguous) return 'ambiguous';
		const { id: conversationId, lastMessage } = conversation;
		const isWanted = (content: string | null | undefined) => plain(content) === plain(text);
		const begins = (content: string | null | undefined) =>
			plain(content) === plain(excerptOf(text));
		const messages = await inbox.messagesOf(api, conversation).then(
			(all) => all.filter(({ content }) => isWanted(content)),
			() => (lastMessage && begins(lastMessage.content) ? [lastMessage] : []),
		);
		const sent = messages.filter(({ direction }) => direction === 'sent');
		if (sent.length === 0) continue;
		const earliest = (await since()) ?? Infinity;
		const found = sent.find(({ sentAt }) => Date.parse(sentAt ?? '') >= earliest);
		if (found) return { conversationId, sentAt: found.sentAt ?? null };
	}
	return matches.length === 0 ? 'nobody' : 'notThere';
}

function excerptOf(text: string): string {
	return [...text.trim()].slice(0, EXCERPT_CHARACTERS).join('');
}

/** LinkedIn changes white space, and the way in which accents are written. */
function plain(text: string | null | undefined): string {
	return (text ?? '').normalize('NFC').replace(/\s+/g, ' ').trim();
}
