import { pagesOf, readsOf, startExtraction } from '../jobs';
import { expectSchema, runOperation } from '../sendPilot';
import { byId, useSandbox } from '../support';

const FOUNDERS = { extractionId: byId('extract_founders'), returnAll: true };

describe.each(['live', 'docs'] as const)('Lead Extraction → Get Results (%s)', (generation) => {
	const use = useSandbox({ generation });

	it('outputs each person as an item, simplified', async () => {
		const { output } = await runOperation(use.sandbox, 'leadExtraction.getResults', {
			parameters: FOUNDERS,
		});
		expect(output.map(({ id }) => id)).toEqual(
			Array.from({ length: 120 }, (_, index) => `found_${index + 1}`),
		);
		expectSchema('leadExtraction.getResults', output);
		expect(pagesOf(use.sandbox)).toEqual([
			{ offset: '0', limit: '100' },
			{ offset: '100', limit: '100' },
		]);
	});

	it('outputs only those with contact data, if asked to', async () => {
		const { output } = await runOperation(use.sandbox, 'leadExtraction.getResults', {
			parameters: { ...FOUNDERS, enrichedOnly: true },
		});
		expect(output).toHaveLength(96);
		expect(output.filter(({ email }) => email === '')).toEqual([]);
		expect(readsOf(use.sandbox).slice(1)).toEqual([
			[
				'/v1/lead-extractor/campaigns/extract_founders/results',
				{ enriched_only: 'true', offset: '0', limit: '100' },
			],
		]);
	});
});

describe('Lead Extraction → Get Results', () => {
	const use = useSandbox({ quirks: { jobPolls: 2, jobMs: Infinity } });
	const resultsOf = async (id: string, more = {}) =>
		await runOperation(use.sandbox, 'leadExtraction.getResults', {
			parameters: { extractionId: byId(id), ...more },
		});

	it('outputs everything if it is not simplified', async () => {
		const { output } = await resultsOf('extract_founders', { simple: false, limit: 1 });
		expect(output[0]).toMatchObject({ followers: 1_200, skills: ['Sales'], experience: [{}] });
	});

	it('outputs nothing where nobody of a finished extraction has contact data', async () => {
		use.sandbox.quirks.jobPolls = 1;
		const id = await startExtraction(use.sandbox, { mode: 'extraction_only' });
		const { output, error } = await resultsOf(id, { enrichedOnly: true });
		expect([output, error]).toEqual([[], undefined]);
	});

	it('is an error while the extraction runs, and says how to wait for it', async () => {
		const id = await startExtraction(use.sandbox);
		const { error } = await resultsOf(id);
		expect(error).toMatchObject({
			message: expect.stringContaining(`The extraction ${id} has no results yet: it is running`),
			description: expect.stringContaining('the event Lead Extractor Job Completed'),
		});
	});
});
