import { canonicalEventType } from '../contract/event';
import type { SendPilotEvent } from './event';

/** Selects all events, including future event types. */
export const EVERY_EVENT = '*';

/** Which events start the workflow. */
export interface EventFilter {
	/** Current or older names, or {@link EVERY_EVENT}. An empty list matches nothing. */
	events: readonly string[];
	/** Ids. An empty list, or only blank ids, means all campaigns. */
	campaignIds?: readonly string[];
	/** Ids. An empty list, or only blank ids, means all senders. */
	senderIds?: readonly string[];
}

/**
 * Checks whether an event was selected.
 *
 * A campaign or sender filter matches events with one of the selected ids. Events without an id don't
 * match: a workflow for one campaign must not act on people whose campaign is unknown. So a campaign
 * filter excludes `lead.tag.updated`, both job events, and messages and invitations outside a campaign;
 * a sender filter excludes `lead.updated`, `lead.tag.updated`, `campaign.*` and both job events (the
 * `campaign_id` of an extraction is not a campaign that sends).
 */
export function matchesFilter(event: SendPilotEvent, filter: EventFilter): boolean {
	const { campaignId, senderId, accountId } = event.data;
	return (
		matchesType(event.eventType, filter.events) &&
		matchesId(campaignId, filter.campaignIds) &&
		matchesId(senderId ?? accountId, filter.senderIds)
	);
}

function matchesType(eventType: string, selected: readonly string[]): boolean {
	return selected.some((name) => name === EVERY_EVENT || canonicalEventType(name) === eventType);
}

function matchesId(id: unknown, selected: readonly string[] = []): boolean {
	const ids = selected.map((one) => one.trim()).filter((one) => one !== '');
	return ids.length === 0 || ids.some((one) => one === id);
}
