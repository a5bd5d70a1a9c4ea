import { PAGE_SIZE, type Pagination } from './contract/paging';
import { canBeEnd, type PagedList } from './paging';
import { problemIn } from './problem';

/** The position in a list with page numbers, which are the query of its page. */
export interface NumberedPosition {
	/** From 1. */
	page: number;
	/** How many items a page has. */
	limit: number;
}

/** What a page with a number says. */
interface NumberedPage<Item> {
	items: Item[];
	pagination: Pagination | undefined;
}

/**
 * A list with page numbers: campaigns and leads.
 *
 * @param max how many items are wanted
 */
export function numberedPages<Item extends { id: string }>(
	readPage: (position: NumberedPosition) => Promise<NumberedPage<Item>>,
	max: number,
): PagedList<Item, NumberedPosition> {
	const limit = Math.min(max, PAGE_SIZE);
	const position = (page: number) => ({ page, limit });
	/** Undefined if SendPilot does not say. */
	let totalPages: number | undefined;
	/** In items; SendPilot may give fewer than it was asked for. */
	let pageSize = limit;
	return {
		first: position(1),
		idOf: ({ id }) => id,
		async read({ page }) {
			const { items, pagination } = await readPage(position(page));
			if (page === 1 && items.length > 0) pageSize = items.length;
			const total = pagination?.total;
			const counted = total === undefined ? undefined : Math.ceil(total / pageSize);
			totalPages = pagination?.totalPages ?? counted ?? totalPages;
			const isLast = totalPages === undefined ? items.length < limit : page >= totalPages;
			const next = isLast ? undefined : position(page + 1);
			const hasMore = totalPages !== undefined && !isLast;
			const result = { items, next, hasMore, total };
			if (page > 1 || totalPages === undefined) return result;
			const others = { count: totalPages - 1, at: (index: number) => position(index + 2) };
			return { ...result, others };
		},
		endAt(error) {
			if (totalPages === undefined) return canBeEnd(error) ? 'end' : undefined;
			return problemIn(error).reason === 'invalid' ? 'cut' : undefined;
		},
	};
}
