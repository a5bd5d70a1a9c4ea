import { ApiError, DAILY_LIMIT_TEXT, INVITATION_LIMIT_TEXT } from './errors';
import { namesIn, readProfileUrl } from './profile';
import { createSeed } from './seed';
import type {
	SandboxCampaign,
	SandboxLead,
	SandboxMessage,
	SandboxSender,
	Seed,
} from './seedTypes';
import { listedSender } from './views';

/** A message that really went out. */
export interface DeliveredMessage {
	messageId: string;
	senderId: string;
	recipientLinkedinUrl: string;
	leadId?: string;
	campaignId?: string;
	message: string;
	/** In milliseconds since 1970. */
	at: number;
}

/** An invitation that really went out. */
export interface DeliveredInvitation {
	requestId: string;
	senderId: string;
	recipientLinkedinUrl: string;
	note?: string;
	/** In milliseconds since 1970. */
	at: number;
	/** The same for when the person accepted it; missing if it is open. */
	acceptedAt?: number;
}

/** A message to be delivered: without what only a delivered message has. */
export type Dispatch = Omit<DeliveredMessage, 'messageId' | 'at'>;

/** A message between a sender and a person, in either direction. */
export interface ExchangedMessage extends SandboxMessage {
	senderId: string;
	/** The person's profile. */
	linkedinUrl: string;
}

/** What is called after something has happened and was counted. */
export interface StoreListener {
	/** A message went out. */
	delivered(message: DeliveredMessage): void;
	/** An invitation went out. */
	invited(invitation: DeliveredInvitation): void;
	/** The person has accepted an invitation. */
	accepted(invitation: DeliveredInvitation): void;
	/** A person has replied. */
	replied(reply: ExchangedMessage): void;
}

/** The state of the sandbox: its people and campaigns, and the messages that went out. */
export class Store {
	/** Always the same lists; their entries may be changed, and {@link reset} undoes that. */
	readonly seed: Seed;
	readonly delivered: DeliveredMessage[] = [];
	readonly invited: DeliveredInvitation[] = [];
	/** What people wrote to each other since the start, in the order in which it got into their inboxes. */
	readonly exchanged: ExchangedMessage[] = [];

	private readonly slugs = new WeakMap<SandboxLead, { url: string; slug?: string }>();
	private withoutNames: Array<{ lead: SandboxLead; at: number }> = [];

	/** @param leads how many the largest campaign has */
	constructor(
		private readonly listener: StoreListener,
		private readonly leads?: number,
	) {
		this.seed = createSeed(leads);
	}

	/** @throws ApiError 404 */
	campaign(id: string): SandboxCampaign {
		const found = this.seed.campaigns.find((campaign) => campaign.id === id);
		if (!found) throw new ApiError(404, 'Campaign not found');
		return found;
	}

	/** @returns the leads of a campaign */
	leadsOf(campaignId: string): SandboxLead[] {
		this.fillNames();
		return this.seed.leads.filter((lead) => lead.campaignId === campaignId);
	}

	/**
	 * Adds a lead, whose empty names are filled in later.
	 *
	 * @param namesAfterMs how much later
	 */
	addLead(lead: SandboxLead, namesAfterMs: number): void {
		this.seed.leads.push(lead);
		this.withoutNames.push({ lead, at: Date.now() + namesAfterMs });
	}

	/** @throws ApiError 404 */
	lead(id: string): SandboxLead {
		this.fillNames();
		const found = this.seed.leads.find((lead) => lead.id === id);
		if (!found) throw new ApiError(404, 'Lead not found');
		return found;
	}

	/** @returns the leads with this profile, however the URL is spelled; one person may be several leads */
	leadsWithProfile(linkedinUrl: string): SandboxLead[] {
		const profile = readProfileUrl(linkedinUrl);
		if (!profile) return [];
		return this.seed.leads.filter((lead) => this.slugOf(lead) === profile.slug);
	}

	/** Whether a person is a 1st-degree connection: a connected lead, or someone who accepted an invitation. */
	isConnected(linkedinUrl: string): boolean {
		return (
			this.leadsWithProfile(linkedinUrl).some(({ connected }) => connected) ||
			this.invitationsTo(linkedinUrl).some(({ acceptedAt }) => acceptedAt !== undefined)
		);
	}

	/** @returns the name in the profile URL of a lead, if it is one; read once, as there are many leads */
	slugOf(lead: SandboxLead): string | undefined {
		const known = this.slugs.get(lead);
		if (known?.url === lead.linkedinUrl) return known.slug;
		const slug = readProfileUrl(lead.linkedinUrl)?.slug;
		this.slugs.set(lead, { url: lead.linkedinUrl, slug });
		return slug;
	}

	/** @returns the senders as the API shows them */
	senders() {
		return this.seed.senders.map((sender) => listedSender(sender, this.remaining(sender)));
	}

	/** @throws ApiError 404 */
	sender(id: string): SandboxSender {
		const found = this.seed.senders.find((sender) => sender.id === id);
		if (!found) throw new ApiError(404, 'Account not found');
		return found;
	}

	/** @returns how many messages the sender may still send today */
	remaining(sender: SandboxSender): number {
		return Math.max(0, sender.dailyMessageLimit - sender.messagesSentToday);
	}

