import { read, request, type SendPilotApi } from './api';
import {
	addLeadsReply,
	CUSTOM_LEAD_STATUSES,
	fullLead,
	fullLeadList,
	LEAD_PATH,
	LEAD_STATUS_PATH,
	LEAD_STATUSES,
	leadList,
	LEADS_PATH,
	setLeadStatusReply,
	type AddLeadsBody,
	type FullLead,
	type Lead,
	type SetLeadStatusBody,
	type SetLeadStatusReply,
} from './contract/lead';
import { pathFor } from './contract/path';
import { isNotSent } from './delivery';
import { addedLeads, refusedLeads, type AddedLead } from './addedLeads';
import { numberedPages, type NumberedPosition } from './numberedPages';
import { readPages, type PagedList, type ReadOptions } from './paging';
import { contradiction, problemIn, problemOf, SendPilotError } from './problem';

/** Which leads to list, and how. */
export interface LeadQuery {
	/** SendPilot lists leads by campaign only. */
	campaignId: string;
	status?: string;
	/** Whether with all fields, as for one lead. */
	full?: boolean;
}

/**
 * Reads one lead with all its fields. Follows `GET /v1/leads/{id}`.
 *
 * @throws SendPilotError if there is no usable reply, or it is about another lead
 */
export async function readLead(api: SendPilotApi, leadId: string): Promise<FullLead> {
	const lead = await read(api, pathFor(LEAD_PATH, leadId), { full: true }, fullLead);
	if (lead.id !== leadId) throw new SendPilotError({ reason: 'unreadable', said: [] });
	return lead;
}

/**
 * Lists the leads of a campaign. Follows `GET /v1/leads`.
 *
 * @yields the leads of each page
 * @throws SendPilotError if there is no usable reply
 */
export function listLeads(
	api: SendPilotApi,
	query: LeadQuery,
	{ max = Infinity, onCut }: ReadOptions = {},
): AsyncGenerator<Lead[]> {
	return readPages(leadPages(api, query, max), { max, onCut });
}

/**
 * The list of leads of a campaign, to be read page by page.
 *
 * @param max how many are wanted
 */
export function leadPages(
	api: SendPilotApi,
	{ campaignId, status, full = false }: LeadQuery,
	max = Infinity,
): PagedList<Lead, NumberedPosition> {
	const query = { campaignId, ...(status && { status }), ...(full && { full }) };
	return numberedPages<Lead>(async (position) => {
		const schema = full ? fullLeadList : leadList;
		const reply = await read(api, LEADS_PATH, { ...query, ...position }, schema);
		return { items: reply.leads, pagination: reply.pagination };
	}, max);
}

/**
 * Sets the outcome or the CRM label of a lead. Follows `PATCH /v1/leads/{id}/status`.
 *
 * @throws SendPilotError if there is no usable reply, it says that nothing was set, or it is about another lead or
 * value
 */
export async function setLeadStatus(
	api: SendPilotApi,
	leadId: string,
	body: SetLeadStatusBody,
): Promise<SetLeadStatusReply> {
	const path = pathFor(LEAD_STATUS_PATH, leadId);
	const call = { method: 'PATCH', effect: 'repeatable', path, body } as const;
	const reply = await request(api, call, setLeadStatusReply);
	if (reply.leadId && reply.leadId !== leadId) throw contradiction(`leadId ${reply.leadId}`);
	checkValue('status', LEAD_STATUSES, body, reply);
	checkValue('customLeadStatus', CUSTOM_LEAD_STATUSES, body, reply);
	return reply;
}

/** A value that is missing or unknown proves nothing. */
function checkValue(
	name: 'status' | 'customLeadStatus',
	known: readonly string[],
	{ [name]: wanted }: SetLeadStatusBody,
	{ [name]: found }: SetLeadStatusReply,
): void {
	if (wanted && found && found !== wanted && known.includes(found))
		throw contradiction(`${name} ${found}`);
}

/**
 * Adds leads to a campaign in one request. Follows `POST /v1/leads`. SendPilot skips people who are in the
 * campaign already, so the call is repeated where its end is open; who was added before is then unknown. If
 * SendPilot refuses the request because of some of its leads, the others go out without them.
 *
 * @param body up to `LEADS_PER_REQUEST` leads, no person twice
 * @returns what became of each lead
 * @throws SendPilotError if there is no usable reply, or it says that nothing was added
 */
export async function addLeads(api: SendPilotApi, body: AddLeadsBody): Promise<AddedLead[]> {
	const { leads } = body;
	const tries = { mayBeDone: false };
	const first = await addAll(api, body, tries).catch((error: unknown) => {
		const refused = refusedLeads(problemIn(error), leads.length);
		if (!refused) throw error;
		return refused;
	});
	if (Array.isArray(first)) return first;

	const others = leads.filter((_, index) => !first.has(index));
	const added = (await addAll(api, { ...body, leads: others }, tries)).values();
	return leads.map((_, index): AddedLead => {
		const reason = first.get(index);
		return reason === undefined
			? added.next().value!
			: { outcome: 'invalid', reason, counters: null };
	});
}

/** @param tries whether one of them may have added leads, which is noted here */
async function addAll(
	api: SendPilotApi,
	body: AddLeadsBody,
	tries: { mayBeDone: boolean },
): Promise<AddedLead[]> {
	const call = { method: 'POST', effect: 'repeatable', path: LEADS_PATH, body } as const;
	const reply = await request(api, call, addLeadsReply, {
		onRetry(failed) {
			const problem = problemOf(failed, api.now());
			tries.mayBeDone ||= !problem || !isNotSent(problem);
		},
		// `success` can be false because of a single lead.
		showsResult: ({ leadsAdded, duplicatesSkipped, invalidEntries }) =>
			[leadsAdded, duplicatesSkipped, invalidEntries].some((count) => (count ?? 0) > 0),
	});
	return addedLeads(reply, body.leads, tries.mayBeDone);
}
