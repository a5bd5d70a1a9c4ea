import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
	CAMPAIGN_FILTERS,
	CAMPAIGN_PATH,
	CAMPAIGNS_PATH,
	campaignActionBody,
	type CampaignAction,
} from '../../sendpilot/contract/campaign';
import { ApiError } from '../errors';
import type { ApiParts, ById } from '../parts';
import { oneOf, pageOf, pages } from '../query';
import type { SandboxCampaign, SandboxLead } from '../seedTypes';
import { validated } from '../validation';
import { currentCampaign, currentCampaignDetail, oldCampaign, oldCampaignDetail } from '../views';
import { campaignEvent } from '../webhooks/happened';

/** In items. */
const DEFAULT_LIMIT = 20;

/** The older docs say `started` where today's say `active`. */
const query = z
	.object({
		...pages(DEFAULT_LIMIT),
		status: oneOf('status', [...CAMPAIGN_FILTERS, 'started']).default('all'),
	})
	.strict();

const ACTIONS: Readonly<Record<CampaignAction, { from: string; to: string; done: string }>> = {
	pause: { from: 'started', to: 'paused', done: 'Campaign paused successfully' },
	resume: { from: 'paused', to: 'started', done: 'Campaign resumed successfully' },
};

/** Adds the calls about campaigns. */
export function addCampaignRoutes(app: FastifyInstance, parts: ApiParts): void {
	const { store, webhooks } = parts;
	const isOld = parts.generation === 'docs';

	app.get(CAMPAIGNS_PATH, (request) => {
		const { status, ...page } = validated(query, request.query);
		const wanted = status === 'active' ? 'started' : status;
		const found = store.seed.campaigns.filter(
			(campaign) => wanted === 'all' || campaign.status === wanted,
		);
		const { items, pagination } = pageOf(found, page);
		const leads = byCampaign(store.seed.leads);
		const view = isOld ? oldCampaign : currentCampaign;
		const campaigns = items.map((one) => view(one, leads.get(one.id) ?? []));
		return isOld ? { data: campaigns, meta: pagination } : { campaigns, pagination };
	});

	app.get<ById>(CAMPAIGN_PATH, (request) => {
		const campaign = store.campaign(request.params.id);
		const view = isOld ? oldCampaignDetail : currentCampaignDetail;
		return view(campaign, store.leadsOf(campaign.id));
	});

	app.patch<ById>(CAMPAIGN_PATH, (request) => {
		const { action } = validated(campaignActionBody, request.body);
		const campaign = store.campaign(request.params.id);
		const { done } = changed(campaign, action);
		webhooks.emit(campaignEvent(campaign));
		return {
			success: true,
			campaignId: campaign.id,
			action,
			newStatus: campaign.status,
			message: done,
		};
	});
}

function changed(campaign: SandboxCampaign, action: CampaignAction) {
	const { from, to, done } = ACTIONS[action];
	if (campaign.status !== from) {
		throw new ApiError(400, `Cannot ${action} a campaign that is ${campaign.status}`);
	}
	campaign.status = to;
	campaign.updatedAt = new Date().toISOString();
	return { done };
}

function byCampaign(leads: SandboxLead[]): Map<string, SandboxLead[]> {
	const found = new Map<string, SandboxLead[]>();
	for (const lead of leads) {
		const others = found.get(lead.campaignId);
		if (others) others.push(lead);
		else found.set(lead.campaignId, [lead]);
	}
	return found;
}
