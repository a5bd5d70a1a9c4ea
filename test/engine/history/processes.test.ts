import { setImmediate as nextTurn, setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { N8nProcess } from '../../../engine/process';
import {
	begin,
	deliveredTo,
	jsonOf,
	people,
	startN8n,
	toProfile,
	useSandbox,
	type NodeSettings,
} from '../support';

const use = useSandbox();

const PEOPLE = people(20);

/** Lists with people in common, and how many turns each statement takes, so that processes meet at any point. */
const meetings = fc.record({
	lists: fc.array(fc.subarray(PEOPLE, { minLength: 1 }), { minLength: 2, maxLength: 3 }),
	turns: fc.infiniteStream(fc.integer({ min: 1, max: 4 })),
});

/** Somebody who was messaged before. */
const [FIRST] = people(1, () => ({ url: 'https://www.linkedin.com/in/first' }));

/** A process that is held up after it has read a row, for longer than others wait before they send, in ms. */
const HELD_UP = {
	lateness: { readMs: 30, writeMs: Infinity, waitMs: 60, longWaitMs: Infinity },
	forMs: 200,
};

/** Runs a workflow with each list at once, each in an n8n process of its own, as the workers of queue mode do. */
async function runAtOnce(
	lists: IDataObject[][],
	turns: Iterator<number>,
	{ parameters = toProfile(), lastIsHeldUp = (): boolean => false } = {},
): Promise<IDataObject[]> {
	let last: N8nProcess | undefined;
	use.database.processedData.latency = async (kind, caller) => {
		if (caller === last && kind === 'read' && lastIsHeldUp()) await setTimeout(HELD_UP.forMs);
		for (let left = turns.next().value as number; left > 0; left--) await nextTurn();
	};
	const node: NodeSettings = { onError: 'continueRegularOutput', parameters };
	const outputs = await Promise.all(
		lists.map(async (items) => {
			const n8n = await startN8n(use.database, HELD_UP.lateness);
			if (items === lists.at(-1)) last = n8n;
			const running = await begin(use.sandbox, items, node, { n8n, mode: 'trigger' });
			return jsonOf(await running.result);
		}),
	);
	return outputs.flat();
}

const wasSent = ({ success }: IDataObject) => success === true;
const outcomeOf = (item: IDataObject) =>
	wasSent(item) ? 'sent' : String(Object(item.details).delivery);

describe('several n8n processes with one database', () => {
	it('message everybody once, and say so', async () => {
		await fc.assert(
			fc.asyncProperty(meetings, async ({ lists, turns }) => {
				use.reset();
				const output = await runAtOnce(lists, turns);
				const delivered = deliveredTo(use.sandbox);
				expect(new Set(delivered).size).toBe(delivered.length);
				expect(delivered.length).toBe(new Set(lists.flat()).size);
				// The others may be sending it at that moment.
				expect(['sent', 'uncertain']).toEqual(expect.arrayContaining(output.map(outcomeOf)));
			}),
			{ numRuns: 15 },
		);
	});

	it('message nobody twice, if one is held up', async () => {
		const heldUp = fc.infiniteStream(fc.nat(2));
		await fc.assert(
			fc.asyncProperty(meetings, heldUp, async ({ lists, turns }, dice) => {
				use.reset();
				// Two processes that create a row in the same moment cannot overwrite each other.
				await runAtOnce([[FIRST]], turns);
				await runAtOnce(lists, turns, { lastIsHeldUp: () => dice.next().value === 0 });
				const delivered = deliveredTo(use.sandbox);
				expect(new Set(delivered).size).toBe(delivered.length);
				expect(delivered.length).toBe(new Set(lists.flat()).size + 1);
			}),
			{ numRuns: 15 },
		);
	});

	it('stay within the limit of a day together', async () => {
		await fc.assert(
			fc.asyncProperty(meetings, async ({ turns }) => {
				const lists = [PEOPLE.slice(0, 10), PEOPLE.slice(10)];
				use.reset();
				await runAtOnce(lists, turns, { parameters: toProfile({ safety: { maxPerDay: 5 } }) });
				expect(use.sandbox.delivered.length).toBeLessThanOrEqual(5);
				expect(use.sandbox.delivered.length).toBeGreaterThan(0);
			}),
			{ numRuns: 10 },
		);
	});
});
