import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/**
 * The secret with which SendPilot signs what it sends to one webhook, and the one before it while a
 * rotation lasts. The trigger checks its form (`nodes/SendPilotTrigger/signingSecret.ts`): there is
 * no call that could tell whether it is the right one.
 */
export class SendPilotWebhookApi implements ICredentialType {
	name = 'sendPilotWebhookApi';

	displayName = 'SendPilot Webhook API';

	icon: Icon = { light: 'file:../icons/sendpilot.svg', dark: 'file:../icons/sendpilot.dark.svg' };

	documentationUrl = 'https://docs.sendpilot.ai';

	properties: INodeProperties[] = [
		{
			displayName: 'Signing Secret',
			name: 'signingSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. whsec_…',
			hint: 'In SendPilot, open Integrations → Webhooks, choose your webhook and copy its secret. It is not the API key. Send Test Event in SendPilot proves that it is the right one.',
			description: 'The secret with which SendPilot signs what it sends to your webhook',
		},
		{
			displayName: 'Previous Signing Secret',
			name: 'previousSigningSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			hint: 'Only while you rotate the secret: SendPilot signs with the old and the new one for 24 hours. Put the old one here, and empty the field after that.',
			description: 'The secret before the last rotation',
		},
	];
}
