import type { INodeProperties } from 'n8n-workflow';
import { MESSAGE_MAX_CHARACTERS } from '../../../sendpilot/contract/message';
import { AUTOMATIC_SENDER, campaignLocator, leadLocator, senderLocator } from '../locators';
import { safetyFields } from '../reach/safety/fields';
import { optionsField } from '../reach/settings';
import { MESSAGE_WORDS } from '../reach/peopleWords';
import { withCommas } from '../withCommas';

const forProfile = { show: { recipient: ['profile'] } };
const forLead = { show: { recipient: ['lead'] } };

/** The text of a message. */
export const MESSAGE_FIELD = {
	displayName: 'Message',
	name: 'message',
	type: 'string',
	typeOptions: { rows: 5 },
	required: true,
	default: '',
	placeholder: 'e.g. Hi Jane, thanks for connecting!',
	description: `The text of the message, up to ${withCommas(MESSAGE_MAX_CHARACTERS)} characters. Line breaks and emoji are kept.`,
} satisfies INodeProperties;

/** The fields of a message, for both shapes of `POST /v1/inbox/send`. */
export const sendFields: INodeProperties[] = [
	{
		displayName: 'Recipient',
		name: 'recipient',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'LinkedIn Profile',
				value: 'profile',
				description: 'A person whose LinkedIn profile URL you have, e.g. from your CRM',
			},
			{
				name: 'SendPilot Lead',
				value: 'lead',
				description: 'A person in one of your SendPilot campaigns',
			},
		],
		default: 'profile',
		description: 'How to identify the recipient',
	},
	senderLocator({
		displayName: 'Sender',
		name: 'senderId',
		required: true,
		displayOptions: forProfile,
		description:
			'The LinkedIn account that sends the message. The recipient must be one of its 1st-degree connections.',
	}),
	senderLocator({
		displayName: 'Sender',
		name: 'senderId',
		default: { mode: 'list', value: AUTOMATIC_SENDER, cachedResultName: 'Automatic' },
		displayOptions: forLead,
		hint: "Automatic or empty uses the lead's own sender",
		description: 'The LinkedIn account that sends the message',
	}),
	{
		displayName: 'LinkedIn Profile URL',
		name: 'recipientLinkedinUrl',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://www.linkedin.com/in/jane-doe',
		displayOptions: forProfile,
		description:
			"The address of the recipient's profile page, as your browser shows it. Sales Navigator and Recruiter links do not work.",
	},
	campaignLocator({
		displayName: 'Campaign',
		name: 'campaignId',
		displayOptions: forLead,
		hint: 'Only filters the lead list below',
		description: 'The campaign of the lead. Not needed if you enter the ID of the lead.',
	}),
	leadLocator({
		displayName: 'Lead',
		name: 'leadId',
		required: true,
		displayOptions: forLead,
		description: 'The person who gets the message',
	}),
	MESSAGE_FIELD,
	campaignLocator({
		displayName: 'Campaign',
		name: 'campaignId',
		displayOptions: forProfile,
		hint: 'Optional. Used only for reporting in SendPilot.',
		description: 'The SendPilot campaign that the message belongs to',
	}),
	leadLocator({
		displayName: 'Lead',
		name: 'leadId',
		displayOptions: forProfile,
		hint: 'Optional. Used only for reporting in SendPilot.',
		description: 'The matching SendPilot lead',
	}),
	optionsField(MESSAGE_WORDS),
	...safetyFields(MESSAGE_WORDS),
];
