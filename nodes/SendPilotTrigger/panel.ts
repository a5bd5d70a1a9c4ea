import type { TriggerPanelDefinition } from 'n8n-workflow';

const TEST = section('To test the trigger here', [
	'Open Webhook URLs in the node, select <b>Test URL</b>, and add this URL in SendPilot under Integrations → Webhooks → Add Webhook.',
	'SendPilot shows the secret of this webhook. Save it in a SendPilot Webhook API credential, and select the credential in the node.',
	'Click <b>Execute step</b>. The test URL takes one event and listens for two minutes.',
	'In SendPilot, click Send Test Event on this webhook.',
]);

const WHERE_SHOWN =
	'These executions appear under <a data-key="executions">Executions</a>, not in the editor.';

const GO_LIVE = section('To go live', [
	'Add the <b>production URL</b> as another webhook in SendPilot. It has its own secret: save that in another credential, and select it in the node.',
	`Publish the workflow, or activate it in n8n 1.x. From then on, every event starts it. ${WHERE_SHOWN}`,
]);

const IS_LIVE = `<b>The trigger is live.</b> Events that SendPilot sends to the <b>production URL</b> start the workflow. ${WHERE_SHOWN}`;

const GAP = '<br /><br />';

/** What n8n shows beside the open node until there is an event to show. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Receive events from SendPilot',
	executionsHelp: {
		inactive: `${TEST}${GAP}${GO_LIVE}`,
		active: `${IS_LIVE}${GAP}${TEST}`,
	},
	activationHint: {
		inactive:
			'Add the production URL in SendPilot, save its secret in the credential, then publish the workflow. Only then do events start it.',
		active: 'Events that SendPilot sends to the production URL start this workflow.',
	},
};

/** Steps under a title. n8n would clip the numbers of an HTML list at the edge of the panel. */
function section(title: string, steps: string[]): string {
	return [`<b>${title}</b>`, ...steps.map((step, index) => `${index + 1}. ${step}`)].join('<br />');
}
