import type { IAuthenticateGeneric, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/**
 * The key of a SendPilot workspace. Every call carries it in the header `X-API-Key`. The connection
 * test is the nodes' (`nodes/shared/credentialTest.ts`), because only a function can tell a wrong key
 * from a wrong address from a workspace without API access.
 */
export class SendPilotApi implements ICredentialType {
	name = 'sendPilotApi';

	displayName = 'SendPilot API';

	icon: Icon = { light: 'file:../icons/sendpilot.svg', dark: 'file:../icons/sendpilot.dark.svg' };

	documentationUrl = 'https://docs.sendpilot.ai';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. sp_live_…',
			hint: 'In SendPilot, open Integrations → API Keys and create a key. SendPilot shows it only once.',
			description: 'The key of your SendPilot workspace',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.sendpilot.ai',
			hint: 'Change it only to work against the sandbox or a proxy of your own.',
			description: 'Address of the SendPilot API',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: { 'X-API-Key': '={{ $credentials.apiKey.trim() }}' },
		},
	};
}