	/**
	 * The only place where a message goes out, so `delivered` is complete and true.
	 *
	 * @throws ApiError 429 if the sender has reached its daily limit
	 */
	deliver(sender: SandboxSender, dispatch: Dispatch): DeliveredMessage {
		if (this.remaining(sender) === 0) throw new ApiError(429, DAILY_LIMIT_TEXT);
		sender.messagesSentToday++;
		const message: DeliveredMessage = {
			messageId: `msg_${this.delivered.length + 1}`,
			...dispatch,
			at: Date.now(),
		};
		this.delivered.push(message);
		const { messageId: id, senderId, recipientLinkedinUrl, at } = message;
		this.exchange(senderId, recipientLinkedinUrl, 'sent', { id, content: message.message, at });
		this.listener.delivered(message);
		return message;
	}

	/**
	 * The only place where an invitation goes out, so `invited` is complete and true.
	 *
	 * @throws ApiError 429 if the sender has reached its daily limit
	 */
	invite(
		sender: SandboxSender,
		invitation: Omit<DeliveredInvitation, 'requestId' | 'at' | 'acceptedAt'>,
	): DeliveredInvitation {
		if (sender.invitationsSentToday >= sender.dailyInvitationLimit) {
			throw new ApiError(429, INVITATION_LIMIT_TEXT);
		}
		sender.invitationsSentToday++;
		const requestId = `req_${this.invited.length + 1}`;
		const sent: DeliveredInvitation = { requestId, ...invitation, at: Date.now() };
		this.invited.push(sent);
		this.listener.invited(sent);
		return sent;
	}

	/**
	 * Has a person accept the last open invitation, however the URL is spelled.
	 *
	 * @throws ApiError 404 if there is none
	 */
	accept(linkedinUrl: string): void {
		const open = this.invitationsTo(linkedinUrl).filter(({ acceptedAt }) => !acceptedAt);
		const invitation = open.at(-1);
		if (!invitation) throw new ApiError(404, `No invitation to ${linkedinUrl} is open`);
		invitation.acceptedAt = Date.now();
		for (const lead of this.leadsWithProfile(linkedinUrl)) {
			Object.assign(lead, { connected: true, status: 'CONNECTION_ACCEPTED' });
		}
		const { requestId: id, senderId, recipientLinkedinUrl, note: content, at } = invitation;
		// As on LinkedIn: the note becomes the first message of the conversation, as old as it is.
		if (content) this.exchange(senderId, recipientLinkedinUrl, 'sent', { id, content, at });
		this.listener.accepted(invitation);
	}

	/**
	 * Has a person write to a sender now, and stops the sequence of the leads that this person is.
	 *
	 * @param linkedinUrl the profile
	 */
	receive(senderId: string, linkedinUrl: string, content: string): void {
		const id = `reply_${this.exchanged.length + 1}`;
		const reply = this.exchange(senderId, linkedinUrl, 'received', {
			...{ id, content, at: Date.now() },
		});
		for (const lead of this.leadsWithProfile(linkedinUrl)) {
			Object.assign(lead, { status: 'REPLY_RECEIVED', updatedAt: reply.sentAt });
		}
		this.listener.replied(reply);
	}

	private exchange(
		senderId: string,
		linkedinUrl: string,
		direction: SandboxMessage['direction'],
		{ id, content, at }: { id: string; content: string; at: number },
	): ExchangedMessage {
		const sentAt = new Date(at).toISOString();
		const message = { id, direction, content, sentAt, senderId, linkedinUrl };
		this.exchanged.push(message);
		return message;
	}

	private invitationsTo(linkedinUrl: string): DeliveredInvitation[] {
		const slug = readProfileUrl(linkedinUrl)?.slug;
		if (slug === undefined) return [];
		return this.invited.filter((one) => readProfileUrl(one.recipientLinkedinUrl)?.slug === slug);
	}

	/** Forgets what went out and came in, and restores the seed, with no messages sent today. */
	reset(): void {
		this.delivered.length = 0;
		this.invited.length = 0;
		this.exchanged.length = 0;
		this.withoutNames = [];
		const { credits, ...lists } = createSeed(this.leads);
		Object.assign(this.seed.credits, credits);
		this.seed.senders = refilled(this.seed.senders, lists.senders);
		this.seed.campaigns = refilled(this.seed.campaigns, lists.campaigns);
		this.seed.leads = refilled(this.seed.leads, lists.leads);
		this.seed.conversations = refilled(this.seed.conversations, lists.conversations);
	}

	/** As SendPilot does some time after a lead was added: from the profile. */
	private fillNames(): void {
		const now = Date.now();
		this.withoutNames = this.withoutNames.filter(({ lead, at }) => {
			if (at > now) return true;
			const [first = null, ...others] = namesIn(this.slugOf(lead) ?? '');
			lead.firstName ??= first;
			lead.lastName ??= others.join(' ') || null;
			lead.title ??= 'Founder';
			lead.company ??= 'Acme';
			return false;
		});
	}
}

/** Puts new entries into a list that must stay the same object. */
function refilled<Item>(list: Item[], items: Item[]): Item[] {
	list.length = 0;
	for (const item of items) list.push(item);
	return list;
}
