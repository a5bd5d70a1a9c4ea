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

/** A message on its way: everything about it but the proof that it went out. */
export type Dispatch = Omit<DeliveredMessage, 'messageId' | 'at'>;

/** The sandbox's memory: who exists, and which messages went out. */
export class Store {
	/** The lists stay the same for good; what is in them may be changed, and {@link reset} undoes it. */
	readonly seed: Seed = createSeed();
	readonly delivered: DeliveredMessage[] = [];

	/** @param onDelivered is told of every message that went out, after it was counted */
	constructor(private readonly onDelivered: (message: DeliveredMessage) => void) {}

	/** @throws ApiError 404 */
	lead(id: string): SandboxLead {
		const found = this.seed.leads.find((lead) => lead.id === id);
		if (!found) throw new ApiError(404, 'Lead not found');
		return found;
	}

	/** @returns the leads with this profile, in whatever spelling; one person may be several leads */
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

	/** @returns in messages, for the rest of the day */
	remaining(sender: SandboxSender): number {
		return Math.max(0, sender.dailyMessageLimit - sender.messagesSentToday);
	}

	/**
	 * The only place where a message goes out, so that what counts as delivered was delivered.
	 *
	 * @throws ApiError 429 when the sender's messages of the day are used up
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

	/** Forgets what went out, and puts everybody back as they were, on the morning of a new day. */
	reset(): void {
		this.delivered.length = 0;
		const fresh = createSeed();
		this.seed.senders.splice(0, Infinity, ...fresh.senders);
		this.seed.campaigns.splice(0, Infinity, ...fresh.campaigns);
		this.seed.leads.splice(0, Infinity, ...fresh.leads);
	}
}
