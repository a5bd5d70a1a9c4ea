import fc from 'fast-check';
import { Lanes } from '../../../nodes/shared/reach/lanes';

interface Item {
	/** Undefined if SendPilot chooses. */
	sender?: string;
	index: number;
}

/** How many turns of the event loop an item takes, so that lanes overtake each other. */
const turnsOf = ({ index }: Item) => (index * 7) % 5;
const turns = async (count: number) => {
	for (let turn = 0; turn < count; turn++) await Promise.resolve();
};

/**
 * Works through items.
 *
 * @param addedFirst how many are added before the work begins; the others are added meanwhile
 * @returns the items under way when each item began, and in which order items began
 */
async function work(items: readonly Item[], width: number, addedFirst = items.length) {
	const lanes = new Lanes<Item>(({ sender }) => sender);
	const began: Item[] = [];
	const underWay = new Set<Item>();
	const moments: Item[][] = [];
	for (const item of items.slice(0, addedFirst)) lanes.add(item);
	const running = lanes.run(width, async (lane, index) => {
		const item = lane[index];
		began.push(item);
		underWay.add(item);
		moments.push([...underWay]);
		await turns(turnsOf(item));
		underWay.delete(item);
	});
	for (const item of items.slice(addedFirst)) {
		await turns((item.index * 3) % 4);
		lanes.add(item);
	}
	lanes.end();
	await running;
	return { began, moments, peak: Math.max(0, ...moments.map(({ length }) => length)) };
}

const listOf = (senders: Array<string | undefined>): Item[] =>
	senders.map((sender, index) => ({ sender, index }));
const named = fc.array(fc.constantFrom('a', 'b', 'c', 'd')).map(listOf);
const any = fc.array(fc.constantFrom('a', 'b', 'c', undefined)).map(listOf);
const width = fc.integer({ min: 1, max: 10 });
const addedFirst = fc.nat(10);

describe('items in lanes', () => {
	it('are all worked on once, those of a sender one after another and in order', async () => {
		await fc.assert(
			fc.asyncProperty(any, width, addedFirst, async (items, width, addedFirst) => {
				const { began, moments } = await work(items, width, addedFirst);
				expect(began.map(({ index }) => index).sort((a, b) => a - b)).toEqual([...items.keys()]);
				for (const sender of ['a', 'b', 'c', undefined]) {
					const isOwn = (item: Item) => item.sender === sender;
					expect(began.filter(isOwn)).toEqual(items.filter(isOwn));
					for (const underWay of moments) {
						expect(underWay.filter(isOwn).length).toBeLessThanOrEqual(1);
					}
				}
			}),
		);
	});

	it('are worked on in parallel, as many senders as allowed and no more', async () => {
		await fc.assert(
			fc.asyncProperty(named, width, addedFirst, async (items, width, addedFirst) => {
				const { peak } = await work(items, width, addedFirst);
				const senders = new Set(items.map(({ sender }) => sender)).size;
				expect(peak).toBeLessThanOrEqual(Math.min(width, senders));
				expect(peak).toBeGreaterThanOrEqual(Math.min(1, senders));
			}),
		);
	});

	it('wait for all others, in order, from the first whose sender is not known', async () => {
		await fc.assert(
			fc.asyncProperty(any, width, addedFirst, async (items, width, addedFirst) => {
				const { began, moments } = await work(items, width, addedFirst);
				const first = items.findIndex(({ sender }) => sender === undefined);
				if (first < 0) return;
				expect(began.slice(first)).toEqual(items.slice(first));
				for (const underWay of moments.slice(first)) expect(underWay).toHaveLength(1);
			}),
		);
	});

	it.each([
		[1, 1],
		[2, 2],
		[3, 3],
		[9, 3],
	])('of three senders, with a width of %i: %i are under way', async (width, peak) => {
		const items = listOf(['a', 'b', 'c', 'a', 'b', 'c', 'a', 'b', 'c']);
		expect(await work(items, width)).toMatchObject({ peak });
	});

	it('may be none', async () => {
		expect(await work([], 3)).toMatchObject({ began: [] });
	});

	it('are worked on while later ones are still to come', async () => {
		const lanes = new Lanes<Item>(({ sender }) => sender);
		const [first, second] = listOf(['a', 'a']);
		const began: Item[] = [];
		lanes.add(first);
		const running = lanes.run(1, async (lane, index) => {
			began.push(lane[index]);
			await Promise.resolve();
		});
		await turns(20);
		expect(began).toEqual([first]);
		lanes.add(second);
		lanes.end();
		await running;
		expect(began).toEqual([first, second]);
	});
});
