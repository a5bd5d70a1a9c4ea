import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
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

/** Runs a workflow with each list at once, each in an n8n process of its own, as the workers of queue mode do. */
async function runAtOnce(
	lists: IDataObject[][],
	turns: Iterator<number>,
	parameters = toProfile(),
): Promise<IDataObject[]> {
	use.reset();
	use.database.processedData.latency = async () => {
		for (let left = turns.next().value as number; left > 0; left--) await nextTurn();
	};
	const node: NodeSettings = { onError: 'continueRegularOutput', parameters };
	const outputs = await Promise.all(
		lists.map(async (items) => {
			const n8n = await startN8n(use.database);
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

	it('stay within the limit of a day together', async () => {
		await fc.assert(
			fc.asyncProperty(meetings, async ({ turns }) => {
				const lists = [PEOPLE.slice(0, 10), PEOPLE.slice(10)];
				await runAtOnce(lists, turns, toProfile({ safety: { maxPerDay: 5 } }));
				expect(use.sandbox.delivered.length).toBeLessThanOrEqual(5);
				expect(use.sandbox.delivered.length).toBeGreaterThan(0);
			}),
			{ numRuns: 10 },
		);
	});
});
