import { ApiError } from './errors';

/** A position in a list that is followed by tokens, unreadable to clients. */
export function tokenOf(position: number): string {
	return Buffer.from(`from:${position}`).toString('base64url');
}

/** @throws ApiError 400 for a token that nobody was given */
export function positionOf(token: string | undefined): number {
	if (token === undefined) return 0;
	const position = /^from:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
	if (position === undefined) throw new ApiError(400, 'Invalid continuationToken');
	return Number(position);
}

/** Where the next page starts and ends, and how the reply says so. */
export interface TokenPage {
	/** Of the first item. */
	from: number;
	/** After the last item. */
	to: number;
	pagination: { continuationToken?: string; limit: number; hasMore: boolean };
}

/**
 * One page of a list.
 *
 * @param overlap how many items of the page before come again
 * @param repeatsTokens whether the last page gives its own token again
 */
export function tokenPage(
	total: number,
	{ limit, continuationToken }: { limit: number; continuationToken?: string },
	{ overlap, repeatsTokens }: { overlap: number; repeatsTokens: boolean },
): TokenPage {
	const next = positionOf(continuationToken);
	const from = Math.max(0, next - (limit > overlap ? overlap : 0));
	const to = Math.min(total, from + limit);
	const hasMore = to < total;
	const following = hasMore
		? tokenOf(to)
		: repeatsTokens
			? (continuationToken ?? tokenOf(0))
			: undefined;
	return {
		from,
		to,
		pagination: {
			...(following !== undefined && { continuationToken: following }),
			limit,
			hasMore: following !== undefined,
		},
	};
}
