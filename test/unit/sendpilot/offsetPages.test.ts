import { offsetPages, type OffsetPosition } from '../../../sendpilot/offsetPages';
import { readPages } from '../../../sendpilot/paging';
import { SendPilotError, type ProblemReason } from '../../../sendpilot/problem';

/** A list on a server, and what the server does beside giving pages of it. */
interface Server {
	length: number;
	/** The largest page that it gives. */
	pageMax?: number;
	/** The same for all pages after the first. */
	laterMax?: number;
	/** Whether its pages say how long the list is, and whether it goes on. */
	says?: { total?: boolean; has_more?: boolean };
	/** How long it says that the list is; default: as long as it is. */
	total?: number;
	/** From which offset on it answers with an error. */
	ceiling?: number;
	error?: Failure;
}

/** The reason of an error, and its status where that matters. */
type Failure = ProblemReason | 500 | 502 | 503 | 504;

function failed(failure: Failure) {
	const problem =
		typeof failure === 'number'
			? { reason: 'serverError' as const, status: failure }
			: { reason: failure };
	return new SendPilotError({ ...problem, said: [] });
}

/** Reads a list of numbers. */
async function readAll(server: Server, max = Infinity) {
	const {
		length,
		pageMax = 100,
		laterMax = pageMax,
		says = { total: true, has_more: true },
	} = server;
	const { total = length, ceiling = Infinity, error = 'invalid' } = server;
	const asked: OffsetPosition[] = [];
	let underWay = 0;
	let peak = 0;
	let cuts = 0;
	const list = offsetPages<number>({
		async read({ offset, limit }) {
			asked.push({ offset, limit });
			peak = Math.max(peak, ++underWay);
			await Promise.resolve();
			underWay--;
			if (offset >= ceiling) throw failed(error);
			const size = Math.max(0, Math.min(limit, offset > 0 ? laterMax : pageMax, length - offset));
			const items = Array.from({ length: size }, (_, index) => offset + index);
			return {
				items,
				...(says.total && { total }),
				...(says.has_more && { has_more: offset + size < length }),
			};
		},
		idOf: (item) => item,
		max,
	});
	const items: number[] = [];
	for await (const page of readPages(list, { max, onCut: () => cuts++ })) items.push(...page);
	return { items, asked, peak, isCut: cuts > 0 };
}

const upTo = (length: number) => [...Array(length).keys()];

describe('a list that is read by offset', () => {
	it.each<[string, Server['says']]>([
		['both its length and whether it goes on', { total: true, has_more: true }],
		['only its length', { total: true }],
		['only whether it goes on', { has_more: true }],
		['nothing', {}],
	])('is read to its end, in order, where it says %s', async (_, says) => {
		for (const length of [0, 1, 99, 100, 101, 950]) {
			const { items, isCut } = await readAll({ length, says });
			expect(items).toEqual(upTo(length));
			expect(isCut).toBe(false);
		}
	});

	it('is read side by side where its length is known', async () => {
		const { asked, peak } = await readAll({ length: 950 });
		expect(asked.map(({ offset }) => offset)).toEqual(upTo(10).map((page) => page * 100));
		expect(peak).toBe(6);
	});

	it.each([
		[1, [[0, 1]]],
		[30, [[0, 30]]],
		[
			150,
			[
				[0, 100],
				[100, 100],
			],
		],
	])('is asked for no more than %i items need', async (max, pages) => {
		const { items, asked } = await readAll({ length: 950 }, max);
		expect(items).toEqual(upTo(max));
		expect(asked.map(({ offset, limit }) => [offset, limit])).toEqual(pages);
	});

	it('loses nothing where pages are smaller than asked for', async () => {
		const { items, asked } = await readAll({ length: 130, pageMax: 50 });
		expect(items).toEqual(upTo(130));
		expect(asked.map(({ offset }) => offset)).toEqual([0, 50, 100]);
	});

	it.each([30, 50, 99])(
		'loses nothing where later pages have %i items at most',
		async (laterMax) => {
			for (const says of [{ total: true }, { total: true, has_more: true }]) {
				const { items, isCut } = await readAll({ length: 350, laterMax, says });
				expect(items).toEqual(upTo(350));
				expect(isCut).toBe(false);
			}
		},
	);

	it('is cut where it ends before as many items as it says', async () => {
		expect(await readAll({ length: 10, total: 50 })).toMatchObject({
			items: upTo(10),
			isCut: true,
		});
		expect(await readAll({ length: 10, total: 50 }, 10)).toMatchObject({ isCut: false });
	});

	it.each([2 ** 31 - 1, Number.MAX_SAFE_INTEGER, Number.MAX_VALUE, Infinity])(
		'costs a few calls more than it needs where it says that its length is %d',
		async (total) => {
			const { items, asked, isCut } = await readAll({ length: 250, total, says: { total: true } });
			expect(items).toEqual(upTo(250));
			expect(isCut).toBe(true);
			expect(asked.length).toBeLessThan(15);
			expect((await readAll({ length: 950, total }, 150)).asked).toHaveLength(2);
		},
	);

	it.each<[string, Server['says']]>([
		['its length', { total: true }],
		['that it goes on', { has_more: true }],
	])('is cut by a 400 where it says %s', async (_, says) => {
		const { items, isCut } = await readAll({ length: 950, says, ceiling: 300 });
		expect(items).toEqual(upTo(300));
		expect(isCut).toBe(true);
	});

	it.each([502, 503, 504] as const)(
		'does not take a %d for its end, even where it does not say that there is more',
		async (error) => {
			await expect(readAll({ length: 200, says: {}, ceiling: 100, error })).rejects.toThrow(
				SendPilotError,
			);
		},
	);

	it.each(['invalid', 500] as const)(
		'ends with %s where it does not say that there is more',
		async (error) => {
			const { items, isCut } = await readAll({ length: 200, says: {}, ceiling: 200, error });
			expect(items).toEqual(upTo(200));
			expect(isCut).toBe(false);
		},
	);

	it.each<ProblemReason>(['serverError', 'notFound', 'rateLimited'])(
		'fails with %s where there is more',
		async (error) => {
			await expect(readAll({ length: 950, ceiling: 300, error })).rejects.toMatchObject({
				problem: { reason: error },
			});
		},
	);

	it('fails if its first page does, whatever is wrong', async () => {
		await expect(readAll({ length: 950, ceiling: 0 })).rejects.toThrow(SendPilotError);
	});

	it('does not take a server error for its end once any page has said that there is more', async () => {
		const list = offsetPages<number>({
			async read({ offset, limit }) {
				await Promise.resolve();
				if (offset >= 200) throw failed(500);
				const items = upTo(limit).map((index) => offset + index);
				return { items, ...(offset > 0 && { has_more: true }) };
			},
			idOf: (item) => item,
			max: Infinity,
		});
		const reading = async () => {
			for await (const page of readPages(list)) expect(page).toHaveLength(100);
		};
		await expect(reading()).rejects.toThrow(SendPilotError);
	});
});
