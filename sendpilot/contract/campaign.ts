import { z } from 'zod';
import { optionalFlag, optionalNumber, optionalText, UNCONFIRMED } from './fields';
import { pagination } from './paging';

/** Lists campaigns page by page; also the cheapest proof that an API key works. */
export const CAMPAIGNS_PATH = '/v1/campaigns';

/** Reads one campaign (GET), or pauses or resumes it (PATCH). */
export const CAMPAIGN_PATH = `${CAMPAIGNS_PATH}/:id`;

/** The values of `status` when listing campaigns; `active` finds those with the status `started`. */
export const CAMPAIGN_FILTERS = ['all', 'active', 'paused', 'draft', 'finished'] as const;

/** See {@link CAMPAIGN_FILTERS}. */
export type CampaignFilter = (typeof CAMPAIGN_FILTERS)[number];

/** The statuses of a campaign. */
export const CAMPAIGN_STATUSES = ['started', 'paused', 'draft', 'finished'] as const;

/** See {@link CAMPAIGN_STATUSES}. */
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];

/** Other names of a status that replies have been seen to use. */
const STATUS_ALIASES: Readonly<Record<string, string>> = {
	active: 'started',
	completed: 'finished',
};

/** @returns the current name of a campaign status, in lower case; an unknown one is returned unchanged */
export function canonicalCampaignStatus(status: string): string {
	const name = status.toLowerCase();
	if (Object.hasOwn(STATUS_ALIASES, name)) return STATUS_ALIASES[name];
	return CAMPAIGN_STATUSES.some((known) => known === name) ? name : status;
}

/**
 * A campaign, as lists and `GET /v1/campaigns/{id}` give it; additions pass, such as the older `metrics`. The
 * status is in its current name. Older lists have no counters but `totalLeads`.
 */
export const campaign = z
	.object({
		id: z.string().min(1),
		name: optionalText,
		status: z.string().transform(canonicalCampaignStatus).nullish().catch(undefined),
		description: optionalText,
		totalLeads: optionalNumber,
		leadsContacted: optionalNumber,
		connectionsSent: optionalNumber,
		messagesSent: optionalNumber,
		repliesReceived: optionalNumber,
		linkedInSenderIds: z.array(z.string()).nullish().catch(undefined),
		createdAt: optionalText,
		updatedAt: optionalText,
	})
	.passthrough();

/** See {@link campaign}. */
export type Campaign = z.infer<typeof campaign>;

/** The reply of `GET /v1/campaigns`, in the current names or in the older ones (`data`, `meta`). */
export const campaignList = z.union([
	z.object({ campaigns: z.array(campaign), pagination: pagination.optional() }),
	z
		.object({ data: z.array(campaign), meta: pagination.optional() })
		.transform((old) => ({ campaigns: old.data, pagination: old.meta })),
]);

/** What `PATCH /v1/campaigns/{id}` can do. */
export const CAMPAIGN_ACTIONS = ['pause', 'resume'] as const;

/** See {@link CAMPAIGN_ACTIONS}. */
export type CampaignAction = (typeof CAMPAIGN_ACTIONS)[number];

/** The body of `PATCH /v1/campaigns/{id}`. */
export const campaignActionBody = z.object({ action: z.enum(CAMPAIGN_ACTIONS) }).strict();

/** The reply of `PATCH /v1/campaigns/{id}`; additions pass. */
export const campaignActionReply = z
	.object({
		success: optionalFlag,
		campaignId: optionalText,
		action: optionalText,
		newStatus: optionalText,
		message: optionalText,
	})
	.passthrough()
	.refine(({ success, newStatus }) => success === true || Boolean(newStatus), UNCONFIRMED);

/** See {@link campaignActionReply}. */
export type CampaignActionReply = z.infer<typeof campaignActionReply>;
