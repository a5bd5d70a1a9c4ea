import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
} from 'n8n-workflow';
import { read, type SendPilotApi } from '../../sendpilot/api';
import { campaignList, CAMPAIGNS_PATH } from '../../sendpilot/contract/campaign';
import { leadList, LEADS_PATH, type Lead } from '../../sendpilot/contract/lead';
import { PAGE_SIZE, type Pagination } from '../../sendpilot/contract/paging';
import { senderList, SENDERS_PATH, type Sender } from '../../sendpilot/contract/sender';
import { problemIn } from '../../sendpilot/problem';
import { readProfileUrl } from '../../sendpilot/profileUrl';
import { apiError } from './apiError';
import { connect, CREDENTIAL, type ConnectionSettings } from './connection';
import { AUTOMATIC_SENDER } from './locators';
import { problemText } from './problemText';

/** Somebody sits in front of the list, so that it gives up earlier than a run does. */
const LIMITS: ConnectionSettings = { timeoutMs: 20_000, maxRetryAfterMs: 5_000 };

/** One page of a list, and where it stands among the others. */
interface Page {
	entries: INodeListSearchItems[];
	pagination: Pagination | undefined;
}

const AUTOMATIC: INodeListSearchItems = { name: 'Automatic', value: AUTOMATIC_SENDER };

/** What a sender's status means for whoever is about to choose it; other statuses stand as they are. */
const STATUS_MARKS: Record<string, string> = {
	disconnected: 'disconnected, cannot send',
	rate_limited: 'rate limited, no messages left for now',
	warming: 'warming up, may not send yet',
};

/**
 * The lists that locators show, by the names in `locators.ts`. Each gets what the user types as a
 * filter, and throws NodeApiError where SendPilot does not give the list.
 */
export const listSearch = { searchSenders, searchCampaigns, searchLeads };

async function searchSenders(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const senders = await load(this, async (api) => {
		const reply = await read(api, SENDERS_PATH, {}, senderList);
		return reply.senders;
	});
	const entries = senders.sort(activeFirst).map(senderEntry);
	const isOptional = this.getCurrentNodeParameter('recipient') === 'lead';
	return { results: matching(isOptional ? [AUTOMATIC, ...entries] : entries, filter) };
}

async function searchCampaigns(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await searchPages(this, filter, paginationToken, async (api, page) => {
		const query = { page, limit: PAGE_SIZE };
		const reply = await read(api, CAMPAIGNS_PATH, query, campaignList);
		const entries = reply.campaigns.map(({ id, name, status }) => ({
			name: status ? `${name || id} (${status.toLowerCase()})` : name || id,
			value: id,
		}));
		return { entries, pagination: reply.pagination };
	});
}

async function searchLeads(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	const campaignId = this.getCurrentNodeParameter('campaignId', { extractValue: true });
	if (!campaignId) {
		throw apiError(this.getNode(), {
			message: 'Choose a campaign first',
			description: 'SendPilot lists the leads of one campaign. A lead can also be given by its ID.',
		});
	}
	return await searchPages(this, filter, paginationToken, async (api, page) => {
		const query = { campaignId: String(campaignId), page, limit: PAGE_SIZE };
		const reply = await read(api, LEADS_PATH, query, leadList);
		return { entries: reply.leads.map(leadEntry), pagination: reply.pagination };
	});
}

/**
 * Goes on from one page to the next until there is something to show, as SendPilot has no search.
 *
 * @param token the page to begin with; the first one without it
 */
async function searchPages(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
	token: unknown,
	readPage: (api: SendPilotApi, page: number) => Promise<Page>,
): Promise<INodeListSearchResult> {
	return await load(context, async (api) => {
		for (let page = Number(token) || 1; ; page++) {
			const { entries, pagination } = await readPage(api, page);
			const results = matching(entries, filter);
			const isLast =
				entries.length === 0 ||
				(pagination?.totalPages === undefined
					? entries.length < PAGE_SIZE
					: page >= pagination.totalPages);
			if (isLast) return { results };
			if (results.length > 0) return { results, paginationToken: String(page + 1) };
		}
	});
}

/**
 * Opens the connection for a task. Whatever fails comes as NodeApiError, because n8n's editor shows what
 * to do next, and the way to the credential, of no other error.
 */
async function load<Result>(
	context: ILoadOptionsFunctions,
	task: (api: SendPilotApi) => Promise<Result>,
): Promise<Result> {
	const node = context.getNode();
	if (!node.credentials?.[CREDENTIAL]) {
		throw apiError(node, {
			message: 'Choose a SendPilot API credential first',
			description:
				'The list comes from SendPilot. Without a credential, choose By ID and enter the ID.',
		});
	}
	try {
		const { api } = await connect(context, LIMITS);
		return await task(api);
	} catch (error) {
		if (error instanceof NodeOperationError) {
			const { message, description } = error;
			throw apiError(node, { message, description: description ?? '' });
		}
		const problem = problemIn(error);
		const { what, next } = problemText(problem);
		throw apiError(node, {
			message: `The list could not be loaded: ${what}`,
			description: `${next} Then open the list again.`.trim(),
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

function senderEntry({ id, name, status, linkedinUrl, profileUrl }: Sender): INodeListSearchItems {
	const mark = status ? (STATUS_MARKS[status.toLowerCase()] ?? status) : '';
	const url = profileOf(linkedinUrl ?? profileUrl);
	return { name: (name || id) + (mark && ` (${mark})`), value: id, ...(url && { url }) };
}

function activeFirst(a: Sender, b: Sender): number {
	return Number(isActive(b)) - Number(isActive(a));
}

function isActive({ status }: Sender): boolean {
	return !status || status.toLowerCase() === 'active';
}

function leadEntry(lead: Lead): INodeListSearchItems {
	const name = [lead.firstName, lead.lastName].filter(Boolean).join(' ');
	const work = [lead.title, lead.company].filter(Boolean).join(', ');
	const url = profileOf(lead.linkedinUrl);
	// Names and titles are filled in some time after a lead was added.
	const shown = name || (url ?? lead.id);
	return { name: work ? `${shown} – ${work}` : shown, value: lead.id, ...(url && { url }) };
}

/** @returns an address that is safe to open, undefined for anything but a profile */
function profileOf(address: string | null | undefined): string | undefined {
	const profile = readProfileUrl(address);
	return profile.ok ? profile.url : undefined;
}
