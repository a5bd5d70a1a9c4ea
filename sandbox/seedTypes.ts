/** A LinkedIn account in the sandbox that sends messages. */
export interface SandboxSender {
	id: string;
	name: string;
	linkedinUrl: string;
	/** One of the contract's `SENDER_STATUSES`; only `active` may send. */
	status: string;
	/** In messages per day. */
	dailyMessageLimit: number;
	/** In messages. */
	messagesSentToday: number;
	/** In invitations per day. */
	dailyInvitationLimit: number;
	/** In invitations. */
	invitationsSentToday: number;
}

/** A campaign in the sandbox; the counters in the API's replies are derived from its leads. */
export interface SandboxCampaign {
	id: string;
	name: string;
	/** `started`, `paused`, `draft` or `finished`. */
	status: string;
	linkedInSenderIds: string[];
	description: string | null;
	/** ISO 8601. */
	createdAt: string;
	/** ISO 8601. */
	updatedAt: string;
}

/** A person in a campaign of the sandbox. */
export interface SandboxLead {
	id: string;
	campaignId: string;
	linkedinUrl: string;
	status: string;
	/** Null until SendPilot has looked up names and titles. */
	firstName: string | null;
	lastName: string | null;
	title: string | null;
	company: string | null;
	/** The sender of the campaign's messages; absent until one is assigned. */
	senderId?: string;
	email?: string;
	location?: string;
	industry?: string;
	headline?: string;
	/** The CRM label, one of the contract's `CUSTOM_LEAD_STATUSES`. */
	customLeadStatus?: string;
	connectionCount?: number;
	followerCount?: number;
	isPremium?: boolean;
	isOpenProfile?: boolean;
	/** Custom fields, returned as `data` with `full=true`. */
	data?: Record<string, unknown>;
	/** Whether this is a 1st-degree connection; only these can be messaged. No reply shows it. */
	connected: boolean;
	/** ISO 8601. */
	createdAt: string;
	/** ISO 8601. */
	updatedAt: string;
}

/** A message in a conversation of the sandbox. */
export interface SandboxMessage {
	id: string;
	direction: 'sent' | 'received';
	content: string;
	/** ISO 8601. */
	sentAt: string;
	/** The name of a file that went along. */
	attachment?: string;
}

/** A conversation of one sender with one person, in the sandbox. */
export interface SandboxConversation {
	id: string;
	/** The sender. */
	accountId: string;
	/** The other person's name. */
	name: string;
	/** The internal LinkedIn id of the other person, which replies show. */
	opaqueId: string;
	/** The other person's public profile. Replies show it only with the quirk `publicProfiles`. */
	linkedinUrl: string;
	unread: boolean;
	/** Oldest first, at least one. */
	messages: SandboxMessage[];
}

/** The credits of the workspace. */
export interface SandboxCredits {
	/** Spent first. */
	subscription: number;
	purchased: number;
	used: number;
}

/**
 * Everything in the sandbox at its start: named people for tests and demos, and a crowd around them. Tests may add, change and remove entries. `reset()`
 * puts new entries into the same lists, so look entries up again afterwards.
 */
export interface Seed {
	senders: SandboxSender[];
	campaigns: SandboxCampaign[];
	leads: SandboxLead[];
	conversations: SandboxConversation[];
	credits: SandboxCredits;
}
