import { pagesOf, readsOf, startSearch } from '../jobs';
import { expectSchema, runOperation, type OperationRun } from '../sendPilot';
import { byId, useSandbox, withAnswer } from '../support';

const ITEM_ID = { searchId: byId('={{ $json.id }}') };
const numbered = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => `found_${from + index}`);

describe.each(['live', 'docs'] as const)('Lead Search → Get Results (%s)', (generation) => {
	const use = useSandbox({ generation });

	it('outputs each person as an item, simplified', async () => {
		const { output, pairing } = await runOperation(use.sandbox, 'leadSearch.getResults', {
			parameters: { searchId: byId('search_ctos'), returnAll: true },
		});
		expect(output.map(({ id }) => id)).toEqual(numbered(1, 250));
		expect(new Set(pairing)).toEqual(new Set([0]));
		expectSchema('leadSearch.getResults', output);
		expect(pagesOf(use.sandbox)).toEqual(
			[0, 100, 200].map((offset) => ({ offset: `${offset}`, limit: '100' })),
		);
	});
});

describe('Lead Search → Get Results', () => {
	const use = useSandbox({ quirks: { jobPolls: 2, jobMs: Infinity } });
	const results = async (run: OperationRun) =>
		await runOperation(use.sandbox, 'leadSearch.getResults', { parameters: ITEM_ID, ...run });
	const resultsOf = async (id: string, parameters = {}) =>
		await results({ items: [{ id }], parameters: { ...ITEM_ID, ...parameters } });

	it.each([
		[1, [[0, 1]]],
		[
			101,
			[
				[0, 100],
				[100, 100],
			],
		],
	])('with a limit of %i asks for no more than it needs', async (limit, pages) => {
		const { output } = await resultsOf('search_ctos', { limit });
		expect(output.map(({ id }) => id)).toEqual(numbered(1, limit));
		expect(pagesOf(use.sandbox)).toEqual(
			pages.map(([offset, size]) => ({ offset: `${offset}`, limit: `${size}` })),
		);
	});

	it('outputs all 16 fields if it is not simplified', async () => {
		const { output } = await resultsOf('search_ctos', { simple: false, limit: 1 });
		expect(Object.keys(output[0])).toHaveLength(16);
		expect(output[0]).toMatchObject({ country: expect.any(String), employees: '11-50' });
	});

	it('outputs the fields that it names to an AI agent', async () => {
		const parameters = { ...ITEM_ID, output: 'selectedFields', outputFields: 'full_name, email' };
		const { output } = await results({
			...{ items: [{ id: 'search_ctos' }], parameters: { ...parameters, limit: 1 }, asTool: true },
		});
		expect(output).toEqual([{ full_name: expect.any(String), email: expect.any(String) }]);
	});

	it('outputs what it can get, and how to get the rest, where SendPilot gives out no more', async () => {
		use.sandbox.inject({
			...{ fault: 'status', status: 400, message: 'offset must not be greater than 100' },
			...{ path: '/v1/lead-database/', after: 2, times: Infinity },
		});
		const { output, error, hints } = await resultsOf('search_ctos', { returnAll: true });
		expect(error).toBeUndefined();
		expect(output.map(({ id }) => id)).toEqual(numbered(1, 100));
		expect(hints).toEqual([
			'There may be more than these 100 results: SendPilot does not list all of them, or the list changed while it was read. Try again. If that does not help, start searches that find fewer people.',
		]);
	});

	it.each([
		['completed', /^There may be more than these 2 results: /],
		[
			'processing',
			/^The search search_1 has not completed: .*There may be more people than these 2/,
		],
	])('says once if a search that is %s has more people than it lists', async (status, hint) => {
		const leads = [{ id: 'a' }, { id: 'b' }];
		const { result } = await withAnswer(
			{ id: 'search_1', status, leads, total: 3, has_more: false },
			async (settings) => await results({ settings, items: [{ id: 'search_1' }] }),
		);
		expect(result.output).toMatchObject(leads);
		expect(result.hints).toEqual([expect.stringMatching(hint)]);
	});

	it('is an error while the search runs, and says how to wait for it', async () => {
		const id = await startSearch(use.sandbox);
		const { error } = await resultsOf(id);
		expect(error).toMatchObject({
			message: expect.stringContaining(
				`The search ${id} has no results yet: it is processing (50 %)`,
			),
			description: expect.stringMatching(
				/Wait for Completion.*SendPilot Trigger with the event Lead Database Search Completed/,
			),
		});
	});

	it('misses nobody of a search that completes while it is read', async () => {
		use.sandbox.quirks.jobPolls = 1;
		const id = await startSearch(use.sandbox, { limit: 3 });
		expect((await resultsOf(id)).output).toHaveLength(3);
		expect(readsOf(use.sandbox).map(([path]) => path.replace(/.*\//, ''))).toEqual([
			...['status', 'results'],
		]);
	});

	it('says that the results of a search that still runs are not all', async () => {
		use.sandbox.quirks.givesPartialResults = true;
		const id = await startSearch(use.sandbox, { limit: 6 });
		const { output, hints } = await resultsOf(id);
		expect(output).toHaveLength(3);
		expect(hints).toEqual([
			`The search ${id} has not completed: it is processing (50 %). There may be more people than these 3.`,
		]);
	});

	it('is an error where the search has failed', async () => {
		use.sandbox.quirks.jobPolls = 1;
		const id = await startSearch(use.sandbox, { name: 'This will fail' });
		const { failed } = await results({ items: [{ id }], onError: 'continueErrorOutput' });
		expect(failed).toMatchObject([
			{
				error: `The search ${id} failed: The provider did not answer`,
				details: { reason: 'jobFailed' },
			},
		]);
	});

	it('says of an ID that does not exist where to find the right one', async () => {
		const { failed } = await results({ items: [{ id: 'gone' }], onError: 'continueErrorOutput' });
		expect(failed).toMatchObject([
			{
				error: 'SendPilot could not find this search: Search not found (HTTP 404)',
				details: { reason: 'notFound', httpStatus: 404 },
			},
		]);
	});
});
