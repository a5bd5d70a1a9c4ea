import { NO_SCOPES_KEY } from '../../../sandbox';
import { COMPANY_SIZES } from '../../../sendpilot/contract/leadSearchFilters';
import { readsOf } from '../jobs';
import { expectSchema, runOperation, type OperationRun } from '../sendPilot';
import { useSandbox } from '../support';

describe.each(['live', 'docs'] as const)('Lead Search → Get Filters (%s)', (generation) => {
	const use = useSandbox({ generation });
	const get = async (parameters: OperationRun['parameters']) =>
		await runOperation(use.sandbox, 'leadSearch.getFilters', { parameters });

	it('outputs each filter as an item', async () => {
		const { output } = await get({ returnAll: true });
		const names = output.map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(['job_titles', 'max_rank_global']));
		expect(new Set(names).size).toBe(names.length);
		expect(names.length).toBeGreaterThan(50);
		// What SendPilot says beside the name is not documented.
		if (generation === 'docs') expectSchema('leadSearch.getFilters', output);
		expect(readsOf(use.sandbox).map(([, query]) => query)).toEqual(
			[0, 50].map((offset) => ({ offset: `${offset}`, limit: '50' })),
		);
	});

	it('outputs the values of a filter, in one form', async () => {
		const { output } = await get({ returnAll: true, filters: { filter: ' company_sizes ' } });
		expect(output).toEqual(COMPANY_SIZES.map((name) => ({ name, value: name })));
	});

	it('outputs only what contains a text', async () => {
		const { output } = await get({ filters: { filter: 'industries', search: 'SOFTWARE' } });
		expect(output).toEqual([{ name: 'Software Development', value: 'Software Development' }]);
		const { output: names } = await get({ filters: { search: 'Bounce' } });
		expect(names).toMatchObject([{ name: 'min_bounce_rate' }, { name: 'max_bounce_rate' }]);
	});

	it('outputs nothing where nothing contains it', async () => {
		const { output, error } = await get({ filters: { search: 'no such filter' } });
		expect([output, error]).toEqual([[], undefined]);
	});
});

describe('Lead Search → Get Filters', () => {
	const use = useSandbox();

	it('names the scope that the key lacks', async () => {
		const sendPilotApi = { apiKey: NO_SCOPES_KEY, baseUrl: use.sandbox.url };
		const { error } = await runOperation(use.sandbox, 'leadSearch.getFilters', {
			settings: { credentials: { sendPilotApi } },
		});
		expect(error).toMatchObject({
			message: expect.stringMatching(/^The API key lacks a scope: .*leads:read \(HTTP 403\)$/),
			description: expect.stringMatching(/^In SendPilot, create an API key that has this scope/),
		});
	});

	it('says how to find the name of a filter that has no values', async () => {
		const { error } = await runOperation(use.sandbox, 'leadSearch.getFilters', {
			parameters: { filters: { filter: 'keywordz' } },
		});
		expect(error).toMatchObject({
			message: expect.stringContaining('Unsupported filter: keywordz (HTTP 400)'),
			description: expect.stringContaining('Check Filter Name'),
		});
	});

	it('costs no credits', async () => {
		const credits = { ...use.sandbox.seed.credits };
		await runOperation(use.sandbox, 'leadSearch.getFilters');
		expect(use.sandbox.seed.credits).toEqual(credits);
	});
});
