import { canonicalEventType } from '../contract/event';
import type { SendPilotEvent } from './event';

/** Stands for all events, those included that nobody knows yet. */
export const EVERY_EVENT = '*';

/** Which events are wanted. */
export interface EventFilter {
	/** Names, current or older ones, or {@link EVERY_EVENT}. An empty list wants nothing. */
	events: readonly string[];
	/** Ids; none of them, or only blank ones, means all campaigns. */
	campaignIds?: readonly string[];
	/** Ids; none of them, or only blank ones, means all senders. */
	senderIds?: readonly string[];
}

/**
 * Says whether an event was asked for.
 *
 * A filter by campaign or sender wants events that name one of those chosen. An event that names none
 * is not wanted then: a workflow for one campaign must not act on people whose campaign is unknown.
 * So a campaign filter keeps out `lead.tag.updated`, both job events, and what was sent or accepted
 * outside a campaign; a sender filter keeps out `lead.updated`, `lead.tag.updated`, `campaign.*` and
 * both job events (the `campaign_id` of an extraction is no campaign that sends).
 */
export function matchesFilter(event: SendPilotEvent, filter: EventFilter): boolean {
	const { campaignId, senderId, accountId } = event.data;
	return (
		wantsType(event.eventType, filter.events) &&
		wantsId(campaignId, filter.campaignIds) &&
		wantsId(senderId ?? accountId, filter.senderIds)
	);
}

function wantsType(eventType: string, chosen: readonly string[]): boolean {
	return chosen.some((name) => name === EVERY_EVENT || canonicalEventType(name) === eventType);
}

function wantsId(id: unknown, chosen: readonly string[] = []): boolean {
	const ids = chosen.map((one) => one.trim()).filter((one) => one !== '');
	return ids.length === 0 || ids.some((one) => one === id);
}
