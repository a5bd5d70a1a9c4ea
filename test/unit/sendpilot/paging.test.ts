import fc from 'fast-check';
import { readPages, type Page, type PagedList } from '../../../sendpilot/paging';

type Item = { id: number };

const itemsFrom = (from: number, to: number): Item[] =>
	Array.from({ length: Math.max(0, to - from) }, (_, index) => ({ id: from + index }));

/** A list of so many items, by offset: with the other pages known from the first, or one after another. */
function listOf(
	count: number,
	{
		size = 10,
		known = false,
		endAt = () => undefined,
	}: {
		size?: number;
		known?: boolean;
		endAt?: PagedList<Item, number>['endAt'];
	} = {},
) {
	const reads: number[] = [];
	const list: PagedList<Item, number> = {
		first: 0,
		idOf: ({ id }) => id,
		endAt,
		async read(offset) {
			reads.push(offset);
			await Promise.resolve();
			const next = offset + size < count ? offset + size : undefined;
			const page: Page<Item, number> = {
				items: itemsFrom(offset, Math.min(count, offset + size)),
				next,
			};
			if (!known || offset > 0) return page;
			const others = {
				count: Math.ceil(count / size) - 1,
				at: (index: number) => (index + 1) * size,
			};
			return { ...page, others };
		},
	};
	return { list, reads };
}

async function all(pages: AsyncIterable<Item[]>): Promise<number[]> {
	const ids: number[] = [];
	for await (const page of pages) ids.push(...page.map(({ id }) => id));
	return ids;
}

const ids = (count: number) => itemsFrom(0, count).map(({ id }) => id);

describe.each([{ known: true }, { known: false }])(
	'a list of pages, known ahead: $known',
	({ known }) => {
		it('is read as a whole, each item once and in order', async () => {
			await fc.assert(
				fc.asyncProperty(fc.nat(120), fc.integer({ min: 1, max: 20 }), async (count, size) => {
					const { list, reads } = listOf(count, { size, known });
					expect(await all(readPages(list))).toEqual(ids(count));
					expect(reads).toHaveLength(Math.max(1, Math.ceil(count / size)));
				}),
			);
		});

		it('is read only as far as needed', async () => {
			await fc.assert(
				fc.asyncProperty(fc.nat(120), fc.integer({ min: 1, max: 130 }), async (count, max) => {
					const { list, reads } = listOf(count, { known });
					expect(await all(readPages(list, { max }))).toEqual(ids(Math.min(count, max)));
					expect(reads.length).toBeLessThanOrEqual(
						Math.max(1, Math.ceil(Math.min(count, max) / 10)),
					);
				}),
			);
		});

		it('has an error in the middle come out, after the pages before it', async () => {
			const { list } = listOf(60, { known });
			const { read } = list;
			list.read = async (offset) => {
				if (offset >= 30) throw new Error(`no page at ${offset}`);
				return await read(offset);
			};
			const seen: number[] = [];
			const reading = (async () => {
				for await (const page of readPages(list)) seen.push(...page.map(({ id }) => id));
			})();
			await expect(reading).rejects.toThrow('no page at 30');
			expect(seen).toEqual(ids(30));
		});

		it.each([
			['end', 0],
			['cut', 1],
		] as const)('ends quietly at an error that means its %s', async (end, cuts) => {
			const { list } = listOf(60, { known, endAt: () => end });
			const { read } = list;
			list.read = async (offset) => {
				if (offset >= 30) throw new Error('past the end');
				return await read(offset);
			};
			const onCut = jest.fn();
			expect(await all(readPages(list, { onCut }))).toEqual(ids(30));
			expect(onCut.mock.calls.length > 0 ? 1 : 0).toBe(cuts);
		});

		it('outputs once what has moved to the next page meanwhile', async () => {
			const { list } = listOf(40, { known });
			const { read } = list;
			list.read = async (offset) => {
				const page = await read(offset);
				return offset === 0 ? page : { ...page, items: [{ id: offset - 1 }, ...page.items] };
			};
			expect(await all(readPages(list))).toEqual(ids(40));
		});
	},
);

