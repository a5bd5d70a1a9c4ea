import type { TriggerPanelDefinition } from 'n8n-workflow';

const PRODUCTION =
	'SendPilot sends events to the <b>production URL</b> all the time, and they start the workflow while it is active (published). They show up in the list of executions.';

/** What the panel beside the open node says while there is no event to show. */
export const triggerPanel: TriggerPanelDefinition = {
	header: 'Receive an event from SendPilot',
	executionsHelp: {
		inactive: `<b>To try it:</b> press the button above, enter the <b>test URL</b> in SendPilot under Integrations → Webhooks, and press Send Test Event there. The test URL takes one event, and listens for two minutes.<br /><br /><b>To use it:</b> enter the <b>production URL</b> in SendPilot instead, and activate (publish) the workflow. ${PRODUCTION}`,
		active: `<b>It is live.</b> ${PRODUCTION}<br /><br /><b>To try it here:</b> press the button above, and let SendPilot send a test event to the <b>test URL</b>. The test URL takes one event, and listens for two minutes.`,
	},
	activationHint: {
		inactive:
			'Once the production URL is entered in SendPilot, activate (publish) the workflow: only then do events start it.',
		active: 'Events that SendPilot sends to the production URL start this workflow.',
	},
};
