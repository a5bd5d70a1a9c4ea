import type { AddLeadsReply, NewLead, RejectedLead } from './contract/lead';
import type { Problem } from './problem';
import { readProfileUrl } from './profileUrl';

/**
 * What became of a lead that was to be added:
 * - `added`: it is new in the campaign
 * - `duplicate`: the person was in the campaign already
 * - `invalid`: SendPilot rejected it
 * - `unknown`: SendPilot's answer only has counters, which fit more than one case
 */
export const LEAD_OUTCOMES = ['added', 'duplicate', 'invalid', 'unknown'] as const;

/** What became of one lead. */
export interface LeadOutcome {
	outcome: (typeof LEAD_OUTCOMES)[number];
	/** Why; null where the outcome says it all. */
	reason: string | null;
}

/** SendPilot's counters for the leads of one request; null for what it does not say. */
export interface LeadCounters {
	leads: number;
	leadsAdded: number | null;
	duplicatesSkipped: number | null;
	invalidEntries: number | null;
}

/** What became of one lead of a request, and what SendPilot says about all of them. */
export interface AddedLead extends LeadOutcome {
	/** Null for a lead that was in no request that SendPilot accepted. */
	counters: LeadCounters | null;
}

const ONLY_COUNTERS =
	'SendPilot only says how many leads of the request it added, skipped or rejected, not which ones.';
const CONTRADICTION = "SendPilot's counters do not add up to the leads of the request.";
const ADDED_BEFORE =
	'The person is in the campaign. The first try of the request got no usable answer, so it is unknown whether that try added them or whether they were in it before.';

/**
 * Tells what became of each lead from what SendPilot says about all of them. Only what follows from the answer
 * counts; whatever could be otherwise is `unknown`.
 *
 * @param leads of the request, no person twice
 * @param mayBeDone whether an earlier try of the request may have added leads, which then look like duplicates
 */
export function addedLeads(
	reply: AddLeadsReply,
	leads: readonly NewLead[],
	mayBeDone: boolean,
): AddedLead[] {
	const counters = {
		leads: leads.length,
		leadsAdded: reply.leadsAdded ?? null,
		duplicatesSkipped: reply.duplicatesSkipped ?? null,
		invalidEntries: reply.invalidEntries ?? null,
	};
	const rejected = reasonsByLead(reply.errors ?? [], leads);
	const rest = outcomeOfRest(counters, rejected.size, mayBeDone);
	const isRejection = doesAddUp(counters) && rejected.size <= (counters.invalidEntries ?? 0);
	return leads.map((_, index): AddedLead => {
		const reason = rejected.get(index);
		if (reason === undefined) return { ...rest, counters };
		return isRejection
			? { outcome: 'invalid', reason, counters }
			: { outcome: 'unknown', reason: reason ?? rest.reason, counters };
	});
}

/** How NestJS names a lead of a request that it does not accept. */
const ABOUT_LEAD = /^leads[.[](\d+)\b/;

/**
 * Finds the leads because of which SendPilot refused a request, and so did nothing with it.
 *
 * @param count of the leads of the request
 * @returns SendPilot's texts by position; undefined if it does not say that all is well without some of them
 */
export function refusedLeads(
	{ reason, said }: Problem,
	count: number,
): Map<number, string> | undefined {
	if (reason !== 'invalid' || said.length === 0) return undefined;
	const texts = new Map<number, string>();
	for (const text of said) {
		const index = Number(ABOUT_LEAD.exec(text)?.[1] ?? NaN);
		if (!(index < count)) return undefined;
		texts.set(index, [texts.get(index), text].filter(Boolean).join('; '));
	}
	return texts.size < count ? texts : undefined;
}

/** The outcome of all leads without an error of their own. */
function outcomeOfRest(counters: LeadCounters, rejected: number, mayBeDone: boolean): LeadOutcome {
	const invalid = (counters.invalidEntries ?? 0) - rejected;
	if (!doesAddUp(counters) || invalid < 0) return { outcome: 'unknown', reason: CONTRADICTION };
	const { leadsAdded, duplicatesSkipped } = counters;
	if (leadsAdded === 0 && duplicatesSkipped === 0) return { outcome: 'invalid', reason: null };
	if (invalid === 0 && duplicatesSkipped === 0) return { outcome: 'added', reason: null };
	if (invalid === 0 && leadsAdded === 0) {
		return mayBeDone
			? { outcome: 'unknown', reason: ADDED_BEFORE }
			: { outcome: 'duplicate', reason: 'The person is in the campaign already.' };
	}
	return { outcome: 'unknown', reason: ONLY_COUNTERS };
}

function doesAddUp(counters: LeadCounters): boolean {
	const { leads, leadsAdded, duplicatesSkipped, invalidEntries } = counters;
	const parts = [leadsAdded, duplicatesSkipped, invalidEntries];
	const isCount = (part: number | null): part is number => Number.isInteger(part) && part! >= 0;
	return parts.every(isCount) && parts.reduce((sum, part) => sum + part, 0) === leads;
}

/** Finds the lead of each error: by its profile URL, or by its position where the error has no URL. */
function reasonsByLead(
	errors: readonly RejectedLead[],
	leads: readonly NewLead[],
): Map<number, string | null> {
	const indexes = new Map(leads.map(({ linkedinUrl }, index) => [slugOf(linkedinUrl), index]));
	const found = errors.flatMap(({ linkedinUrl, index, reason }): Array<[number, string | null]> => {
		const at = linkedinUrl ? indexes.get(slugOf(linkedinUrl)) : index;
		return typeof at === 'number' && at in leads ? [[at, reason ?? null]] : [];
	});
	return new Map(found);
}

/** @returns the text itself if it is no profile URL, as SendPilot repeats what it was sent */
function slugOf(linkedinUrl: string): string {
	const profile = readProfileUrl(linkedinUrl);
	return profile.ok ? profile.slug : linkedinUrl;
}
