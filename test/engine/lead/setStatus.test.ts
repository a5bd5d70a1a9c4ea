import { expectSchema, runOperation, type OperationRun } from '../sendPilot';
import { byId, useSandbox, withAnswer } from '../support';

const JANE = { leadId: byId('lead_jane') };
const jane = (use: ReturnType<typeof useSandbox>) =>
	use.sandbox.seed.leads.find(({ id }) => id === 'lead_jane')!;

const setStatus = async (use: ReturnType<typeof useSandbox>, run: OperationRun) =>
	await runOperation(use.sandbox, 'lead.setStatus', run);

describe('Lead → Set Status (live, docs)', () => {
	const use = { live: useSandbox(), docs: useSandbox({ generation: 'docs' }) };

	it('outputs the same fields for both generations of the reply', async () => {
		const parameters = { ...JANE, status: 'MEETING_BOOKED', customLeadStatus: 'INTERESTED' };
		const live = await setStatus(use.live, { parameters });
		const docs = await setStatus(use.docs, { parameters });
		expect(live.output).toEqual([
			{
				...{ success: true, leadId: 'lead_jane', status: 'MEETING_BOOKED' },
				...{ customLeadStatus: 'INTERESTED', previousStatus: null },
				message: expect.stringMatching(/./),
			},
		]);
		expect(docs.output).toMatchObject([
			{ success: true, leadId: 'lead_jane', previousStatus: 'CONNECTION_ACCEPTED' },
		]);
		expectSchema('lead.setStatus', [...live.output, ...docs.output]);
	});
});

