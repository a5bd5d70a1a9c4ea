import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { EVENT_DETAILS, EVENT_TYPES } from '../../sendpilot/contract/event';
import { EVERY_EVENT } from '../../sendpilot/webhook/filter';
import { optionsField } from './options';

const SET_UP =
	'In SendPilot, open <b>Integrations → Webhooks → Add Webhook</b>. ' +
	'<b>1.</b> Paste the production URL of this node as its URL. ' +
	'<b>2.</b> Choose the events, the same as below. ' +
	'<b>3.</b> Copy the secret that SendPilot shows into the SendPilot Webhook API credential above. ' +
	'<b>4.</b> Activate (publish) this workflow, and press Send Test Event in SendPilot. ' +
	'The SendPilot API credential is only needed for lists of campaigns and senders and for lead details.';

const NO_CHECK =
	'<b>Anybody who knows the URL can start this workflow</b> with invented events, in the name of any lead. Choose None only for a short trial.';

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
