import { expectSchema, runOperation, type OperationRun } from '../sendPilot';
import { useSandbox } from '../support';

const getAll = async (use: ReturnType<typeof useSandbox>, run?: OperationRun) =>
	await runOperation(use.sandbox, 'campaign.getAll', run);

describe.each(['live', 'docs'] as const)('Campaign → Get Many (%s)', (generation) => {
	const use = useSandbox({ generation });

	it('outputs each campaign as an item, simplified', async () => {
		const { output, pairing } = await getAll(use, { parameters: { returnAll: true } });
		expect(output.map(({ id }) => id)).toEqual(use.sandbox.seed.campaigns.map(({ id }) => id));
		expect(new Set(pairing)).toEqual(new Set([0]));
		expect(output.map(({ status }) => status)).toEqual(
			use.sandbox.seed.campaigns.map(({ status }) => status),
		);
		if (generation === 'live') expectSchema('campaign.getAll', output);
	});
});

describe('Campaign → Get Many', () => {
	const use = useSandbox();

	function addCampaigns(count: number): string[] {
		const { campaigns } = use.sandbox.seed;
		for (let i = campaigns.length; i < count; i++)
			campaigns.push({ ...campaigns[0], id: `camp_${i}` });
		return campaigns.map(({ id }) => id);
	}

	it('reads all pages in their order', async () => {
		const ids = addCampaigns(650);
		const { output } = await getAll(use, { parameters: { returnAll: true } });
		expect(output.map(({ id }) => id)).toEqual(ids);
		expect(use.sandbox.requests.map(({ query }) => query)).toEqual(
			[1, 2, 3, 4, 5, 6, 7].map((page) => ({ page: `${page}`, limit: '100' })),
		);
	});

	it.each([
		[1, [[1, 1]]],
		[50, [[1, 50]]],
		[
			101,
			[
				[1, 100],
				[2, 100],
			],
		],
	])('with a limit of %i asks for no more than it needs', async (limit, pages) => {
		const ids = addCampaigns(300);
		const { output } = await getAll(use, { parameters: { limit } });
		expect(output.map(({ id }) => id)).toEqual(ids.slice(0, limit));
		expect(use.sandbox.requests.map(({ query }) => query)).toEqual(
			pages.map(([page, size]) => ({ page: `${page}`, limit: `${size}` })),
		);
	});

	it('filters by status', async () => {
		const { output } = await getAll(use, { parameters: { filters: { status: 'active' } } });
		expect(new Set(output.map(({ status }) => status))).toEqual(new Set(['started']));
		expect(use.sandbox.requests[0].query).toMatchObject({ status: 'active' });
	});

	it('outputs the raw data if it is not simplified', async () => {
		const { output } = await getAll(use, { parameters: { simple: false, limit: 1 } });
		expect(output[0]).toMatchObject({ linkedInSenderIds: ['sender_alex', 'sender_bianca'] });
	});

	it('runs for each item', async () => {
		const status = '={{ $json.status }}';
		const { output, pairing } = await getAll(use, {
			items: [{ status: 'paused' }, { status: 'finished' }],
			parameters: { limit: 1, filters: { status } },
		});
		expect(output.map((one) => one.status)).toEqual(['paused', 'finished']);
		expect(pairing).toEqual([0, 1]);
	});

	it.each([
		['a status that does not exist', { filters: { status: '={{ "gone" }}' } }, /no Status "gone"/],
		['a limit of 0', { limit: 0 }, /Limit must be a whole number, 1 or more/],
		['a limit that is no number', { limit: '={{ "all" }}' }, /Limit must be a whole number/],
	])('refuses %s before it calls', async (_, parameters, message) => {
		const { error } = await getAll(use, { parameters });
		expect(error).toMatchObject({ message: expect.stringMatching(message), itemIndex: 0 });
		expect(error?.description).not.toBe('');
		expect(use.sandbox.requests).toEqual([]);
	});
});
