import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

const HEADER = 'X-API-Key';

/**
 * The API key of a SendPilot workspace, sent with every call in the header `X-API-Key`. The nodes test
 * it (`nodes/shared/credentialTest.ts`), because only a function can distinguish a wrong key, a wrong
 * address and a workspace without API access.
 */
export class SendPilotApi implements ICredentialType {
	name = 'sendPilotApi';

	displayName = 'SendPilot API';

	icon: Icon = { light: 'file:../icons/sendpilot.svg', dark: 'file:../icons/sendpilot.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-sendpilot/n8n-nodes-sendpilot#get-an-api-key';

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
			description: 'The API key of your SendPilot workspace',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.sendpilot.ai',
			hint: 'Change it only to use the sandbox or your own proxy.',
			description: 'The address of the SendPilot API',
		},
	];

	/**
	 * Adds the key to a call, instead of any header of that name in whatever case. The given options stay as
	 * they are, because n8n's HTTP Request node shows them afterwards.
	 *
	 * A function, because n8n takes over a millisecond per call to evaluate an expression here. And a property
	 * rather than a method: n8n copies the properties, and its HTTP Request node offers only credentials that
	 * have this one.
	 */
	authenticate = async (
		{ apiKey }: ICredentialDataDecryptedObject,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const others = Object.entries(options.headers ?? {}).filter(
			([name]) => name.toLowerCase() !== HEADER.toLowerCase(),
		);
		const key = String(apiKey ?? '').trim();
		return { ...options, headers: { ...Object.fromEntries(others), [HEADER]: key } };
	};
}
