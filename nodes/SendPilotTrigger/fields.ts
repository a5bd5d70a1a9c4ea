import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { EVENT_DETAILS, EVENT_TYPES } from '../../sendpilot/contract/event';
import { EVERY_EVENT } from '../../sendpilot/webhook/filter';
import { optionsField } from './options';

/** n8n shows nothing but links and lists in a notice: bold is dropped. */
const SET_UP = `To receive events from SendPilot:<ul>${[
	'Open Webhook URLs above, choose Production URL, and click the URL to copy it.',
	'In SendPilot, open Integrations → Webhooks → Add Webhook. Paste the URL, and choose the same events as below.',
	'Copy the secret that SendPilot shows into a SendPilot Webhook API credential below.',
	'Publish (activate) this workflow, then press Send Test Event in SendPilot.',
]
	.map((step) => `<li>${step}</li>`)
	.join('')}</ul>`;

const NO_CHECK =
	'Anybody who knows the URL can start this workflow with invented events, in the name of any lead. Choose None only for a short trial.';

const eventOptions: INodePropertyOptions[] = EVENT_TYPES.map((value) => ({
	name: EVENT_DETAILS[value].displayName,
	value,
	description: EVENT_DETAILS[value].description,
})).sort((one, other) => one.name.localeCompare(other.name));

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
				description: 'Take only what SendPilot has signed with the secret of your webhook',
			},
			{
				name: 'None',
				value: 'none',
				description: 'Take whatever comes in. Not safe on the open internet.',
			},
		],
		default: 'signingSecret',
		description: 'How to make sure that an event comes from SendPilot',
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
				description: 'Every event that SendPilot sends, also those not known yet',
			},
			...eventOptions,
		],
		default: ['message.sent'],
		description:
			'Which events start the workflow. Choose the same ones in SendPilot; whatever else it sends is received and left alone.',
	},
	optionsField,
];
