import type { SendPilotEvent } from './event';

/**
 * Parts an event that holds many leads, as both job events do, into one event a lead: `lead` stands
 * in its `data` in place of `leads`, and all else is the same in each.
 *
 * @returns one event or more, in the order of the leads; the event itself where it holds no leads, so
 * that a search without a result is still heard of
 */
export function splitLeads(event: SendPilotEvent): SendPilotEvent[] {
	const { leads, ...rest } = event.data;
	if (!Array.isArray(leads) || leads.length === 0) return [event];
	return leads.map((lead: unknown) => ({ ...event, data: { ...rest, lead } }));
}
