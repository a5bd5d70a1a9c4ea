import type { SendPilotEvent } from './event';

/**
 * Splits an event with many leads, such as both job events, into one event per lead: its `data` has
 * `lead` instead of `leads`, and everything else stays the same.
 *
 * @returns one event or more, in the order of the leads; the event itself if it has no leads, so that a
 * search without results still starts the workflow
 */
export function splitLeads(event: SendPilotEvent): SendPilotEvent[] {
	const { leads, ...rest } = event.data;
	if (!Array.isArray(leads) || leads.length === 0) return [event];
	return leads.map((lead: unknown) => ({ ...event, data: { ...rest, lead } }));
}
