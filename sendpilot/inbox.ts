import type { SendPilotApi } from './api';
import type { Conversation, ThreadMessage } from './contract/conversation';
import { CONVERSATION_PAGE_SIZE, MESSAGE_PAGE_SIZE } from './contract/conversation';
import { listConversations, listMessages } from './conversation';

/** How many of a sender's newest conversations are looked at. */
export const INBOX_CONVERSATIONS = 5 * CONVERSATION_PAGE_SIZE;

/** How many of the newest messages of a conversation are looked at. */
export const INBOX_MESSAGES = MESSAGE_PAGE_SIZE;

/** For how long what was read counts as the newest state, in ms. */
export const INBOX_MAX_AGE_MS = 10_000;

/**
 * The newest conversations of one sender. They are read once; after that, only what is newer is read, because
 * SendPilot lists those with the newest activity first.
 */
export class Inbox {
	private conversations: Conversation[] = [];
	private readAt = -Infinity;
	private reading: Promise<void> | undefined;
	private failed: { error: unknown; at: number } | undefined;
	private readonly threads = new Map<string, Promise<ThreadMessage[]>>();

	constructor(private readonly senderId: string) {}

	/**
	 * @param since how new the state must be, in Unix ms
	 * @returns the newest conversations, those with the newest activity first
	 * @throws SendPilotError if they cannot be read
	 */
	async newest(api: SendPilotApi, since: number): Promise<readonly Conversation[]> {
		if (this.failed && this.failed.at >= since) throw this.failed.error;
		// What is being read may have started too early. If the clock was set back, the second reading has to do.
		for (let readings = 0; this.readAt < since && readings < 2; readings++) {
			this.reading ??= this.read(api).finally(() => (this.reading = undefined));
			await this.reading;
		}
		return this.conversations;
	}

	/**
	 * @returns the newest messages of a conversation; read again once there is something new in it
	 * @throws SendPilotError if they cannot be read
	 */
	async messagesOf(api: SendPilotApi, conversation: Conversation): Promise<ThreadMessage[]> {
		const version = versionOf(conversation);
		// Without a time it looks the same after the next message.
		if (!conversation.lastActivityAt && !conversation.lastMessage?.sentAt) {
			return await this.readMessages(api, conversation.id);
		}
		const known = this.threads.get(version);
		if (known) return await known;
		const reading = this.readMessages(api, conversation.id);
		this.threads.set(version, reading);
		reading.catch(() => this.threads.delete(version));
		return await reading;
	}

	private async read(api: SendPilotApi): Promise<void> {
		const startedAt = api.now();
		// Others that need it do not have to wait for the same failure.
		const note = (error: unknown) => (this.failed = { error, at: api.now() });
		const reading = this.readNewest(api);
		reading.catch(note);
		await reading;
		this.readAt = startedAt;
		this.failed = undefined;
	}

	private async readNewest(api: SendPilotApi): Promise<void> {
		const known = new Set(this.conversations.map(versionOf));
		const fresh: Conversation[] = [];
		const pages = listConversations(api, this.senderId, { max: INBOX_CONVERSATIONS });
		for await (const page of pages) {
			fresh.push(...page.filter(({ accountId }) => !accountId || accountId === this.senderId));
			if (page.every((one) => known.has(versionOf(one)))) break;
		}
		const ids = new Set(fresh.map(({ id }) => id));
		const older = this.conversations.filter(({ id }) => !ids.has(id));
		this.conversations = [...fresh, ...older].slice(0, INBOX_CONVERSATIONS);
	}

	private async readMessages(api: SendPilotApi, conversationId: string): Promise<ThreadMessage[]> {
		const messages: ThreadMessage[] = [];
		const { senderId } = this;
		const thread = { conversationId, senderId };
		const pages = listMessages(api, thread, { max: INBOX_MESSAGES });
		for await (const page of pages) messages.push(...page);
		return messages;
	}
}

/** Changes with each message. */
function versionOf({ id, lastActivityAt, lastMessage }: Conversation): string {
	return JSON.stringify([id, lastActivityAt, lastMessage?.sentAt, lastMessage?.content]);
}
