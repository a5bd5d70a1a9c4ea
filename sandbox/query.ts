import { z } from 'zod';
import { PAGE_SIZE } from '../sendpilot/contract/paging';

/** A whole number in a query, which is text. */
export function wholeNumber(field: string, min = 1, max = Number.MAX_SAFE_INTEGER) {
	return z
		.string()
		.regex(/^-?\d+$/, `${field} must be an integer number`)
		.transform(Number)
		.refine((value) => value >= min, `${field} must not be less than ${min}`)
		.refine((value) => value <= max, `${field} must not be greater than ${max}`);
}

/** A boolean in a query; `false` without it. */
export function flag(field: string) {
	return z
		.string()
		.refine((text) => /^(true|false|1|0)$/.test(text), `${field} must be a boolean value`)
		.transform((text) => text === 'true' || text === '1')
		.default('false');
}

/** One of some values in a query. */
export function oneOf(field: string, values: readonly string[]) {
	return z
		.string()
		.refine(
			(value) => values.includes(value),
			`${field} must be one of the following values: ${values.join(', ')}`,
		);
}

/** The query of lists with numbered pages. */
export function pages(defaultLimit: number) {
	return {
		page: wholeNumber('page').default('1'),
		limit: wholeNumber('limit', 1, PAGE_SIZE).default(String(defaultLimit)),
	};
}

/** The query of results that are read by offset. */
export function offsets(defaultLimit: number) {
	return {
		offset: wholeNumber('offset', 0).default('0'),
		limit: wholeNumber('limit').default(String(defaultLimit)),
	};
}

/** @returns one numbered page */
export function pageOf<Item>(
	all: readonly Item[],
	{ page, limit }: { page: number; limit: number },
) {
	return {
		items: all.slice((page - 1) * limit, page * limit),
		pagination: { total: all.length, page, limit, totalPages: Math.ceil(all.length / limit) },
	};
}

/** @returns the items from an offset on */
export function sliceOf<Item>(
	all: readonly Item[],
	{ offset, limit }: { offset: number; limit: number },
) {
	const items = all.slice(offset, offset + limit);
	return {
		items,
		position: { total: all.length, limit, offset, has_more: offset + items.length < all.length },
	};
}
