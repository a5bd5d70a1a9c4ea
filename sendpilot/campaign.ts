import { read, request, type SendPilotApi } from './api';
import {
	campaign,
	CAMPAIGN_PATH,
	campaignActionReply,
	campaignList,
	CAMPAIGNS_PATH,
	canonicalCampaignStatus,
	type Campaign,
	type CampaignAction,
	type CampaignActionReply,
	type CampaignStatus,
} from './contract/campaign';
import { pathFor } from './contract/path';
import { numberedPages, type NumberedPosition } from './numberedPages';
import { readPages, type PagedList, type ReadOptions } from './paging';
import { contradiction } from './problem';

/**
 * Lists campaigns. Follows `GET /v1/campaigns`.
 *
 * @yields the campaigns of each page
 * @throws SendPilotError if there is no usable reply
 */
export function listCampaigns(
	api: SendPilotApi,
	filter: { status?: string },
	{ max = Infinity, onCut }: ReadOptions,
): AsyncGenerator<Campaign[]> {
	return readPages(campaignPages(api, filter, max), { max, onCut });
}

/**
 * The list of campaigns, to be read page by page.
 *
 * @param max how many are wanted
 */
export function campaignPages(
	api: SendPilotApi,
	filter: { status?: string } = {},
	max = Infinity,
): PagedList<Campaign, NumberedPosition> {
	return numberedPages(async (position) => {
		const reply = await read(api, CAMPAIGNS_PATH, { ...filter, ...position }, campaignList);
		return { items: reply.campaigns, pagination: reply.pagination };
	}, max);
}

/**
 * Reads one campaign. Follows `GET /v1/campaigns/{id}`.
 *
 * @throws SendPilotError if there is no usable reply
 */
export async function readCampaign(api: SendPilotApi, id: string): Promise<Campaign> {
	return await read(api, pathFor(CAMPAIGN_PATH, id), {}, campaign);
}

/** The status that a campaign has after each action. */
export const STATUS_AFTER: Readonly<Record<CampaignAction, CampaignStatus>> = {
	pause: 'paused',
	resume: 'started',
};

/** The status after which each action was not done. Any other can be right: a resumed campaign may finish at once. */
const STATUS_WITHOUT: Readonly<Record<CampaignAction, CampaignStatus>> = {
	pause: 'started',
	resume: 'paused',
};

/**
 * Pauses or resumes a campaign. Follows `PATCH /v1/campaigns/{id}`.
 *
 * @throws SendPilotError if it was not done, there is no usable reply, or it is about another campaign or status
 */
export async function changeCampaign(
	api: SendPilotApi,
	id: string,
	action: CampaignAction,
): Promise<CampaignActionReply> {
	const path = pathFor(CAMPAIGN_PATH, id);
	const call = { method: 'PATCH', effect: 'repeatable', path, body: { action } } as const;
	const reply = await request(api, call, campaignActionReply);
	const { campaignId, newStatus } = reply;
	if (campaignId && campaignId !== id) throw contradiction(`campaignId ${campaignId}`);
	if (newStatus && canonicalCampaignStatus(newStatus) === STATUS_WITHOUT[action])
		throw contradiction(`newStatus ${newStatus}`);
	return reply;
}
