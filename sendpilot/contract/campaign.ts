import { z } from 'zod';
import { pagination } from './paging';

/** Lists campaigns page by page; also the cheapest proof that an API key works. */
export const CAMPAIGNS_PATH = '/v1/campaigns';

/** A campaign, as lists and `GET /v1/campaigns/{id}` give it; additions pass. */
export const campaign = z
	.object({
		id: z.string().min(1),
		name: z.string().nullish().catch(undefined),
		status: z.string().nullish().catch(undefined),
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
