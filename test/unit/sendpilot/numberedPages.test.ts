import { numberedPages } from '../../../sendpilot/numberedPages';
import { readPages } from '../../../sendpilot/paging';

/** What a server tells about the length of a list. */
type Told = 'totalPages' | 'total' | 'nothing';

/** Reads a list of a server that gives at most so many items per page. */
async function readAll(length: number, pageMax: number, told: Told, total = length) {
	let calls = 0;
	const list = numberedPages(async ({ page, limit }) => {
		calls++;
		await Promise.resolve();
		const size = Math.min(limit, pageMax);
		const totalPages = Math.ceil(total / size);
		const items = Array.from({ length }, (_, index) => ({ id: `l_${index}` }));
		return {
			items: items.slice((page - 1) * size, page * size),
			pagination: {
				nothing: undefined,
				total: { total, page, limit: size },
				totalPages: { total, page, limit: size, totalPages },
			}[told],
		};
	}, Infinity);
	let isCut = false;
	const ids: string[] = [];
	for await (const page of readPages(list, { onCut: () => (isCut = true) })) {
		ids.push(...page.map(({ id }) => id));
	}
	return { count: new Set(ids).size, isCut, calls };
}

describe.each<Told>(['totalPages', 'total'])('a list that tells its %s', (told) => {
	it.each([100, 50, 7])('is read to its end in pages of %i', async (pageMax) => {
		for (const length of [0, 1, 99, 100, 101, 300, 350]) {
			expect(await readAll(length, pageMax, told)).toMatchObject({ count: length, isCut: false });
		}
	});

	it.each([2 ** 31 - 1, Number.MAX_SAFE_INTEGER, Number.MAX_VALUE, Infinity])(
		'costs a few calls more than it needs where that is %d',
		async (total) => {
			const { count, isCut, calls } = await readAll(250, 100, told, total);
			expect({ count, isCut }).toEqual({ count: 250, isCut: true });
			expect(calls).toBeLessThan(15);
		},
	);
});

it('a list that tells nothing is read to its end where pages are as large as asked for', async () => {
	for (const length of [0, 1, 99, 100, 101, 300, 350]) {
		expect(await readAll(length, 100, 'nothing')).toMatchObject({ count: length, isCut: false });
	}
});

it.each([
	['loses items while it is read', { lost: 5, totalPages: undefined }],
	['has fewer pages than its items need', { lost: 0, totalPages: 2 }],
])('a list that %s is cut', async (_, { lost, totalPages }) => {
	let items = Array.from({ length: 350 }, (__, index) => ({ id: `l_${index}` }));
	const list = numberedPages(async ({ page, limit }) => {
		await Promise.resolve();
		const { length: total } = items;
		const read = items.slice((page - 1) * limit, page * limit);
		if (page === 1) items = items.slice(lost);
		return { items: read, pagination: { total, page, limit, totalPages } };
	}, Infinity);
	const onCut = jest.fn();
	for await (const page of readPages(list, { onCut })) expect(page.length).toBeGreaterThan(0);
	expect(onCut).toHaveBeenCalledTimes(1);
});
