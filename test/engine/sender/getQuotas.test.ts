import { NO_SCOPES_KEY } from '../../../sandbox';
import { expectSchema, runOperation } from '../sendPilot';
import { useSandbox } from '../support';

const use = useSandbox();

describe('Sender → Get Quotas', () => {
	it('outputs what SendPilot says of each sender, whatever its fields', async () => {
		use.sandbox.seed.senders[0].invitationsSentToday = 3;
		const { output } = await runOperation(use.sandbox, 'sender.getQuotas');
		expect(output).toHaveLength(use.sandbox.seed.senders.length);
		expect(output[0]).toMatchObject({ quotas: { invitations: { used: 3 } } });
		expectSchema('sender.getQuotas', output);
	});

	it('names the scope that the key lacks', async () => {
		const sendPilotApi = { apiKey: NO_SCOPES_KEY, baseUrl: use.sandbox.url };
		const { error } = await runOperation(use.sandbox, 'sender.getQuotas', {
			settings: { credentials: { sendPilotApi } },
		});
		expect(error).toMatchObject({
			message: expect.stringMatching(/^The API key lacks a scope: .*senders:read \(HTTP 403\)$/),
			description: expect.stringMatching(/^In SendPilot, create an API key that has this scope/),
		});
	});
});
