import type { TokenPagination } from './contract/paging';
import { canBeEnd, SERVER_ERROR, type PagedList } from './paging';
import { problemIn } from './problem';

/** The query of one page of a list that is followed by tokens, or by page numbers in older replies. */
export interface TokenQuery {
	continuationToken?: string;
	page?: number;
}

/**
 * The position in such a list. Without a token it is the number of items before it, because the number of a page
 * means other items once pages are smaller.
 */
export interface TokenPosition {
	continuationToken?: string;
	offset?: number;
}

interface TokenPage<Item> {
	items: Item[];
	pagination: TokenPagination | null | undefined;
}

/** The page size, in items, that has never been answered with a server error. */
const SAFE_PAGE = 5;

/**
 * A list that is followed by tokens: conversations and messages. SendPilot answers some page sizes with a server
 * error, so the pages get smaller then: half as large, then {@link SAFE_PAGE}.
 *
 * @param size how many items to ask for at once
 */
export function tokenPages<Item extends { id: string }>(
	readPage: (query: TokenQuery & { limit: number }) => Promise<TokenPage<Item>>,
	size: number,
): PagedList<Item, TokenPosition> {
	// Each divides the one before it, so that every offset begins a page of every size.
	const smaller = [size / 2, SAFE_PAGE];
	let limit = size;
	/** Whether SendPilot has said that there is another page. */
	let saysMore = false;

	const readSmaller = async (position: TokenPosition): Promise<TokenPage<Item>> =>
		await readPage({ ...queryOf(position, limit), limit }).catch(async (error: unknown) => {
			const next = problemIn(error).status === SERVER_ERROR ? smaller.shift() : undefined;
			if (next === undefined) throw error;
			limit = next;
			return await readSmaller(position);
		});

	return {
		first: {},
		idOf: ({ id }) => id,
		async read(position) {
			const { items, pagination } = await readSmaller(position);
			const next = nextOf(pagination, limit);
			saysMore = pagination?.hasMore === true || next?.offset !== undefined;
			return { items, next, hasMore: saysMore, total: pagination?.total };
		},
		endAt(error) {
			return canBeEnd(error) && !saysMore ? 'end' : undefined;
		},
	};
}

function queryOf({ continuationToken, offset }: TokenPosition, limit: number): TokenQuery {
	if (offset !== undefined) return { page: offset / limit + 1 };
	return continuationToken === undefined ? {} : { continuationToken };
}

function nextOf(
	pagination: TokenPagination | null | undefined,
	limit: number,
): TokenPosition | undefined {
	const { continuationToken, hasMore, page, totalPages } = pagination ?? {};
	if (hasMore === false) return undefined;
	if (continuationToken) return { continuationToken };
	return page && totalPages && page < totalPages ? { offset: page * limit } : undefined;
}
