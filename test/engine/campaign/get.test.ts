import { expectSchema, runOperation } from '../sendPilot';
import { byId, useSandbox } from '../support';

const BY_ITEM = { campaignId: byId('={{ $json.id }}') };

describe.each(['live', 'docs'] as const)('Campaign → Get (%s)', (generation) => {
	const use = useSandbox({ generation });

	it('outputs the campaign, with its counters in today’s names', async () => {
		const { output } = await runOperation(use.sandbox, 'campaign.get', {
			parameters: { campaignId: byId('camp_founders') },
		});
		expect(output).toMatchObject([
			{ id: 'camp_founders', name: 'Founders in Europe', status: 'started', repliesReceived: 1 },
		]);
		expectSchema('campaign.get', output);
	});
});

describe('Campaign → Get', () => {
	const use = useSandbox();

	it('reads one campaign per item, and encodes its ID', async () => {
		const items = ['camp_webinar', 'camp/1?x', 'camp_agencies'].map((id) => ({ id }));
		use.sandbox.seed.campaigns.push({ ...use.sandbox.seed.campaigns[0], id: 'camp/1?x' });
		const { output, pairing } = await runOperation(use.sandbox, 'campaign.get', {
			items,
			parameters: BY_ITEM,
		});
		expect(output.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
		expect(pairing).toEqual([0, 1, 2]);
	});

	it('stops at the first campaign that does not exist', async () => {
		const items = ['camp_webinar', 'gone', 'camp_agencies'].map((id) => ({ id }));
		const { error } = await runOperation(use.sandbox, 'campaign.get', {
			items,
			parameters: BY_ITEM,
		});
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: expect.stringContaining('Campaign not found (HTTP 404)'),
			itemIndex: 1,
		});
	});

	it('with an error output goes on, and says what is wrong with which item', async () => {
		const items = [{ id: 'camp_webinar' }, { id: 'gone', crm: 7 }, { id: '' }];
		const { output, failed } = await runOperation(use.sandbox, 'campaign.get', {
			...{ items, parameters: BY_ITEM, onError: 'continueErrorOutput' },
		});
		expect(output.map(({ id }) => id)).toEqual(['camp_webinar']);
		expect(failed).toMatchObject([
			{ crm: 7, details: { reason: 'notFound', httpStatus: 404, itemIndex: 1 } },
			{
				error: 'The field Campaign is empty',
				details: { reason: 'invalidInput', itemIndex: 2 },
			},
		]);
	});

	it('outputs everything, or the fields it names, to an AI agent', async () => {
		const campaignId = byId('camp_founders');
		const tool = async (parameters: object) =>
			(
				await runOperation(use.sandbox, 'campaign.get', {
					parameters: { campaignId, ...parameters },
					asTool: true,
				})
			).output;
		expect(Object.keys((await tool({}))[0])).toHaveLength(9);
		expect((await tool({ output: 'raw' }))[0]).toHaveProperty('linkedInSenderIds');
		expect(await tool({ output: 'selectedFields', outputFields: 'status, name' })).toEqual([
			{ status: 'started', name: 'Founders in Europe' },
		]);
	});
});
