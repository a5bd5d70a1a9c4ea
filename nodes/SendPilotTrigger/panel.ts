import type { TriggerPanelDefinition } from 'n8n-workflow';

const TEST = `<ol>${[
	'Open Webhook URLs in the node, select <b>Test URL</b>, and add this URL in SendPilot under Integrations → Webhooks → Add Webhook.',
	'SendPilot shows the secret of this webhook. Save it in a SendPilot Webhook API credential, and select the credential in the node.',
	'Click <b>Execute step</b>. The test URL takes one event and listens for two minutes.',
	'In SendPilot, click Send Test Event on this webhook.',
]
	.map((step) => `<li>${step}</li>`)
	.join('')}</ol>`;

const OWN_SECRET =
	'Add the <b>production URL</b> as a second webhook in SendPilot. It has its own secret: save it in a second credential, and select that one in the node.';

const WHERE_SHOWN =
	'These executions appear under <a data-key="executions">Executions</a>, not in the editor.';

/** What n8n shows beside the open node until there is an event to show. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Receive events from SendPilot',
	executionsHelp: {
		inactive: `<b>To test the trigger here</b>${TEST}<b>To go live</b><ol><li>${OWN_SECRET}</li><li>Publish the workflow (in n8n 1.x: activate it). From then on, every event starts it. ${WHERE_SHOWN}</li></ol>`,
		active: `<b>The trigger is live.</b> Events that SendPilot sends to the <b>production URL</b> start the workflow. ${WHERE_SHOWN}<br /><br /><b>To test the trigger here</b>${TEST}`,
	},
	activationHint: {
		inactive:
			'Add the production URL in SendPilot, save its secret in the credential, then publish the workflow. Only then do events start it.',
		active: 'Events that SendPilot sends to the production URL start this workflow.',
	},
};
