import { readsOf, startExtraction } from '../jobs';
import { expectSchema, runOperation, type OperationRun } from '../sendPilot';
import { byId, useSandbox } from '../support';

const ITEM_ID = { extractionId: byId('={{ $json.id }}') };
const WAITING = { ...ITEM_ID, waitForCompletion: true };

describe.each(['live', 'docs'] as const)('Lead Extraction → Get (%s)', (generation) => {
	const use = useSandbox({ generation, quirks: { jobPolls: 2, jobMs: Infinity } });

	it('outputs how far an extraction is, in one form', async () => {
		const running = await startExtraction(use.sandbox);
		const failing = await startExtraction(use.sandbox, { name: 'This will fail' });
		const outputs = [];
		for (const id of [running, running, failing, failing]) {
			const run = { parameters: ITEM_ID, items: [{ id }] };
			outputs.push(...(await runOperation(use.sandbox, 'leadExtraction.get', run)).output);
		}
		const isLive = generation === 'live';
		expect(outputs).toMatchObject([
			{
				...{ id: running, name: isLive ? 'CTOs' : null, status: 'RUNNING', isDone: false },
				progress: { requested: 10, extracted: 5, enriched: 4, percent_complete: 50 },
				...{ completed_at: null, error_message: null },
			},
			{ id: running, status: 'FINISHED', isDone: true, progress: { extracted: 10, enriched: 8 } },
			{ id: failing, status: 'RUNNING', isDone: false },
			{
				...{ id: failing, status: 'FAILED', isDone: true },
				error_message: isLive ? 'LinkedIn logged this account out' : null,
			},
		]);
		if (isLive) expectSchema('leadExtraction.get', outputs);
	});

	it('waiting for one that fails ends with what SendPilot says, and the ID', async () => {
		use.sandbox.quirks.jobPolls = 1;
		const id = await startExtraction(use.sandbox, { name: 'This will fail' });
		const run = { parameters: WAITING, items: [{ id }] };
		const { error } = await runOperation(use.sandbox, 'leadExtraction.get', run);
		const why = { live: 'LinkedIn logged this account out', docs: 'SendPilot does not say why' };
		expect(error).toMatchObject({
			message: expect.stringContaining(`The extraction ${id} failed: ${why[generation]}`),
			itemIndex: 0,
		});
	});
});

describe('Lead Extraction → Get', () => {
	const use = useSandbox({ quirks: { jobPolls: 2, jobMs: Infinity } });
	const get = async (run: OperationRun) =>
		await runOperation(use.sandbox, 'leadExtraction.get', run);

	it('waits until an extraction has completed', async () => {
		const id = await startExtraction(use.sandbox);
		const { output } = await get({ parameters: WAITING, items: [{ id }] });
		expect(output).toMatchObject([{ id, status: 'FINISHED', isDone: true }]);
		expect(readsOf(use.sandbox)).toHaveLength(2);
	});

	it('says of an ID that does not exist where to find the right one', async () => {
		const { failed } = await get({
			...{ parameters: ITEM_ID, items: [{ id: 'gone' }], onError: 'continueErrorOutput' },
		});
		expect(failed).toMatchObject([
			{
				error: 'SendPilot could not find this extraction: Campaign not found (HTTP 404)',
				details: {
					...{ reason: 'notFound', httpStatus: 404 },
					description: expect.stringContaining('"data.campaign_id" of a SendPilot Trigger event'),
				},
			},
		]);
	});

	it('says to an AI agent in one message what is wrong and what to do', async () => {
		const { error } = await get({ parameters: ITEM_ID, items: [{ id: 'gone' }], asTool: true });
		expect(error?.message).toMatch(/Campaign not found \(HTTP 404\)\. Check the ID/);
	});
});
