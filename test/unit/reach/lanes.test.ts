import fc from 'fast-check';
import { lanesOf, runLanes } from '../../../nodes/shared/reach/lanes';

const senderOf = ({ sender }: { sender?: string }) => sender;
const items = fc
	.array(fc.constantFrom('a', 'b', 'c', 'd'))
	.map((senders) => senders.map((sender, index) => ({ sender, index })));

describe('items', () => {
	it('are sorted into one lane per sender, in order, each once', () => {
		fc.assert(
			fc.property(items, (all) => {
				const lanes = lanesOf(all, senderOf);
				const senders = [...new Set(all.map(senderOf))];
				expect(lanes).toEqual(senders.map((one) => all.filter(({ sender }) => sender === one)));
			}),
		);
	});

	it('share one lane, in order, if the sender of any is not known', () => {
		fc.assert(
			fc.property(items, fc.nat(), (all, at) => {
				const withUnknown: Array<{ sender?: string }> = [...all];
				withUnknown.splice(at % (all.length + 1), 0, {});
				expect(lanesOf(withUnknown, senderOf)).toEqual([withUnknown]);
			}),
		);
	});

	it('may be none', () => {
		expect(lanesOf([], senderOf)).toEqual([]);
	});
});

/** What was under way when each item began. */
async function work(lanes: string[][], width: number) {
	const began: string[] = [];
	const ended: string[] = [];
	let peak = 0;
	await runLanes(lanes, width, async (lane, index) => {
		const item = lane[index];
		began.push(item);
		peak = Math.max(peak, began.length - ended.length);
		// Items take different numbers of turns, so lanes overtake each other.
		for (let turns = item.charCodeAt(0) % 5; turns >= 0; turns--) await Promise.resolve();
		ended.push(item);
	});
	return { began, ended, peak };
}

const lanesOfItems = fc
	.array(fc.array(fc.string({ minLength: 1 })), { maxLength: 8 })
	.map((lanes) =>
		// Each item is told by its lane and place.
		lanes.map((lane, at) => lane.map((name, place) => `${name}/${at}/${place}`)),
	);

describe('lanes', () => {
	it('run completely, each item once, those of a lane in order', async () => {
		await fc.assert(
			fc.asyncProperty(lanesOfItems, fc.integer({ min: 1, max: 10 }), async (lanes, width) => {
				const { began, ended } = await work(lanes, width);
				expect([...ended].sort()).toEqual(lanes.flat().sort());
				for (const lane of lanes) {
					expect(began.filter((item) => lane.includes(item))).toEqual(lane);
				}
			}),
		);
	});

	it('run in parallel, as many as allowed and no more', async () => {
		await fc.assert(
			fc.asyncProperty(lanesOfItems, fc.integer({ min: 1, max: 10 }), async (lanes, width) => {
				const { peak } = await work(lanes, width);
				const busy = lanes.filter((lane) => lane.length > 0).length;
				expect(peak).toBeLessThanOrEqual(Math.min(width, busy));
				expect(peak).toBeGreaterThanOrEqual(Math.min(1, busy));
			}),
		);
	});

	it.each([
		[1, 1],
		[2, 2],
		[3, 3],
		[9, 3],
	])('of a width of %i keep %i of three lanes under way', async (width, peak) => {
		const lane = ['aaa', 'aaa', 'aaa'];
		expect(await work([lane, lane, lane], width)).toMatchObject({ peak });
	});
});
