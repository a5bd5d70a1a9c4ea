import { read, type SendPilotApi } from './api';
import { lead as leadSchema, LEAD_PATH, type Lead } from './contract/lead';
import { pathFor } from './contract/path';
import { SendPilotError } from './problem';

/**
 * Reads one lead with all its fields. Follows `GET /v1/leads/{id}`.
 *
 * @throws SendPilotError if there is no usable reply, or it is about another lead
 */
export async function readLead(api: SendPilotApi, leadId: string): Promise<Lead> {
	const path = pathFor(LEAD_PATH, leadId);
	const lead = await read(api, path, { full: true }, leadSchema);
	if (lead.id !== leadId) throw new SendPilotError({ reason: 'unreadable', said: [] });
	return lead;
}
