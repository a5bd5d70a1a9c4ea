import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { CAMPAIGNS_PATH } from '../sendpilot/contract/campaign';
import { LEADS_PATH } from '../sendpilot/contract/lead';
import { PAGE_SIZE } from '../sendpilot/contract/paging';
import { SENDERS_PATH } from '../sendpilot/contract/sender';
import { ApiError } from './errors';
import type { SandboxCampaign } from './seed';
import type { Store } from './store';
import { validated } from './validation';
import {
	currentCampaign,
	currentCampaignDetail,
	fullLead,
	listedLead,
	oldCampaign,
	oldCampaignDetail,
	plainLead,
} from './views';

/** The form of campaign lists: today's field names, or the older ones with statuses in capitals. */
export type ListShape = 'current' | 'old';

/** The values in both generations of the docs. */
const CAMPAIGN_FILTERS = ['active', 'started', 'paused', 'draft', 'finished', 'all'] as const;

/** The default page sizes, in items. */
const DEFAULT_LIMIT = { campaigns: '20', leads: '50' };

const campaignQuery = z
	.object({
		page: wholeNumber('page').default('1'),
		limit: wholeNumber('limit', PAGE_SIZE).default(DEFAULT_LIMIT.campaigns),
		status: z
			.string()
			.refine(
				(status) => CAMPAIGN_FILTERS.some((filter) => filter === status),
				`status must be one of the following values: ${CAMPAIGN_FILTERS.join(', ')}`,
			)
			.default('all'),
	})
	.strict();

const full = z
	.string()
	.refine((text) => /^(true|false|1|0)$/.test(text), 'full must be a boolean value')
	.transform((text) => text === 'true' || text === '1')
	.default('false');

const leadsQuery = z
	.object({
		campaignId: z.string().min(1),
		page: wholeNumber('page').default('1'),
		limit: wholeNumber('limit', PAGE_SIZE).default(DEFAULT_LIMIT.leads),
		status: z.string().optional(),
		full,
	})
	.strict();

const leadQuery = z.object({ full }).strict();

type ById = { Params: { id: string } };

/** Adds everything that can be read: campaigns, leads and senders. */
export function addListRoutes(app: FastifyInstance, store: Store, shape: ListShape): void {
	const { seed } = store;

	function campaignOf(id: string): SandboxCampaign {
		const found = seed.campaigns.find((campaign) => campaign.id === id);
		if (!found) throw new ApiError(404, 'Campaign not found');
		return found;
	}

	app.get(CAMPAIGNS_PATH, (request) => {
		const query = validated(campaignQuery, request.query);
		const wanted = query.status === 'active' ? 'started' : query.status;
		const found = seed.campaigns.filter(
			(campaign) => wanted === 'all' || campaign.status === wanted,
		);
		const { items, pagination } = paged(found, query);
		return shape === 'old'
			? { data: items.map((one) => oldCampaign(one, seed.leads)), meta: pagination }
			: { campaigns: items.map((one) => currentCampaign(one, seed.leads)), pagination };
	});

	app.get<ById>(`${CAMPAIGNS_PATH}/:id`, (request) => {
		const detail = shape === 'old' ? oldCampaignDetail : currentCampaignDetail;
		return detail(campaignOf(request.params.id), seed.leads);
	});

	app.get(LEADS_PATH, (request) => {
		const query = validated(leadsQuery, request.query);
		const { id } = campaignOf(query.campaignId);
		const found = seed.leads.filter(
			(lead) => lead.campaignId === id && (!query.status || lead.status === query.status),
		);
		const { items, pagination } = paged(found, query);
		return {
			leads: items.map((lead) => (query.full ? fullLead(lead) : listedLead(lead))),
			pagination,
		};
	});

	app.get<ById>(`${LEADS_PATH}/:id`, (request) => {
		const query = validated(leadQuery, request.query);
		const found = store.lead(request.params.id);
		return query.full ? fullLead(found) : plainLead(found);
	});

	app.get(SENDERS_PATH, () => ({ senders: store.senders(), total: seed.senders.length }));
}

function wholeNumber(field: string, max = Number.MAX_SAFE_INTEGER) {
	return z
		.string()
		.regex(/^-?\d+$/, `${field} must be an integer number`)
		.transform(Number)
		.refine((value) => value >= 1, `${field} must not be less than 1`)
		.refine((value) => value <= max, `${field} must not be greater than ${max}`);
}

function paged<Item>(all: Item[], { page, limit }: { page: number; limit: number }) {
	return {
		items: all.slice((page - 1) * limit, page * limit),
		pagination: { total: all.length, page, limit, totalPages: Math.ceil(all.length / limit) },
	};
}
