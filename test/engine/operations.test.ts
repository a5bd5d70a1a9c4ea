import { RESOURCES } from '../../nodes/SendPilot/operations';
import type { Effect } from '../../sendpilot/http';
import { MAX_TRIES } from '../../sendpilot/retry';
import { startSandbox, type FaultRule } from '../../sandbox';
import { EXAMPLES } from '../operationExamples';
import { runOperation, type OperationName, type OperationRun } from './sendPilot';
import { useSandbox } from './support';

/** Every operation, with what it does. */
const OPERATIONS = RESOURCES.flatMap(({ value: resource, operations }) =>
	operations.map(({ value, effect }) => {
		const name: OperationName = `${resource}.${value}`;
		return { name, effect };
	}),
);

const use = useSandbox();

async function runExample(
	name: OperationName,
	more: Partial<OperationRun> = {},
	sandbox = use.sandbox,
) {
	const { parameters, items } = EXAMPLES[name];
	return await runOperation(sandbox, name, { parameters, items, ...more });
}

/** How often what the operation is for was called, without the reads that it needs. */
function mainCalls(effect: Effect, { requests } = use.sandbox): number {
	return requests.filter(({ method }) => effect === 'read' || method !== 'GET').length;
}

/** Has the main call of an operation go wrong. */
function inject(effect: Effect, rule: FaultRule, sandbox = use.sandbox): void {
	const methods = effect === 'read' ? ['GET'] : ['POST', 'PATCH'];
	for (const method of methods) sandbox.inject({ ...rule, path: '/v1/', method });
}

/** What goes wrong so that the call is tried again, if that does no harm. */
const OPEN_ENDS: Record<string, FaultRule> = {
	'a server error': { fault: 'lostThen500' },
	'server errors only': { fault: 'lostThen500', times: Infinity },
	'lost connections only': { fault: 'resetBeforeDelivery', times: Infinity },
	'gateway pages only': { fault: 'html', status: 502, times: Infinity },
};

type End = Awaited<ReturnType<typeof runOperation>> & { calls: number };
const ends = new Map<string, End>();
const endOf = (name: OperationName, what: string) => ends.get(`${name} ${what}`)!;

const isHarmless = (effect: Effect) => effect === 'read' || effect === 'repeatable';

beforeAll(async () => {
	const runs = OPERATIONS.flatMap((one) =>
		Object.entries(OPEN_ENDS).map(([what, rule]) => ({ ...one, what, rule })),
	);
	const run = async ({ name, effect, what, rule }: (typeof runs)[number]) => {
		const sandbox = await startSandbox({ acceptAnyRecipient: true });
		inject(effect, rule, sandbox);
		const result = await runExample(name, {}, sandbox);
		ends.set(`${name} ${what}`, { ...result, calls: mainCalls(effect, sandbox) });
		await sandbox.stop();
	};
	// At the same time, because they wait before they try again; but no person can be reached twice at once.
	await Promise.all(runs.filter(({ effect }) => isHarmless(effect)).map(run));
	for (const one of runs.filter(({ effect }) => !isHarmless(effect))) await run(one);
});

describe.each(OPERATIONS)('$name', ({ name, effect }) => {
	it('works', async () => {
		const { output, error } = await runExample(name);
		expect(error).toBeUndefined();
		expect(output.length).toBeGreaterThan(0);
	});

	it('works as a tool of an AI agent', async () => {
		const { output, error } = await runExample(name, { asTool: true });
		expect(error).toBeUndefined();
		expect(output.length).toBeGreaterThan(0);
	});

	it('is tried again after a server error only if that does no harm', () => {
		const { error, calls } = endOf(name, 'a server error');
		expect(String(error?.message)).toMatch(isHarmless(effect) ? /^undefined$/ : /may have been/);
		expect(calls).toBeLessThanOrEqual(isHarmless(effect) ? Infinity : 1);
	});

	it.each(Object.keys(OPEN_ENDS).slice(1))('ends with an error that helps after %s', (what) => {
		const { error, calls } = endOf(name, what);
		expect(error).toMatchObject({ itemIndex: 0 });
		expect(error?.description).toMatch(effect === 'repeatable' ? /does no harm/ : /^/);
		// Some lists are also tried in smaller pages, three times each.
		expect(isHarmless(effect) ? [MAX_TRIES, 3 * MAX_TRIES] : [1]).toContain(calls);
	});

	it('makes one call with a wrong key', async () => {
		inject(effect, { fault: 'status', status: 401, message: 'Unauthorized', times: Infinity });
		const { error } = await runExample(name);
		expect(error?.message).toMatch(/API key/);
		expect(mainCalls(effect)).toBe(1);
	});

	it('waits where SendPilot asks it to', async () => {
		inject(effect, { fault: 'rateLimited', retryAfter: 0 });
		const { error } = await runExample(name);
		expect(error).toBeUndefined();
	});

	it.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
		'with %s keeps the item of a call that fails',
		async (onError) => {
			inject(effect, { fault: 'status', status: 403, message: 'Missing scope' });
			const { output, failed } = await runExample(name, { onError });
			const [item] = onError === 'continueErrorOutput' ? failed : output;
			expect(item).toMatchObject({
				error: expect.stringContaining('Missing scope'),
				details: { reason: 'forbidden', httpStatus: 403, itemIndex: 0 },
			});
		},
	);
});
