import {
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
} from 'n8n-workflow';
import type { SendPilotApi } from '../../sendpilot/api';
import { campaignPages } from '../../sendpilot/campaign';
import type { Campaign } from '../../sendpilot/contract/campaign';
import type { Conversation } from '../../sendpilot/contract/conversation';
import type { Lead } from '../../sendpilot/contract/lead';
import type { Sender } from '../../sendpilot/contract/sender';
import { listConversations } from '../../sendpilot/conversation';
import { leadPages } from '../../sendpilot/lead';
import type { NumberedPosition } from '../../sendpilot/numberedPages';
import type { PagedList } from '../../sendpilot/paging';
import { problemIn } from '../../sendpilot/problem';
import { readProfileUrl } from '../../sendpilot/profileUrl';
import { readSenders } from '../../sendpilot/sender';
import { apiError } from './apiError';
import { connect, type ConnectionSettings } from './connection';
import { leadName } from './leadName';
import { AUTOMATIC_SENDER } from './locators';
import { explainProblem } from './explainProblem';
import { ExplainedError } from './explanation';

/** Someone is waiting for the list, so it gives up earlier than a run does. */
const LIMITS: ConnectionSettings = { timeoutMs: 20_000, maxRetryAfterMs: 5_000 };

const AUTOMATIC: INodeListSearchItems = { name: 'Automatic', value: AUTOMATIC_SENDER };

/**
 * The lists that locators show, by the names in `locators.ts`. Each gets what the user types as a
 * filter, and throws NodeApiError when the list cannot be loaded.
 *
 * Entries have plain names without a status: n8n saves the name that it shows, and a status that is saved
 * with a workflow is soon wrong.
 */
export const listSearch = { searchSenders, searchCampaigns, searchLeads, searchConversations };

async function searchSenders(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const senders = await load(this, readSenders);
	const entries = senders.sort(activeFirst).map(senderEntry);
	const isOptional = this.getCurrentNodeParameter('recipient') === 'lead';
	return { results: matching(isOptional ? [AUTOMATIC, ...entries] : entries, filter) };
}

async function searchCampaigns(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await searchPages(
		this,
		filter,
		paginationToken,
		(api) => campaignPages(api),
		campaignEntry,
	);
}

async function searchLeads(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const campaignId = this.getCurrentNodeParameter('campaignId', { extractValue: true });
	if (!campaignId) {
		throw apiError(this.getNode(), {
			message: 'Choose a Campaign first',
			description:
				'SendPilot lists leads by campaign. You can also choose By ID and enter the ID of a lead.',
		});
	}
	const query = { campaignId: String(campaignId) };
	return await searchPages(
		this,
		filter,
		paginationToken,
		(api) => leadPages(api, query),
		leadEntry,
	);
}

/** How many of the newest conversations the list shows. */
const CONVERSATIONS_SHOWN = 100;

async function searchConversations(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const senderId = this.getCurrentNodeParameter('senderId', { extractValue: true });
	if (!senderId) {
		throw apiError(this.getNode(), {
			message: 'Choose a Sender first',
			description: 'You can also choose By ID and enter the ID of a conversation.',
		});
	}
	const entries = await load(this, async (api) => {
		const all: INodeListSearchItems[] = [];
		const pages = listConversations(api, String(senderId), { max: CONVERSATIONS_SHOWN });
		for await (const page of pages) all.push(...page.map(conversationEntry));
		return all;
	});
	return { results: matching(entries, filter) };
}

function campaignEntry({ id, name }: Campaign): INodeListSearchItems {
	return { name: name || id, value: id };
}

function conversationEntry({
	id,
	participants,
	lastActivityAt,
}: Conversation): INodeListSearchItems {
	const names = (participants ?? []).map(({ name }) => name).filter(Boolean);
	const day = (lastActivityAt ?? '').slice(0, 10);
	return { name: [names.join(', ') || id, day].filter(Boolean).join(' – '), value: id };
}

/**
 * Reads page after page until there is something to show, because SendPilot has no search.
 *
 * @param token the page to start with; the first one without it
 */
async function searchPages<Item>(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
	token: unknown,
	listOf: (api: SendPilotApi) => PagedList<Item, NumberedPosition>,
	entryOf: (item: Item) => INodeListSearchItems,
): Promise<INodeListSearchResult> {
	return await load(context, async (api) => {
		const { first, read, endAt } = listOf(api);
		let position = { ...first, page: Number(token) || first.page };
		for (;;) {
			const { items, next } = await read(position).catch((error: unknown) => {
				if (position.page === first.page || !endAt(error, position)) throw error;
				return { items: [], next: undefined };
			});
			const results = matching(items.map(entryOf), filter);
			if (!next || items.length === 0) return { results };
			if (results.length > 0) return { results, paginationToken: String(next.page) };
			position = next;
		}
	});
}

/**
 * Opens the connection for a task. Every failure becomes a NodeApiError: n8n's editor shows the next step,
 * and the link to the credential, for no other error.
 */
async function load<Result>(
	context: ILoadOptionsFunctions,
	task: (api: SendPilotApi) => Promise<Result>,
): Promise<Result> {
	const node = context.getNode();
	try {
		const { api } = await connect(context, LIMITS);
		return await task(api);
	} catch (error) {
		const isOurs = error instanceof ExplainedError;
		const problem = problemIn(error);
		const { what, next } = isOurs ? error : explainProblem(problem);
		throw apiError(node, {
			message: `The list could not be loaded: ${what}`,
			description:
				`${next} Then open the list again. You can also choose By ID and enter the ID.`.trim(),
			httpStatus: problem.status,
		});
	}
}

function matching(
	entries: INodeListSearchItems[],
	filter: string | undefined,
): INodeListSearchItems[] {
	const wanted = filter?.trim().toLowerCase();
	if (!wanted) return entries;
	return entries.filter(({ name, value }) =>
		[name, String(value)].some((text) => text.toLowerCase().includes(wanted)),
	);
}

function senderEntry({ id, name, linkedinUrl, profileUrl }: Sender): INodeListSearchItems {
	const url = profileOf(linkedinUrl ?? profileUrl);
	return { name: name || id, value: id, ...(url && { url }) };
}

/** Those that cannot send now come last. */
function activeFirst(a: Sender, b: Sender): number {
	return Number(isActive(b)) - Number(isActive(a));
}

function isActive({ status }: Sender): boolean {
	return !status || status.toLowerCase() === 'active';
}

function leadEntry(lead: Lead): INodeListSearchItems {
	const name = leadName(lead);
	const work = [lead.title, lead.company].filter(Boolean).join(', ');
	const url = profileOf(lead.linkedinUrl);
	// SendPilot fills in names and titles some time after a lead was added.
	const shown = name || (url ?? lead.id);
	return { name: work ? `${shown} – ${work}` : shown, value: lead.id, ...(url && { url }) };
}

/** @returns an address that is safe to open; undefined for anything but a profile */
function profileOf(address: string | null | undefined): string | undefined {
	const profile = readProfileUrl(address);
	return profile.ok ? profile.url : undefined;
}
