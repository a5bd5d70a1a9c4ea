import { expectSchema, runOperation } from '../sendPilot';
import { byId, useSandbox } from '../support';

describe.each(['live', 'docs'] as const)('Lead → Get (%s)', (generation) => {
	const use = useSandbox({ generation });

	it('outputs the lead with its custom fields, simplified', async () => {
		use.sandbox.seed.leads.find(({ id }) => id === 'lead_jane')!.customLeadStatus = 'INTERESTED';
		const { output } = await runOperation(use.sandbox, 'lead.get', {
			parameters: { leadId: byId('lead_jane') },
		});
		expect(output).toMatchObject([
			{
				...{ id: 'lead_jane', firstName: 'Jane', email: 'jane.doe@example.com' },
				...{ customLeadStatus: 'INTERESTED', data: { topic: 'scaling support' } },
			},
		]);
		expectSchema('lead.get', output);
	});
});

describe('Lead → Get', () => {
	const use = useSandbox();

	it('asks for all fields, for each item, and encodes the ID', async () => {
		const items = ['lead_jane', 'lead/1?x', 'lead_omar'].map((id) => ({ id }));
		use.sandbox.seed.leads.push({ ...use.sandbox.seed.leads[0], id: 'lead/1?x' });
		const { output, pairing } = await runOperation(use.sandbox, 'lead.get', {
			items,
			parameters: { leadId: byId('={{ $json.id }}'), simple: false },
		});
		expect(output.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
		expect(pairing).toEqual([0, 1, 2]);
		expect(output[0]).toMatchObject({ location: 'Lyon, France', campaignId: 'camp_founders' });
		for (const { query } of use.sandbox.requests) expect(query).toEqual({ full: 'true' });
	});

	it('says which lead does not exist, and goes on', async () => {
		const { output, failed } = await runOperation(use.sandbox, 'lead.get', {
			items: [{ id: 'lead_jane' }, { id: 'gone' }, { id: '' }],
			parameters: { leadId: byId('={{ $json.id }}') },
			onError: 'continueErrorOutput',
		});
		expect(output.map(({ id }) => id)).toEqual(['lead_jane']);
		expect(failed).toMatchObject([
			{
				error: expect.stringContaining('Lead not found (HTTP 404)'),
				details: { reason: 'notFound', itemIndex: 1 },
			},
			{ error: 'The field Lead is empty', details: { reason: 'invalidInput', itemIndex: 2 } },
		]);
	});

	it('refuses an answer that cannot be read', async () => {
		use.sandbox.inject({ fault: 'brokenJson', path: '/v1/leads/', times: Infinity });
		const { error } = await runOperation(use.sandbox, 'lead.get', {
			parameters: { leadId: byId('lead_jane') },
		});
		expect(error?.message).toMatch(/does not look like one from SendPilot/);
	});

	it('outputs the fields that an AI agent names', async () => {
		const { output } = await runOperation(use.sandbox, 'lead.get', {
			...{ asTool: true },
			parameters: {
				...{ leadId: byId('lead_omar'), output: 'selectedFields' },
				outputFields: 'status, firstName',
			},
		});
		expect(output).toEqual([{ status: 'REPLY_RECEIVED', firstName: 'Omar' }]);
	});
});
