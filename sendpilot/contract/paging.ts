import { z } from 'zod';
import { optionalFlag, optionalNumber, optionalText } from './fields';

/** The largest page that campaigns, leads and messages give, in items; also the default of results. */
export const PAGE_SIZE = 100;

/**
 * The position in a list of numbered pages (campaigns, leads); the last page is `totalPages`. Both
 * generations of the API use these names.
 */
export const pagination = z.object({
	total: z.number().optional().catch(undefined),
	page: z.number().optional().catch(undefined),
	limit: z.number().optional().catch(undefined),
	totalPages: z.number().optional().catch(undefined),
});

/** See {@link pagination}. */
export type Pagination = z.infer<typeof pagination>;

/**
 * The position in a list that is followed by tokens (conversations, messages): at its end there is no token,
 * or `hasMore` is false. Older replies have `page` and `totalPages` instead of a token.
 */
export const tokenPagination = z.object({
	continuationToken: optionalText,
	hasMore: optionalFlag,
	limit: optionalNumber,
	page: optionalNumber,
	total: optionalNumber,
	totalPages: optionalNumber,
});

/** See {@link tokenPagination}. */
export type TokenPagination = z.infer<typeof tokenPagination>;

/**
 * The position in results that are read by offset (lead database, lead extractor): at their end `has_more`
 * is false, or a page is empty.
 */
export const offsetPagination = {
	total: optionalNumber,
	limit: optionalNumber,
	offset: optionalNumber,
	has_more: optionalFlag,
};
