import { NO_SCOPES_KEY } from '../../../sandbox';
import { expectSchema, runOperation } from '../sendPilot';
import { useSandbox } from '../support';

const use = useSandbox();

describe('Account → Get Workspace', () => {
	it('outputs what SendPilot says of the key and its workspace', async () => {
		const { output } = await runOperation(use.sandbox, 'account.getWorkspace');
		expect(output).toMatchObject([{ workspace: { name: 'Sandbox' }, missingScopes: [] }]);
		expectSchema('account.getWorkspace', output);
	});

	it('never outputs the key itself', async () => {
		const { output } = await runOperation(use.sandbox, 'account.getWorkspace');
		expect(output).toMatchObject([{ apiKey: { key: '[API key]' } }]);
		expect(JSON.stringify(output)).not.toContain(use.sandbox.apiKey);
	});

	it('names the scope that the key lacks', async () => {
		const sendPilotApi = { apiKey: NO_SCOPES_KEY, baseUrl: use.sandbox.url };
		const { error } = await runOperation(use.sandbox, 'account.getWorkspace', {
			settings: { credentials: { sendPilotApi } },
		});
		expect(error).toMatchObject({
			message: expect.stringMatching(/^The API key lacks a scope: .*workspace:read \(HTTP 403\)$/),
			description: expect.stringMatching(/^In SendPilot, create an API key that has this scope/),
		});
	});
});
