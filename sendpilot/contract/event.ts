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

/** How an event reads to people: its label, and one sentence on when it fires. */
export interface EventDetails {
	/** In Title Case, as SendPilot's dashboard writes the events that it names. */
	displayName: string;
	/** Without a full stop, as n8n's fields want it. */
	description: string;
}

/** Each event for people: fields, docs and sandbox read it from here. */
export const EVENT_DETAILS: Readonly<Record<EventType, EventDetails>> = {
	'message.sent': {
		displayName: 'Message Sent',
		description: 'A campaign step or the API sent a message to a lead',
	},
	'reply.received': {
		displayName: 'Reply Received',
		description: 'A message from a lead came in',
	},
	'connection_request.sent': {
		displayName: 'Connection Request Sent',
		description: 'An invitation to connect went out to a lead',
	},
	'connection_request.accepted': {
		displayName: 'Connection Request Accepted',
		description: 'A lead accepted an invitation, or was connected already',
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
		description: 'A campaign came to its end',
	},
	'lead.updated': {
		displayName: 'Lead Updated',
		description: 'The status of a lead changed, by the API or the campaign',
	},
	'lead.tag.updated': {
		displayName: 'Lead Tag Updated',
		description: 'The tag of a lead changed',
	},
	'lead_database.search.completed': {
		displayName: 'Lead Database Search Completed',
		description: 'A search of the lead database has stored all its leads',
	},
	'lead_extractor.job.completed': {
		displayName: 'Lead Extractor Job Completed',
		description: 'A lead extraction, with its enrichment, is done',
	},
};

/** Older names that some senders still use, and the current name of each. */
export const EVENT_ALIASES: Readonly<Record<string, EventType>> = {
	'message.received': 'reply.received',
	'connection.sent': 'connection_request.sent',
	'connection.accepted': 'connection_request.accepted',
	'lead.status.changed': 'lead.updated',
};

/** @returns the current name of an event; a name that nobody knows stays as it is */
export function canonicalEventType(name: string): string {
	return Object.hasOwn(EVENT_ALIASES, name) ? EVENT_ALIASES[name] : name;
}

/**
 * What every webhook carries around its `data`. `workspaceId` has been missing; a `timestamp` or
 * `workspaceId` of another kind than text counts as missing, because no event may get lost over it.
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

/** Seconds after which SendPilot tries a failed webhook delivery again, one after another. */
export const DELIVERY_RETRY_SECONDS = [5, 30, 120, 900, 3_600] as const;
