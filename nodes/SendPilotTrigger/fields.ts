import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { EVENT_DETAILS, EVENT_TYPES } from '../../sendpilot/contract/event';
import { EVERY_EVENT } from '../../sendpilot/webhook/filter';
import { optionsField } from './options';
import { inOrder } from '../shared/inOrder';

/** In a notice, n8n shows links and bulleted lists only: it drops bold and numbers. */
const SET_UP = `To receive events from SendPilot:<ul>${[
	'Open Webhook URLs above, select Production URL, and click the URL to copy it.',
	'In SendPilot, open Integrations → Webhooks → Add Webhook. Paste the URL and select the same events as below.',
	'SendPilot shows the secret of the webhook. Save it in a SendPilot Webhook API credential below.',
	'Publish this workflow, or activate it in n8n 1.x. Then click Send Test Event in SendPilot.',
]
	.map((step) => `<li>${step}</li>`)
	.join('')}</ul>`;

const NO_CHECK =
	'Anyone who knows the URL can start this workflow with fake events. Use None only for a short test.';

const eventOptions: INodePropertyOptions[] = inOrder(
	EVENT_TYPES.map((value) => ({
		name: EVENT_DETAILS[value].displayName,
		value,
		description: EVENT_DETAILS[value].description,
	})),
	({ name }) => name,
);

/** The fields of the trigger. */
export const triggerFields: INodeProperties[] = [
	{ displayName: SET_UP, name: 'setUpNotice', type: 'notice', default: '' },
	{
		displayName: 'Authentication',
		name: 'authentication',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Signing Secret',
				value: 'signingSecret',
				description: 'Accept only events that SendPilot signed with the secret of your webhook',
			},
			{
				name: 'None',
				value: 'none',
				description: 'Accept any request. Not safe on the open internet.',
			},
		],
		default: 'signingSecret',
		description: 'How to verify that an event comes from SendPilot',
	},
	{
		displayName: NO_CHECK,
		name: 'noAuthenticationNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { authentication: ['none'] } },
	},
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		noDataExpression: true,
		required: true,
		options: [
			{
				name: 'All Events',
				value: EVERY_EVENT,
				description: 'Every event that SendPilot sends, including future event types',
			},
			...eventOptions,
		],
		default: ['message.sent'],
		description:
			'Which events start the workflow. Select the same ones in SendPilot; any others that it sends are ignored.',
	},
	optionsField,
];