describe.each([{ hasMore: true }, { hasMore: false }, { hasMore: undefined }])(
	'where SendPilot says $hasMore to whether there is more, a list',
	({ hasMore }) => {
		/** Reads a list to its end, and says whether it was cut. */
		async function readAll(list: PagedList<Item, number>, max?: number) {
			let isCut = false;
			const onCut = () => (isCut = true);
			return { ids: await all(readPages(list, { onCut, max })), isCut };
		}
		const isCut = hasMore === true;
		const basics = { first: 0, idOf: ({ id }: Item) => id, endAt: () => undefined };

		it('ends where a position repeats', async () => {
			const { list, reads } = listOf(30);
			const { read } = list;
			list.read = async (offset) => ({
				...(await read(offset)),
				next: offset === 20 ? 10 : offset + 10,
				hasMore,
			});
			expect(await readAll(list)).toEqual({ ids: ids(30), isCut });
			expect(reads).toEqual([0, 10, 20]);
		});

		it('ends where a page brings nothing new', async () => {
			const same = async (position: number) => {
				return await Promise.resolve({ items: itemsFrom(0, 5), next: position + 1, hasMore });
			};
			expect(await readAll({ ...basics, read: same })).toEqual({ ids: ids(5), isCut });
		});

		it('ends where nothing says how to go on', async () => {
			const alone = async () => await Promise.resolve({ items: itemsFrom(0, 5), hasMore });
			expect(await readAll({ ...basics, read: alone })).toEqual({ ids: ids(5), isCut });
			expect(await readAll({ ...basics, read: alone }, 5)).toEqual({ ids: ids(5), isCut: false });
		});

		it('ends at an empty page among those known ahead', async () => {
			const { list, reads } = listOf(60, { known: true });
			const { read } = list;
			list.read = async (offset) => {
				const page = await read(offset);
				return offset < 30 ? page : { ...page, items: [], hasMore };
			};
			expect(await readAll(list)).toEqual({ ids: ids(30), isCut });
			expect(reads).toEqual([0, 10, 20, 30, 40, 50]);
		});
	},
);

describe.each([{ known: true }, { known: false }])(
	'a list whose length SendPilot says, known ahead: $known',
	({ known }) => {
		/** Reads a list of 30 items of which SendPilot says that they are more or fewer. */
		async function readAll(
			total: number,
			max?: number,
			change = (page: Page<Item, number>) => page,
		) {
			const { list } = listOf(30, { known });
			const { read } = list;
			list.read = async (offset) => change({ ...(await read(offset)), total });
			const log: unknown[] = [];
			for await (const page of readPages(list, { max, onCut: () => log.push('cut') })) {
				log.push(page.length);
			}
			return log;
		}

		it.each([30, 29, 0, -1])('is whole with 30 items of %i', async (total) => {
			expect(await readAll(total)).toEqual([10, 10, 10]);
		});

		it.each([31, 300])(
			'is cut with 30 items of %i, which is said once at the end',
			async (total) => {
				expect(await readAll(total)).toEqual([10, 10, 10, 'cut']);
			},
		);

		it('is not cut if no more items are wanted', async () => {
			expect(await readAll(300, 30)).toEqual([10, 10, 10]);
			expect(await readAll(300, 31)).toEqual([10, 10, 10, 'cut']);
		});

		it('is whole if items come twice', async () => {
			const twice = (page: Page<Item, number>) => ({
				...page,
				items: page.items.map(({ id }) => ({ id: id - (id % 2) })),
			});
			expect(await readAll(30, Infinity, twice)).toEqual([5, 5, 5]);
		});
	},
);

it('after a page that is shorter than the first, reading goes on from its end', async () => {
	const { list, reads } = listOf(60, { known: true });
	const { read } = list;
	list.read = async (offset) => {
		const page = await read(offset);
		return offset === 20 ? { ...page, items: itemsFrom(20, 24), next: 24 } : page;
	};
	const onCut = jest.fn();
	expect(await all(readPages(list, { onCut }))).toEqual(ids(60));
	expect(reads.slice(-4)).toEqual([24, 34, 44, 54]);
	expect(onCut).not.toHaveBeenCalled();
});

it('duplicates leave room for a page that did not seem to be needed', async () => {
	const { list } = listOf(60, { known: true });
	const { read } = list;
	list.read = async (offset) => {
		const page = await read(offset);
		return offset === 10 ? { ...page, items: itemsFrom(5, 15) } : page;
	};
	const read20 = await all(readPages(list, { max: 20 }));
	expect(read20).toEqual([...itemsFrom(0, 15), ...itemsFrom(20, 25)].map(({ id }) => id));
});

it('pages that are known ahead end where one brings nothing new', async () => {
	const { list, reads } = listOf(10_000, { known: true });
	const { read } = list;
	list.read = async (offset) => ({ ...(await read(offset)), items: itemsFrom(0, 10) });
	expect(await all(readPages(list))).toEqual(ids(10));
	expect(reads.length).toBeLessThan(15);
});

it('pages that are known ahead are read side by side, but not all at once', async () => {
	const { list } = listOf(200, { known: true });
	const { read } = list;
	let now = 0;
	let most = 0;
	list.read = async (offset) => {
		most = Math.max(most, ++now);
		for (let turn = 0; turn < 5; turn++) await Promise.resolve();
		const page = await read(offset);
		now--;
		return page;
	};
	expect(await all(readPages(list))).toEqual(ids(200));
	expect(most).toBeGreaterThan(1);
	expect(most).toBeLessThanOrEqual(6);
});
