import type { SendPilotApi } from './api';
import { EXCERPT_CHARACTERS, type Conversation, type ThreadMessage } from './contract/conversation';
import type { Inbox } from './inbox';
import { isSimilarName, matchPerson, type PersonMatch, type WantedPerson } from './matchPerson';
import { readProfileUrl } from './profileUrl';

/** Which replies count: all, those since a time in Unix ms, or those after the sender's last message. */
export type ReplySince = 'anyTime' | 'ourLastMessage' | { time: number };

/** A message from the other person. */
export interface Reply {
	/** Null if unknown. The first 100 characters where SendPilot gives no more. */
	text: string | null;
	/** ISO 8601; null if unknown. */
	at: string | null;
	conversationId: string;
	/** What tells that it is from this person. */
	matchedBy: PersonMatch['by'];
}

/**
 * What is known of replies:
 * - `none`: there is none in the conversation
 * - `noConversation`: this person is in none of the newest conversations
 * - `replied`
 * - `ambiguous`: somebody has replied who may be this person, or another one with such a name
 * - `unmatched`: nobody can be told apart, because LinkedIn hides profile addresses and no name is given
 * - `unclear`: SendPilot doesn't say from whom the messages are
 */
export type ReplyState =
	| { state: 'none' | 'noConversation' | 'unmatched' | 'unclear' }
	| { state: 'replied' | 'ambiguous'; reply: Reply };

/**
 * Finds out whether a person has replied to a sender.
 *
 * @param conversations of the sender's {@link Inbox}
 * @throws SendPilotError if a conversation has to be opened and cannot be read
 */
export async function findReply(
	api: SendPilotApi,
	inbox: Inbox,
	conversations: readonly Conversation[],
	person: WantedPerson,
	since: ReplySince,
): Promise<ReplyState> {
	const exact = exactMatches(conversations, person);
	// "Jane Doe, PhD" may be Jane Doe, and a conversation without names anybody.
	const matches = exact.length > 0 ? exact : possibleMatches(conversations, person);
	if (matches.length === 0) {
		const isHidden = person.name === undefined && hidesPeople(conversations);
		return { state: isHidden ? 'unmatched' : 'noConversation' };
	}
	let isUnclear = false;
	for (const { conversation, match } of matches) {
		const found = await replyIn(api, inbox, conversation, since);
		if (found === 'unclear') isUnclear = true;
		else if (found) {
			const text = await fullText(api, inbox, conversation, found);
			const { id: conversationId } = conversation;
			const reply = { text, at: found.sentAt ?? null, conversationId, matchedBy: match.by };
			return { state: match.isAmbiguous ? 'ambiguous' : 'replied', reply };
		}
	}
	if (isUnclear) return { state: 'unclear' };
	return { state: exact.length > 0 ? 'none' : 'noConversation' };
}

type Match = ReturnType<typeof matchPerson>[number];

/** By profile URL and by name: a group can show the address, and the conversation with the person only the name. */
function exactMatches(
	conversations: readonly Conversation[],
	{ profileUrl, name }: WantedPerson,
): Match[] {
	const byUrl = matchPerson(conversations, { profileUrl });
	const ids = new Set(byUrl.map(({ conversation }) => conversation.id));
	const others = conversations.filter(({ id }) => !ids.has(id));
	return [...byUrl, ...matchPerson(others, { profileUrl, name })];
}

function possibleMatches(conversations: readonly Conversation[], { name }: WantedPerson): Match[] {
	if (name === undefined) return [];
	const isPossible = ({ participants }: Conversation) =>
		!Array.isArray(participants) ||
		participants.every((one) => !one.name) ||
		participants.some((one) => one.name && isSimilarName(one.name, name));
	const match = { by: 'name', isAmbiguous: true } as const;
	return conversations.filter(isPossible).map((conversation) => ({ conversation, match }));
}

/** Whether there is a conversation that could be with anybody. */
function hidesPeople(conversations: readonly Conversation[]): boolean {
	return conversations.some(({ participants }) =>
		(participants ?? []).every(({ profileUrl }) => !readProfileUrl(profileUrl).ok),
	);
}

type Message = Pick<ThreadMessage, 'content' | 'sentAt' | 'direction'>;

/** The last message decides if it can; otherwise the conversation has to be opened. */
async function replyIn(
	api: SendPilotApi,
	inbox: Inbox,
	conversation: Conversation,
	since: ReplySince,
): Promise<Message | 'unclear' | undefined> {
	const { lastMessage, lastActivityAt } = conversation;
	const isOld = (at: string | null | undefined) =>
		typeof since === 'object' && Date.parse(at ?? '') < since.time;
	if (isOld(lastMessage?.sentAt ?? lastActivityAt)) return undefined;
	if (lastMessage?.direction === 'received') return lastMessage;
	if (lastMessage?.direction === 'sent' && since === 'ourLastMessage') return undefined;

	const messages = await inbox.messagesOf(api, conversation);
	const newestFirst = [...messages].sort((a, b) => timeOf(b) - timeOf(a));
	const isOurs = ({ direction }: Message) => direction === 'sent';
	const end = since === 'ourLastMessage' ? newestFirst.findIndex(isOurs) : -1;
	const relevant = (end < 0 ? newestFirst : newestFirst.slice(0, end)).filter(
		({ sentAt }) => !isOld(sentAt),
	);
	const isKnown = relevant.every(
		({ direction }) => direction === 'sent' || direction === 'received',
	);
	const reply = relevant.find(({ direction }) => direction === 'received');
	return reply ?? (isKnown ? undefined : 'unclear');
}

/** One without a time may be the newest. */
function timeOf({ sentAt }: Message): number {
	const time = Date.parse(sentAt ?? '');
	return Number.isNaN(time) ? Infinity : time;
}

/** Opens the conversation for the rest of a text that was cut. Does without it where that fails. */
async function fullText(
	api: SendPilotApi,
	inbox: Inbox,
	conversation: Conversation,
	{ content, sentAt }: Message,
): Promise<string | null> {
	if ([...(content ?? '')].length !== EXCERPT_CHARACTERS) return content ?? null;
	const messages = await inbox.messagesOf(api, conversation).catch(() => []);
	const whole = messages.find((one) => one.sentAt === sentAt && one.content?.startsWith(content!));
	return whole?.content ?? content ?? null;
}
