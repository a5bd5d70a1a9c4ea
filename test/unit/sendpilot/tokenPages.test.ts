import fc from 'fast-check';
import type { TokenPagination } from '../../../sendpilot/contract/paging';
import { readPages } from '../../../sendpilot/paging';
import { SendPilotError } from '../../../sendpilot/problem';
import { tokenPages, type TokenQuery } from '../../../sendpilot/tokenPages';

const SIZE = 20;

type Query = TokenQuery & { limit: number };

/** How a list says where it goes on. */
const KINDS = ['token', 'tokenAlone', 'number', 'numberAlone'] as const;
type Kind = (typeof KINDS)[number];

const idsUpTo = (count: number) => Array.from({ length: count }, (_, index) => `c_${index}`);

const answered = (status: number) =>
	new SendPilotError({ reason: status < 500 ? 'invalid' : 'serverError', status, said: [] });

/** A list of so many items. `fail` says with which status to answer a page, and gets the items before it. */
function listOf(
	count: number,
	kind: Kind,
	fail: (before: number, limit: number) => number | undefined = () => undefined,
) {
	const queries: Query[] = [];
	const list = tokenPages(async (query) => {
		queries.push(query);
		const { continuationToken, page = 1, limit } = query;
		const isNumbered = kind === 'number' || kind === 'numberAlone';
		const from = isNumbered ? (page - 1) * limit : Number(continuationToken ?? 0);
		await Promise.resolve();
		const status = fail(from, limit);
		if (status !== undefined) throw answered(status);
		const to = from + limit;
		const hasMore = to < count;
		const place = isNumbered
			? { page, totalPages: Math.ceil(count / limit) }
			: hasMore && { continuationToken: String(to) };
		const pagination: TokenPagination = {
			...place,
			...(!kind.endsWith('Alone') && { hasMore }),
		};
		return {
			items: idsUpTo(count)
				.slice(from, to)
				.map((id) => ({ id })),
			pagination,
		};
	}, SIZE);
	return { list, queries };
}

async function idsIn(pages: AsyncIterable<Array<{ id: string }>>): Promise<string[]> {
	const all: string[] = [];
	for await (const page of pages) all.push(...page.map(({ id }) => id));
	return all;
}

describe.each(KINDS)('a list that goes on by %s', (kind) => {
	it('is read as a whole, each item once and in order, and only as far as needed', async () => {
		await fc.assert(
			fc.asyncProperty(fc.nat(130), fc.integer({ min: 1, max: 140 }), async (count, max) => {
				const { list, queries } = listOf(count, kind);
				const wanted = Math.min(count, max);
				expect(await idsIn(readPages(list, { max }))).toEqual(idsUpTo(wanted));
				expect(queries).toHaveLength(Math.max(1, Math.ceil(wanted / SIZE)));
			}),
		);
	});

	it('loses nothing where pages get too large, wherever that begins', async () => {
		const place = fc.nat(130);
		const largest = fc.constantFrom(5, 9, 10, 19);
		await fc.assert(
			fc.asyncProperty(fc.nat(130), place, largest, async (count, begin, most) => {
				const { list } = listOf(count, kind, (before, limit) =>
					before >= begin && limit > most ? 500 : undefined,
				);
				expect(await idsIn(readPages(list))).toEqual(idsUpTo(count));
			}),
		);
	});

	it('asks for no page below the floor', async () => {
		const { list, queries } = listOf(60, kind, () => 500);
		await expect(idsIn(readPages(list))).rejects.toThrow('serverError');
		expect(queries.map(({ limit }) => limit)).toEqual([20, 10, 5]);
	});

	it.each([502, 503, 504])('does not take a %d for the end', async (status) => {
		const { list } = listOf(60, kind, (before) => (before >= 40 ? status : undefined));
		await expect(idsIn(readPages(list))).rejects.toThrow('serverError');
	});
});

describe.each(['token', 'number', 'numberAlone'] as const)(
	'a list that says by %s that it goes on',
	(kind) => {
		it.each([400, 500])('does not end at a %d', async (status) => {
			const { list } = listOf(60, kind, (before) => (before >= 40 ? status : undefined));
			await expect(idsIn(readPages(list))).rejects.toThrow(SendPilotError);
		});
	},
);

it.each([400, 500])('a token that nothing vouches for may end with a %d', async (status) => {
	const { list } = listOf(60, 'tokenAlone', (before) => (before >= 40 ? status : undefined));
	expect(await idsIn(readPages(list))).toEqual(idsUpTo(40));
});

it.each([
	[3, 1],
	[2, 0],
])('a list of 2 items that SendPilot counts as %i is cut %i times', async (total, cuts) => {
	const items = idsUpTo(2).map((id) => ({ id }));
	const pagination: TokenPagination = { hasMore: false, total };
	const list = tokenPages(async () => await Promise.resolve({ items, pagination }), SIZE);
	const onCut = jest.fn();
	expect(await idsIn(readPages(list, { onCut }))).toEqual(idsUpTo(2));
	expect(onCut).toHaveBeenCalledTimes(cuts);
});
