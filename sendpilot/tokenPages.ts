import type { TokenPagination } from './contract/paging';
import type { PagedList } from './paging';
import { problemIn } from './problem';

/** The query of one page of a list that is followed by tokens, or by page numbers in older replies. */
export interface TokenPosition {
	continuationToken?: string;
	page?: number;
}

interface TokenPage<Item> {
	items: Item[];
	pagination: TokenPagination | null | undefined;
}

/** The page size, in items, that has never been answered with a server error. */
const SAFE_PAGE = 5;

/** The answer to a page that is too large. */
const TOO_LARGE = 500;

/**
 * A list that is followed by tokens: conversations and messages. SendPilot answers some page sizes with a server
 * error, so the pages get smaller then: half as large, then {@link SAFE_PAGE}.
 *
 * @param size how many items to ask for at once
 */
export function tokenPages<Item extends { id: string }>(
	readPage: (query: TokenPosition & { limit: number }) => Promise<TokenPage<Item>>,
	size: number,
): PagedList<Item, TokenPosition> {
	const smaller = [Math.floor(size / 2), SAFE_PAGE];
	let limit = size;
	/** Whether SendPilot has said that there is another page. */
	let saysMore = false;

	const readSmaller = async (position: TokenPosition): Promise<TokenPage<Item>> =>
		await readPage({ ...position, limit }).catch(async (error: unknown) => {
			const next = problemIn(error).status === TOO_LARGE ? smaller.shift() : undefined;
			if (next === undefined) throw error;
			limit = next;
			return await readSmaller(position);
		});

	return {
		first: {},
		idOf: ({ id }) => id,
		async read(position) {
			const { items, pagination } = await readSmaller(position);
			saysMore = pagination?.hasMore === true;
			return { items, next: nextOf(pagination) };
		},
		endAt(error) {
			const { reason } = problemIn(error);
			const isEnd = reason === 'invalid' || reason === 'serverError';
			return isEnd && !saysMore ? 'end' : undefined;
		},
	};
}

function nextOf(pagination: TokenPagination | null | undefined): TokenPosition | undefined {
	const { continuationToken, hasMore, page, totalPages } = pagination ?? {};
	if (hasMore === false) return undefined;
	if (continuationToken) return { continuationToken };
	return page && totalPages && page < totalPages ? { page: page + 1 } : undefined;
}
