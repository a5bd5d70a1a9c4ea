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

/** Older names that some senders still use, and the current name of each. */
export const EVENT_ALIASES: Readonly<Record<string, EventType>> = {
	'message.received': 'reply.received',
	'connection.sent': 'connection_request.sent',
	'connection.accepted': 'connection_request.accepted',
	'lead.status.changed': 'lead.updated',
};

/** What every webhook carries around its `data`; `workspaceId` has been missing. */
export const eventEnvelope = z
	.object({
		eventId: z.string().min(1),
		eventType: z.string().min(1),
		timestamp: z.string().optional(),
		workspaceId: z.string().optional(),
		data: z.record(z.string(), z.unknown()).optional(),
	})
	.passthrough();

/** See {@link eventEnvelope}. */
export type EventEnvelope = z.infer<typeof eventEnvelope>;

/** Seconds after which SendPilot tries a failed webhook delivery again, one after another. */
export const DELIVERY_RETRY_SECONDS = [5, 30, 120, 900, 3_600] as const;
