import { LEAD_STATUSES } from '../../../sendpilot/contract/lead';
import { RESOURCES } from '../../../nodes/SendPilot/operations';
import { expectSchema, runOperation, type OperationRun } from '../sendPilot';
import { byId, useSandbox } from '../support';

const FOUNDERS = { campaignId: byId('camp_founders') };

const getAll = async (use: ReturnType<typeof useSandbox>, run?: OperationRun) =>
	await runOperation(use.sandbox, 'lead.getAll', run);

describe.each(['live', 'docs'] as const)('Lead → Get Many (%s)', (generation) => {
	const use = useSandbox({ generation });

	it('outputs each lead as an item, simplified', async () => {
		const { output } = await getAll(use, { parameters: { ...FOUNDERS, returnAll: true } });
		const leads = use.sandbox.seed.leads.filter(({ campaignId }) => campaignId === 'camp_founders');
		expect(output.map(({ id }) => id)).toEqual(leads.map(({ id }) => id));
		expectSchema('lead.getAll', output);
	});
});

describe('Lead → Get Many', () => {
	const use = useSandbox();
	const idsIn = (campaign: string) =>
		use.sandbox.seed.leads.flatMap(({ id, campaignId }) => (campaignId === campaign ? [id] : []));

	it('reads all pages in their order, always with the campaign', async () => {
		const { output } = await getAll(use, {
			parameters: { campaignId: byId('camp_saas'), returnAll: true },
		});
		expect(output.map(({ id }) => id)).toEqual(idsIn('camp_saas'));
		expect(use.sandbox.requests.map(({ query }) => query)).toEqual(
			Array.from({ length: 12 }, (_, index) => ({
				...{ campaignId: 'camp_saas', page: `${index + 1}`, limit: '100' },
			})),
		);
	});

	it('with a limit asks for no more than it needs', async () => {
		const { output } = await getAll(use, {
			parameters: { campaignId: byId('camp_saas'), limit: 20 },
		});
		expect(output.map(({ id }) => id)).toEqual(idsIn('camp_saas').slice(0, 20));
		expect(use.sandbox.requests).toHaveLength(1);
		expect(use.sandbox.requests[0].query).toMatchObject({ page: '1', limit: '20' });
	});

	it('filters by status, in any case', async () => {
		const { output } = await getAll(use, {
			items: [{ status: 'REPLY_RECEIVED' }, { status: 'done' }],
			parameters: {
				...{ campaignId: byId('camp_saas'), limit: 5 },
				filters: { status: '={{ $json.status }}' },
			},
		});
		expect(output.map(({ status }) => status)).toEqual([
			...Array<string>(5).fill('REPLY_RECEIVED'),
			...Array<string>(5).fill('DONE'),
		]);
	});

	it('includes all details only if asked to', async () => {
		const { output } = await getAll(use, {
			parameters: { ...FOUNDERS, limit: 1, options: { full: true } },
		});
		expect(output[0]).toMatchObject({
			email: 'jane.doe@example.com',
			data: { topic: 'scaling support' },
		});
		expect(use.sandbox.requests[0].query).toMatchObject({ full: 'true' });
	});

	it('lists each campaign of the items', async () => {
		const { pairing, output } = await getAll(use, {
			items: [{ id: 'camp_webinar' }, { id: 'camp_next' }, { id: 'camp_agencies' }],
			parameters: { campaignId: byId('={{ $json.id }}') },
		});
		expect(output.map(({ campaignId }) => campaignId)).toEqual([
			...idsIn('camp_webinar').map(() => 'camp_webinar'),
			...idsIn('camp_agencies').map(() => 'camp_agencies'),
		]);
		expect(new Set(pairing)).toEqual(new Set([0, 2]));
	});

	it.each([
		['no campaign', { campaignId: byId('={{ "" }}') }, /Campaign is empty/],
		['a status that does not exist', { filters: { status: '={{ "x" }}' } }, /no Status "x"/],
	])('refuses %s before it calls', async (_, parameters, message) => {
		const { error } = await getAll(use, { parameters: { ...FOUNDERS, ...parameters } });
		expect(error).toMatchObject({ message: expect.stringMatching(message), itemIndex: 0 });
		expect(use.sandbox.requests).toEqual([]);
	});

	it('offers all statuses of the API, in readable names', () => {
		const [{ fields }] = RESOURCES.find(({ value }) => value === 'lead')!.operations.filter(
			({ value }) => value === 'getAll',
		);
		const { options } = fields.find(({ name }) => name === 'filters')!.options![0] as {
			options: Array<{ name: string; value: string }>;
		};
		expect(options.map(({ value }) => value).sort()).toEqual([...LEAD_STATUSES].sort());
		expect(options.map(({ name }) => name)).toEqual(
			expect.arrayContaining(['ICP Not Match', 'Connection Accepted', 'Done']),
		);
	});
});
