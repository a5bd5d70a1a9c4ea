import { z } from 'zod';

/** The current names of SendPilot's webhook events. */
export const EVENT_TYPES = [
	'message.sent',
	'reply.received',
	'connection_request.sent',
	'connection_request.accepted',
	'campaign.started',
	'campaign.paused',
	'campaign.resumed',
	'campaign.finished',
	'lead.updated',
	'lead.tag.updated',
	'lead_database.search.completed',
	'lead_extractor.job.completed',
] as const;

/** See {@link EVENT_TYPES}. */
export type EventType = (typeof EVENT_TYPES)[number];

/** How people see an event: its label, and one sentence on when it fires. */
export interface EventDetails {
	/** In Title Case, as in SendPilot's dashboard. */
	displayName: string;
	/** Without a full stop, as in n8n's fields. */
	description: string;
}

/** The labels and descriptions of all events. Fields, docs and sandbox read them from here. */
export const EVENT_DETAILS: Readonly<Record<EventType, EventDetails>> = {
	'message.sent': {
		displayName: 'Message Sent',
		description: 'A campaign step or the API sent a message to a lead',
	},
	'reply.received': {
		displayName: 'Reply Received',
		description: 'A lead sent a message',
	},
	'connection_request.sent': {
		displayName: 'Connection Request Sent',
		description: 'An invitation to connect was sent to a lead',
	},
	'connection_request.accepted': {
		displayName: 'Connection Request Accepted',
		description: 'A lead accepted an invitation, or was already connected',
	},
	'campaign.started': {
		displayName: 'Campaign Started',
		description: 'A campaign started',
	},
	'campaign.paused': {
		displayName: 'Campaign Paused',
		description: 'A campaign was paused by the API, a user or SendPilot itself',
	},
	'campaign.resumed': {
		displayName: 'Campaign Resumed',
		description: 'A paused campaign was resumed by the API or a user',
	},
	'campaign.finished': {
		displayName: 'Campaign Finished',
		description: 'A campaign finished',
	},
	'lead.updated': {
		displayName: 'Lead Updated',
		description: 'The API or the campaign changed the status of a lead',
	},
	'lead.tag.updated': {
		displayName: 'Lead Tag Updated',
		description: 'The tag of a lead changed',
	},
	'lead_database.search.completed': {
		displayName: 'Lead Database Search Completed',
		description: 'A lead database search finished and all its leads are stored',
	},
	'lead_extractor.job.completed': {
		displayName: 'Lead Extractor Job Completed',
		description: 'A lead extraction finished, including its enrichment',
	},
};

/** Older names that some senders still use, and the current name of each. */
export const EVENT_ALIASES: Readonly<Record<string, EventType>> = {
	'message.received': 'reply.received',
	'connection.sent': 'connection_request.sent',
	'connection.accepted': 'connection_request.accepted',
	'lead.status.changed': 'lead.updated',
};

/** @returns the current name of an event; an unknown name is returned unchanged */
export function canonicalEventType(name: string): string {
	return Object.hasOwn(EVENT_ALIASES, name) ? EVENT_ALIASES[name] : name;
}

/**
 * The envelope around the `data` of every webhook. `workspaceId` is sometimes missing. A `timestamp` or
 * `workspaceId` that is not text counts as missing, so that no event is lost because of it.
 */
export const eventEnvelope = z
	.object({
		eventId: z.string().min(1),
		eventType: z.string().min(1),
		timestamp: z.string().optional().catch(undefined),
		workspaceId: z.string().optional().catch(undefined),
		data: z.object({}).passthrough().nullish(),
	})
	.passthrough();

/** See {@link eventEnvelope}. */
export type EventEnvelope = z.infer<typeof eventEnvelope>;

/** How long SendPilot waits before each retry of a failed webhook delivery, in seconds. */
export const DELIVERY_RETRY_SECONDS = [5, 30, 120, 900, 3_600] as const;
