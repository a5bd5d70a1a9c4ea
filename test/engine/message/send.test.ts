import { expectSchema, runOperation } from '../sendPilot';
import { byId, changesOf, people, personUrl, run, toLead, toProfile, useSandbox } from '../support';

const use = useSandbox();

describe('Message → Send', () => {
	it('is the same as the node Send LinkedIn Message', async () => {
		const parameters = toProfile();
		const { output } = await runOperation(use.sandbox, 'message.send', {
			...{ parameters, items: people(2) },
		});
		const [first] = changesOf(use.sandbox);
		use.reset();
		const finished = await run(use.sandbox, people(2), { parameters });
		expect(changesOf(use.sandbox)[0].body).toEqual(first.body);
		expect(output).toMatchObject([
			{ recipientLinkedinUrl: personUrl(0), status: 'sent' },
			{ recipientLinkedinUrl: personUrl(1), status: 'sent' },
		]);
		expect(finished.data.resultData.error).toBeUndefined();
	});

	it('outputs what the schema shows', async () => {
		const toAll = toLead({ leadId: byId('lead_jane') });
		const { output } = await runOperation(use.sandbox, 'message.send', { parameters: toAll });
		const campaignId = byId('camp_founders');
		const other = await runOperation(use.sandbox, 'message.send', {
			parameters: toProfile({ recipientLinkedinUrl: personUrl(1), campaignId }),
		});
		// The reply of the sandbox has no conversation.
		const all = [...output, ...other.output].map((item) => ({ ...item, conversationId: 'conv_1' }));
		expectSchema('message.send', all);
	});

	it('has its own history, apart from that of another node', async () => {
		const parameters = toProfile();
		const settings = { parameters, items: people(1) };
		await runOperation(use.sandbox, 'message.send', settings);
		const { output } = await runOperation(use.sandbox, 'message.send', settings);
		expect(output).toMatchObject([{ alreadySent: true }]);
		expect(use.sandbox.delivered).toHaveLength(1);
	});
});
