import type { SendPilotApi } from './api';
import type { FullLead } from './contract/lead';
import { listLeads, readLead } from './lead';

/** For how long a lead that came in a list counts as the newest state, in ms. */
const MAX_AGE_MS = 60_000;

/** The list of a campaign, as far as it has been read. */
interface Listing {
	pages: AsyncGenerator<FullLead[]>;
	startedAt: number;
	/** How many pages were read. */
	count: number;
	isComplete: boolean;
}

/**
 * Reads leads as they are needed: one alone tells the campaign, whose list is then read on page by page as long as
 * that needs fewer calls than reading the others alone.
 */
export class LeadLookup {
	private readonly known = new Map<string, { lead: FullLead; at: number }>();
	/** Those that will be needed, and are not known yet. */
	private readonly wanted = new Set<string>();
	private listing: Listing | undefined;
	/** How many leads were asked for since the list was started. */
	private asked = 0;
	/** Only one is looked up at a time, as each may find what the next one needs. */
	private turn: Promise<unknown> = Promise.resolve();

	/** Call this for each lead that will be read soon. */
	expect(leadId: string): void {
		this.wanted.add(leadId);
	}

	/**
	 * @param maxAgeMs how old the state of the lead may be, in ms; 0 reads this one alone
	 * @returns the lead with all its fields
	 * @throws SendPilotError if it cannot be read
	 */
	async read(api: SendPilotApi, leadId: string, maxAgeMs = MAX_AGE_MS): Promise<FullLead> {
		this.wanted.delete(leadId);
		if (maxAgeMs === 0) return await this.readAlone(api, leadId);
		const reading = this.turn.then(async () => await this.find(api, leadId, maxAgeMs));
		this.turn = reading.catch(() => undefined);
		return await reading;
	}

	private async find(api: SendPilotApi, leadId: string, maxAgeMs: number): Promise<FullLead> {
		this.asked++;
		const isKnown = () => this.freshOf(api, leadId, maxAgeMs) !== undefined;
		if (!isKnown()) await this.readOn(api, isKnown);
		const known = this.freshOf(api, leadId, maxAgeMs);
		if (known) return known;
		const lead = await this.readAlone(api, leadId);
		this.begin(api, lead);
		return lead;
	}

	private freshOf(api: SendPilotApi, leadId: string, maxAgeMs: number): FullLead | undefined {
		const known = this.known.get(leadId);
		return known && api.now() - known.at < maxAgeMs ? known.lead : undefined;
	}

	private async readAlone(api: SendPilotApi, leadId: string): Promise<FullLead> {
		const lead = await readLead(api, leadId);
		this.known.set(lead.id, { lead, at: api.now() });
		return lead;
	}

	/** Begins the list of the lead's campaign, if others are wanted and no other list is of use. */
	private begin(api: SendPilotApi, { campaignId }: FullLead): void {
		const { listing } = this;
		const isOver = !listing || listing.isComplete || this.isOld(api, listing);
		if (!campaignId || !isOver || this.wanted.size < 2) return;
		this.asked = 0;
		this.listing = {
			pages: listLeads(api, { campaignId, full: true }) as AsyncGenerator<FullLead[]>,
			...{ startedAt: api.now(), count: 0, isComplete: false },
		};
	}

	/** Reads further pages, until something is known. */
	private async readOn(api: SendPilotApi, isKnown: () => boolean): Promise<void> {
		const { listing } = this;
		if (!listing || this.isOld(api, listing)) return;
		const isWorthwhile = () => listing.count < this.asked + this.wanted.size;
		while (!listing.isComplete && !isKnown() && isWorthwhile()) {
			listing.count++;
			const page = await listing.pages.next().catch(() => undefined);
			if (!page || page.done) listing.isComplete = true;
			else for (const lead of page.value) this.note(api, lead);
		}
	}

	private note(api: SendPilotApi, lead: FullLead): void {
		this.known.set(lead.id, { lead, at: api.now() });
		this.wanted.delete(lead.id);
	}

	private isOld(api: SendPilotApi, { startedAt }: Listing): boolean {
		return api.now() - startedAt >= MAX_AGE_MS;
	}
}
