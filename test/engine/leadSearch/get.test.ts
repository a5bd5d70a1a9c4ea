import { readsOf, startSearch } from '../jobs';
import { beginOperation, expectSchema, runOperation } from '../sendPilot';
import { byId, useSandbox } from '../support';

const ITEM_ID = { searchId: byId('={{ $json.id }}') };
const WAITING = { ...ITEM_ID, waitForCompletion: true };

describe.each(['live', 'docs'] as const)('Lead Search → Get (%s)', (generation) => {
	const use = useSandbox({ generation, quirks: { jobPolls: 2, jobMs: Infinity } });

	it('outputs how far a search is, in one form', async () => {
		const running = await startSearch(use.sandbox);
		const failing = await startSearch(use.sandbox, { name: 'This will fail' });
		const get = async (id: string) =>
			await runOperation(use.sandbox, 'leadSearch.get', { parameters: ITEM_ID, items: [{ id }] });
		const outputs = [];
		for (const id of [running, running, failing, failing]) outputs.push(...(await get(id)).output);
		const isLive = generation === 'live';
		expect(outputs).toMatchObject([
			{
				...{ id: running, name: 'CTOs', status: 'processing', isDone: false },
				...{ totalResults: null, completed_at: null, error_message: null },
				progress: {
					...{ requested: isLive ? 10 : null, found: isLive ? 5 : null },
					percent_complete: 50,
				},
			},
			{ id: running, status: 'completed', isDone: true, totalResults: 10 },
			{ id: failing, status: 'processing', isDone: false },
			{ status: 'failed', isDone: true, error_message: 'The provider did not answer' },
		]);
		expect(Object.keys(outputs[0].progress as object)).toEqual([
			...['requested', 'found', 'percent_complete'],
		]);
		if (isLive) expectSchema('leadSearch.get', outputs);
	});
});

describe('Lead Search → Get', () => {
	const use = useSandbox({ quirks: { jobPolls: 1, jobMs: Infinity } });
	const get = async (parameters: object, items: object[]) =>
		await runOperation(use.sandbox, 'leadSearch.get', {
			...{ parameters: parameters as typeof ITEM_ID, items: items as Array<{ id: string }> },
		});

	it('says of an ID that does not exist where to find the right one', async () => {
		const { error } = await get(ITEM_ID, [{ id: 'gone/1?x' }]);
		expect(error).toMatchObject({
			message: expect.stringContaining(
				'SendPilot could not find this search: Search not found (HTTP 404)',
			),
			description: expect.stringMatching(/Lead Search: Start, or "data\.search_id"/),
		});
		expect(readsOf(use.sandbox)).toEqual([
			['/v1/lead-database/searches/gone%2F1%3Fx/status', expect.anything()],
		]);
	});

	it('waiting for a search that has completed asks once', async () => {
		const { output } = await get(WAITING, [{ id: 'search_ctos' }]);
		expect(output).toMatchObject([{ id: 'search_ctos', isDone: true, totalResults: 250 }]);
		expect(readsOf(use.sandbox)).toHaveLength(1);
	});

	it('waits until a search has completed', async () => {
		use.sandbox.quirks.jobPolls = 2;
		const id = await startSearch(use.sandbox);
		const { output } = await get(WAITING, [{ id }]);
		expect(output).toMatchObject([{ id, status: 'completed', isDone: true, totalResults: 10 }]);
		expect(readsOf(use.sandbox)).toHaveLength(2);
	});

	it('waiting for one that fails ends with what SendPilot says, and the ID', async () => {
		const id = await startSearch(use.sandbox, { name: 'This will fail' });
		const { failed } = await runOperation(use.sandbox, 'leadSearch.get', {
			...{ parameters: WAITING, items: [{ id, crm: 7 }], onError: 'continueErrorOutput' },
		});
		expect(failed).toMatchObject([
			{
				crm: 7,
				error: `The search ${id} failed: The provider did not answer`,
				details: {
					...{ reason: 'jobFailed', itemIndex: 0 },
					description: expect.stringContaining('Start a new one with Lead Search: Start'),
				},
			},
		]);
	});

	it('stops waiting when the execution is cancelled', async () => {
		use.sandbox.quirks.jobPolls = 1_000;
		const id = await startSearch(use.sandbox);
		const running = await beginOperation(use.sandbox, 'leadSearch.get', {
			...{ parameters: WAITING, items: [{ id }] },
		});
		while (readsOf(use.sandbox).length < 1) await new Promise(setImmediate);
		running.cancel();
		await running.result;
		expect(readsOf(use.sandbox)).toHaveLength(1);
	});

	it.each([
		[{ ...WAITING, maxWait: 0 }, 'search_ctos', /Max Wait \(Minutes\) must be a whole number/],
		[ITEM_ID, '', /field Search ID is empty/],
	])('refuses %j before it calls', async (parameters, id, message) => {
		const { error } = await get(parameters, [{ id }]);
		expect(error?.message).toMatch(message);
		expect(error?.description).not.toBe('');
	});
});
