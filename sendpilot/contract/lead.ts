import { z } from 'zod';
import { pagination } from './paging';

/** Lists the leads of a campaign page by page; a single lead is at `/v1/leads/{id}`. */
export const LEADS_PATH = '/v1/leads';

const optionalText = z.string().nullish().catch(undefined);

/**
 * A person in a campaign. `senderId` comes with `full=true` (documented) and in lists (observed);
 * names and titles are filled in some time after a lead was added.
 */
export const lead = z
	.object({
		id: z.string().min(1),
		linkedinUrl: optionalText,
		campaignId: optionalText,
		senderId: optionalText,
		status: optionalText,
		firstName: optionalText,
		lastName: optionalText,
		title: optionalText,
		company: optionalText,
	})
	.passthrough();

/** See {@link lead}. */
export type Lead = z.infer<typeof lead>;

/** The reply of `GET /v1/leads`. */
export const leadList = z.object({
	leads: z.array(lead),
	pagination: pagination.optional(),
});
