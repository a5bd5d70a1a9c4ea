import type { SendPilotApi } from './api';
import type { FullLead } from './contract/lead';
import { PAGE_SIZE } from './contract/paging';
import { listLeads, readLead } from './lead';

/** For how long a lead that came in a list counts as the newest state, in ms. */
const MAX_AGE_MS = 60_000;

/**
 * Reads leads as they are needed: the first one alone, and those that are wanted besides together, if they are in
 * the same campaign and its list needs fewer calls.
 */
export class LeadLookup {
	private readonly known = new Map<string, { lead: FullLead; at: number }>();
	private readonly wanted = new Set<string>();
	private readonly listed = new Map<string, Promise<void>>();

	/** Call this for each lead that will be read soon. */
	expect(leadId: string): void {
		this.wanted.add(leadId);
	}

	/**
	 * @param maxAgeMs how old the state of the lead may be, in ms
	 * @returns the lead with all its fields
	 * @throws SendPilotError if it cannot be read
	 */
	async read(api: SendPilotApi, leadId: string, maxAgeMs = MAX_AGE_MS): Promise<FullLead> {
		const known = this.freshOf(api, leadId, maxAgeMs);
		if (known) return known;
		const [listing] = this.listed.values();
		if (listing) {
			await listing;
			const listed = this.freshOf(api, leadId, maxAgeMs);
			if (listed) return listed;
		}
		const lead = await readLead(api, leadId);
		this.note(api, lead);
		if (lead.campaignId && maxAgeMs > 0) await this.list(api, lead.campaignId);
		return lead;
	}

	private freshOf(api: SendPilotApi, leadId: string, maxAgeMs: number): FullLead | undefined {
		const known = this.known.get(leadId);
		return known && api.now() - known.at < maxAgeMs ? known.lead : undefined;
	}

	private note(api: SendPilotApi, lead: FullLead): void {
		this.known.set(lead.id, { lead, at: api.now() });
		this.wanted.delete(lead.id);
	}

	/** Once per campaign; what is not found there is read alone. */
	private async list(api: SendPilotApi, campaignId: string): Promise<void> {
		if (this.wanted.size < 2) return;
		const known = this.listed.get(campaignId);
		const listing = known ?? this.listNow(api, campaignId).catch(() => undefined);
		this.listed.set(campaignId, listing);
		await listing;
	}

	private async listNow(api: SendPilotApi, campaignId: string): Promise<void> {
		const max = this.wanted.size * PAGE_SIZE;
		for await (const page of listLeads(api, { campaignId, full: true }, { max })) {
			for (const lead of page) if (this.wanted.has(lead.id)) this.note(api, lead as FullLead);
			if (this.wanted.size === 0) return;
		}
	}
}
