import { z } from 'zod';

/** The largest page that campaigns and leads give, in items. */
export const PAGE_SIZE = 100;

/** The position in a paged list; both generations of the API use these names. */
export const pagination = z.object({
	total: z.number().optional().catch(undefined),
	page: z.number().optional().catch(undefined),
	limit: z.number().optional().catch(undefined),
	totalPages: z.number().optional().catch(undefined),
});

/** See {@link pagination}. */
export type Pagination = z.infer<typeof pagination>;
