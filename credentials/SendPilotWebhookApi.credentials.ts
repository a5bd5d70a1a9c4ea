import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

/**
 * The secret that SendPilot signs one webhook's deliveries with, and the previous one during a rotation.
 * The trigger only checks the format (`nodes/SendPilotTrigger/signingSecret.ts`), because no SendPilot
 * call verifies a webhook secret.
 */
export class SendPilotWebhookApi implements ICredentialType {
	name = 'sendPilotWebhookApi';

	displayName = 'SendPilot Webhook API';

	icon: Icon = { light: 'file:../icons/sendpilot.svg', dark: 'file:../icons/sendpilot.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-sendpilot/n8n-nodes-sendpilot/blob/main/docs/trigger.md#set-it-up';

	properties: INodeProperties[] = [
		{
			displayName: 'Signing Secret',
			name: 'signingSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. whsec_…',
			hint: 'In SendPilot, open Integrations → Webhooks, select your webhook and copy its secret. It is not the API key. To make sure that it is the right secret, click Send Test Event there.',
			description: "The secret that SendPilot signs your webhook's deliveries with",
		},
		{
			displayName: 'Previous Signing Secret',
			name: 'previousSigningSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			hint: 'Needed only while you rotate the secret. For 24 hours, both the old and the new secret are valid: enter the old one here, and clear this field afterwards.',
			description: 'The secret before the last rotation',
		},
	];
}