describe('Lead → Set Status', () => {
	const use = useSandbox();

	it.each([
		['a status', { status: 'DONE' }, { status: 'DONE' }],
		['a CRM label', { customLeadStatus: 'WRONG_PERSON' }, { customLeadStatus: 'WRONG_PERSON' }],
		[
			'both, with a note',
			{ status: 'IRRELEVANT', customLeadStatus: 'CLOSED', note: 'Moved to a competitor' },
			{ status: 'IRRELEVANT', customLeadStatus: 'CLOSED', note: 'Moved to a competitor' },
		],
		['no blank note', { status: 'DONE', note: ' ' }, { status: 'DONE' }],
		['values in another case', { status: '={{ "done" }}' }, { status: 'DONE' }],
	])('sends %s', async (_, parameters, body) => {
		const { error } = await setStatus(use, { parameters: { ...JANE, ...parameters } });
		expect(error).toBeUndefined();
		expect(use.sandbox.requests).toMatchObject([
			{ method: 'PATCH', path: '/v1/leads/lead_jane/status' },
		]);
		expect(use.sandbox.requests[0].body).toEqual(body);
	});

	it('sets the label of a lead whose status is a failure', async () => {
		jane(use).status = 'FAILED';
		const parameters = { ...JANE, customLeadStatus: 'INTERESTED' };
		const { output } = await setStatus(use, { parameters });
		expect(output).toMatchObject([{ success: true, leadId: 'lead_jane' }]);
	});

	it('makes the changes to one lead in the order of the items, however long each takes', async () => {
		const rule = { fault: 'delay', ms: 30, path: '/v1/leads/lead_jane', after: 1 } as const;
		use.sandbox.inject(rule);
		const statuses = ['DONE', 'OPPORTUNITY', 'MEETING_BOOKED', 'UNSUBSCRIBED'];
		const items = ['lead_omar', 'lead_jane'].flatMap((id) =>
			statuses.map((status) => ({ id, status })),
		);
		const { output, pairing } = await setStatus(use, {
			items,
			parameters: { leadId: byId('={{ $json.id }}'), status: '={{ $json.status }}' },
		});
		expect(output.map(({ status }) => status)).toEqual([...statuses, ...statuses]);
		expect(pairing).toEqual([...items.keys()]);
		expect(jane(use).status).toBe('UNSUBSCRIBED');
	});

	it.each([
		['neither status nor label', {}, /neither a Status nor a CRM Label is chosen/i],
		['a status that only the campaign sets', { status: '={{ "PENDING" }}' }, /no Status "PENDING"/],
		['a label that does not exist', { customLeadStatus: '={{ "HOT" }}' }, /no CRM Label "HOT"/],
		['no lead', { leadId: byId('={{ "" }}'), status: 'DONE' }, /Lead is empty/],
	])('refuses %s before it calls', async (_, parameters, message) => {
		const { error } = await setStatus(use, { parameters: { ...JANE, ...parameters } });
		expect(error).toMatchObject({ message: expect.stringMatching(message), itemIndex: 0 });
		expect(error?.description).not.toBe('');
		expect(use.sandbox.requests).toEqual([]);
	});

	it('passes on what SendPilot says about a lead that does not exist, and goes on', async () => {
		const { output, failed } = await setStatus(use, {
			items: [{ id: 'gone' }, { id: 'lead_jane' }],
			parameters: { leadId: byId('={{ $json.id }}'), status: 'DONE' },
			onError: 'continueErrorOutput',
		});
		expect(output).toMatchObject([{ leadId: 'lead_jane', status: 'DONE' }]);
		expect(failed).toMatchObject([{ details: { reason: 'notFound', itemIndex: 0 } }]);
	});

	it('tries again after an answer that was lost, because that does no harm', async () => {
		use.sandbox.inject({ fault: 'resetAfterDelivery', path: '/v1/leads/', method: 'PATCH' });
		const { output } = await setStatus(use, { parameters: { ...JANE, status: 'OPPORTUNITY' } });
		expect(output).toMatchObject([{ success: true, status: 'OPPORTUNITY' }]);
		expect(use.sandbox.requests).toHaveLength(2);
		expect(jane(use).status).toBe('OPPORTUNITY');
	});

	it('is an error if SendPilot reports no success', async () => {
		use.sandbox.inject({ fault: 'unsuccessful', status: 200, path: '/v1/leads/', method: 'PATCH' });
		const { error } = await setStatus(use, { parameters: { ...JANE, status: 'DONE' } });
		expect(error?.message).toMatch(/LinkedIn did not take the message/);
	});

	describe('answered', () => {
		const parameters = { ...JANE, status: 'DONE', customLeadStatus: 'INTERESTED' };
		const answered = async (answer: object) => {
			const { result } = await withAnswer(
				answer,
				async (settings) => await setStatus(use, { parameters, settings }),
			);
			return result;
		};

		it.each([
			['another lead', { success: true, leadId: 'lead_tom', status: 'DONE' }, 'leadId lead_tom'],
			['another lead, in older replies', { id: 'lead_tom', status: 'DONE' }, 'leadId lead_tom'],
			['another status', { id: 'lead_jane', status: 'PENDING' }, 'status PENDING'],
			['another label', { success: true, customLeadStatus: 'CLOSED' }, 'customLeadStatus CLOSED'],
		])('about %s is an error', async (_what, answer, said) => {
			const { error, output } = await answered(answer);
			expect(error).toMatchObject({
				message: `SendPilot's answer contradicts this change: ${said}`,
				description: expect.stringMatching(/^Check in SendPilot whether it was made\..*no harm/),
			});
			expect(output).toEqual([]);
		});

		it.each([
			['no status', { success: true }],
			['a status that we do not know', { success: true, status: 'Updated' }],
			['a label in the words of SendPilot', { success: true, customLeadStatus: 'Interested' }],
		])('with %s is a success', async (_what, answer) => {
			const { output } = await answered(answer);
			expect(output).toMatchObject([{ success: true, leadId: 'lead_jane' }]);
		});
	});

	it('is a success whatever the label is that was not to change', async () => {
		const answer = { success: true, status: 'DONE', customLeadStatus: 'CLOSED' };
		const { result } = await withAnswer(
			answer,
			async (settings) =>
				await setStatus(use, { parameters: { ...JANE, status: 'DONE' }, settings }),
		);
		expect(result.output).toMatchObject([answer]);
	});
});
