import type { SendPilotApi } from './api';
import type { Lead } from './contract/lead';
import { listLeads } from './lead';
import { readProfileUrl } from './profileUrl';

/** Whom to find in a campaign. */
export interface LeadSearch {
	campaignId: string;
	/** People, as `readProfileUrl` reads them. */
	slugs: ReadonlySet<string>;
	/** Whether the first lead of each person is enough; reading ends once there is one for all of them. */
	firstOnly: boolean;
	/** Whether with all fields, as for one lead. */
	full?: boolean;
}

/** Who was found. */
export interface FoundLeads {
	/** By slug, in the order of the list. People who were not found have no entry. */
	leads: Map<string, Lead[]>;
	/** How many leads were read. */
	read: number;
	/** False if there may be more leads than were read, so who was not found may be one of them. */
	isComplete: boolean;
	/** How many leads have no profile URL that can be compared; each may be somebody who was not found. */
	unreadable: number;
}

/**
 * Finds people in a campaign by their profile. SendPilot has no search, so this reads the campaign, once for
 * all people, and keeps only who is wanted. One person can be several leads. A lead that names another campaign is not
 * one of them.
 *
 * @throws SendPilotError if there is no usable reply
 */
export async function findLeads(
	api: SendPilotApi,
	{ campaignId, slugs, firstOnly, full }: LeadSearch,
): Promise<FoundLeads> {
	const found: FoundLeads = { leads: new Map(), read: 0, isComplete: true, unreadable: 0 };
	const onCut = () => {
		found.isComplete = false;
	};
	for await (const page of listLeads(api, { campaignId, full }, { onCut })) {
		found.read += page.length;
		const own = page.filter((lead) => !lead.campaignId || lead.campaignId === campaignId);
		for (const lead of own) keepIfWanted(found, lead, slugs, firstOnly);
		if (firstOnly && found.leads.size === slugs.size) break;
	}
	return found;
}

function keepIfWanted(
	found: FoundLeads,
	lead: Lead,
	slugs: ReadonlySet<string>,
	firstOnly: boolean,
): void {
	const profile = readProfileUrl(lead.linkedinUrl);
	if (!profile.ok) found.unreadable++;
	if (!profile.ok || !slugs.has(profile.slug)) return;
	const { leads } = found;
	const known = leads.get(profile.slug);
	if (!known) leads.set(profile.slug, [lead]);
	else if (!firstOnly) known.push(lead);
}
