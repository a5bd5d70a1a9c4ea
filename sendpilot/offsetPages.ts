import { PAGE_SIZE } from './contract/paging';
import { canBeEnd, type PagedList } from './paging';
import { problemIn } from './problem';

/** The position in a list that is read by offset, which is the query of its page. */
export interface OffsetPosition {
	/** How many items come before the page. */
	offset: number;
	/** How many items a page has at most. */
	limit: number;
}

/** What a page at an offset says; replies may leave out all but the items. */
interface OffsetPage<Item> {
	items: Item[];
	total?: number | null;
	has_more?: boolean | null;
}

/** How to read a list by offset. */
interface OffsetList<Item> {
	read: (position: OffsetPosition) => Promise<OffsetPage<Item>>;
	/** See {@link PagedList.idOf}. */
	idOf: (item: Item) => unknown;
	/** How many items are wanted. */
	max: number;
	/** Default: {@link PAGE_SIZE}. */
	pageSize?: number;
}

/**
 * A list that is read by offset: results of searches and extractions, and the filter catalogue. It ends where
 * SendPilot says so, or with an empty page.
 */
export function offsetPages<Item>({
	read,
	idOf,
	max,
	pageSize = PAGE_SIZE,
}: OffsetList<Item>): PagedList<Item, OffsetPosition> {
	const limit = Math.min(max, pageSize);
	const at = (offset: number): OffsetPosition => ({ offset, limit });
	/** Whether SendPilot has said that there is more after a page. */
	let saysMore = false;
	return {
		first: at(0),
		idOf,
		async read({ offset }) {
			const { items, total, has_more: more } = await read(at(offset));
			// A page can be smaller than asked for, so the next one begins where this one ends.
			const end = offset + items.length;
			const hasMore = more ?? (typeof total === 'number' ? total > end : undefined);
			const isLast = items.length === 0 || hasMore === false;
			const next = isLast ? undefined : at(end);
			saysMore ||= hasMore === true;
			const page = { items, next, hasMore, total };
			if (offset > 0 || isLast || typeof total !== 'number') return page;
			const others = {
				count: Math.ceil(total / items.length) - 1,
				at: (index: number) => at((index + 1) * items.length),
			};
			return { ...page, others };
		},
		endAt(error) {
			if (!saysMore) return canBeEnd(error) ? 'end' : undefined;
			return problemIn(error).reason === 'invalid' ? 'cut' : undefined;
		},
	};
}
