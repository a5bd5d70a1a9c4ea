import { ApiError, DAILY_LIMIT_TEXT } from './errors';
import { readProfileUrl } from './profile';
import { createSeed, type SandboxLead, type SandboxSender, type Seed } from './seed';
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

/** A message to be delivered: without what only a delivered message has. */
export type Dispatch = Omit<DeliveredMessage, 'messageId' | 'at'>;

/** The state of the sandbox: its people and campaigns, and the messages that went out. */
export class Store {
	/** Always the same lists; their entries may be changed, and {@link reset} undoes that. */
	readonly seed: Seed = createSeed();
	readonly delivered: DeliveredMessage[] = [];

	/** @param onDelivered is called for every message that went out, after it was counted */
	constructor(private readonly onDelivered: (message: DeliveredMessage) => void) {}

	/** @throws ApiError 404 */
	lead(id: string): SandboxLead {
		const found = this.seed.leads.find((lead) => lead.id === id);
		if (!found) throw new ApiError(404, 'Lead not found');
		return found;
	}

	/** @returns the leads with this profile, however the URL is spelled; one person may be several leads */
	leadsWithProfile(linkedinUrl: string): SandboxLead[] {
		const profile = readProfileUrl(linkedinUrl);
		if (!profile) return [];
		return this.seed.leads.filter(
			(lead) => readProfileUrl(lead.linkedinUrl)?.slug === profile.slug,
		);
	}

	/** @returns the senders as the API shows them */
	senders() {
		return this.seed.senders.map((sender) => listedSender(sender, this.remaining(sender)));
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
		this.onDelivered(message);
		return message;
	}

	/** Forgets what went out, and restores the seed, with no messages sent today. */
	reset(): void {
		this.delivered.length = 0;
		const fresh = createSeed();
		this.seed.senders.splice(0, Infinity, ...fresh.senders);
		this.seed.campaigns.splice(0, Infinity, ...fresh.campaigns);
		this.seed.leads.splice(0, Infinity, ...fresh.leads);
	}
}
