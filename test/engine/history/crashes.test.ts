import type { IDataObject } from 'n8n-workflow';
import {
	begin,
	crashed,
	deliveredTo,
	errorOf,
	jsonOf,
	killedWhen,
	people,
	run,
	startN8n,
	toProfile,
	useSandbox,
	type NodeSettings,
} from '../support';

const use = useSandbox();
const NODE: NodeSettings = { onError: 'continueRegularOutput', parameters: toProfile() };

/**
 * Sends, kills n8n at a step, and gives what a retry after a restart goes on with.
 *
 * @returns undefined if the execution ended before that step
 */
async function killedAt(items: IDataObject[], at: number) {
	const n8n = await startN8n(use.database);
	let steps = 0;
	const killed = killedWhen(n8n, () => steps++ === at);
	const running = await begin(use.sandbox, items, NODE, { n8n, mode: 'trigger' });
	const wasKilled = await Promise.race([killed, running.result.then(() => false)]);
	return wasKilled ? running : undefined;
}

async function retried(
	running: NonNullable<Awaited<ReturnType<typeof killedAt>>>,
	items: IDataObject[],
) {
	const n8n = await startN8n(use.database);
	const resume = crashed(running);
	resume.resultData.pinData!.Start = items.map((json) => ({ json }));
	return await run(use.sandbox, items, NODE, { n8n, mode: 'retry', resume });
}

/** What a result says of its item: `sent`, or the delivery of a failed one. */
const saidOf = ({ success, details }: IDataObject) =>
	success === true ? 'sent' : String((details as IDataObject).delivery);

function expectTruth(results: IDataObject[], items: IDataObject[]) {
	const delivered = deliveredTo(use.sandbox);
	expect(new Set(delivered).size).toBe(delivered.length);
	expect(results).toHaveLength(items.length);
	results.forEach((result, index) => {
		const wasDelivered = delivered.includes(String(items[index].url));
		expect(saidOf(result)).toMatch(wasDelivered ? /^sent$|^uncertain$/ : /^uncertain$/);
	});
}

const changed = (items: IDataObject[]): IDataObject[] => [
	{ url: 'https://www.linkedin.com/in/new' },
	...items.slice(1).reverse(),
];

const reworded = (items: IDataObject[]): IDataObject[] =>
	items.map((item) => ({ ...item, message: 'Written anew' }));

describe.each<[string, (items: IDataObject[]) => IDataObject[]]>([
	['the same list', (items) => items],
	['a list that has grown, shrunk and been reordered', changed],
	['reworded texts', reworded],
])('a crash at any step, and a retry with %s', (_name, change) => {
	it('messages nobody twice, and says sent of nobody who was not', async () => {
		const items = people(4);
		let at = 0;
		for (; ; at++) {
			use.reset();
			const running = await killedAt(items, at);
			// From then on, n8n has saved the execution as successful and only cleans up.
			if (!running || use.database.executions.statusOf(running.executionId) === 'success') break;
			const list = change(items);
			const finished = await retried(running, list);
			expect(errorOf(finished)).toBeUndefined();
			expectTruth(jsonOf(finished), list);
		}
		// Each message takes a call of three steps; the store is used in between.
		expect(at).toBeGreaterThan(3 * items.length);
	});
});
