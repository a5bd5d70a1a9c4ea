import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { MESSAGE_MAX_CHARACTERS, sendToLeadBody } from '../../../sendpilot/contract/message';
import { sendToLead as send, type SendToLeadRequest } from '../../../sendpilot/sendToLead';
import { sentMessage } from '../../../sendpilot/sentMessage';
import { campaignLocator, leadLocator, senderLocator } from '../../shared/locators';
import { safetyFields } from '../../shared/reach/safety/fields';
import type { Reach, ReadResult } from '../../shared/reach/reach';
import {
	id,
	ifGiven,
	missing,
	namedSender,
	readRequest,
	requiredText,
} from '../../shared/reach/requestFields';
import { MESSAGE_FIELD } from '../../shared/message/fields';
import { optionsField } from '../../shared/reach/settings';
import { MESSAGE_WORDS } from '../../shared/reach/peopleWords';
import { reachOperation } from '../../shared/reachOperation';
import { ANY_LEAD, filledIn, readWithPlaceholders } from './placeholders';

const fields: INodeProperties[] = [
	senderLocator({
		displayName: 'Sender',
		name: 'senderId',
		required: true,
		description:
			'The LinkedIn account that sends the message. The lead must be one of its 1st-degree connections.',
	}),
	campaignLocator({
		displayName: 'Campaign',
		name: 'campaignId',
		hint: 'Filters the lead list below, and is used for reporting in SendPilot',
		description: 'The campaign of the lead. Not needed if you enter the ID of the lead.',
	}),
	leadLocator({
		displayName: 'Lead',
		name: 'leadId',
		required: true,
		description: 'The person who gets the message',
	}),
	{
		...MESSAGE_FIELD,
		hint: 'SendPilot fills in {{firstName}} and {{lastName}}, even if n8n shows them as empty',
	},
	optionsField(MESSAGE_WORDS),
	...safetyFields(MESSAGE_WORDS),
];

/** Reaching a lead by a message with SendPilot's own placeholders. */
const messageToLead: Reach<SendToLeadRequest> = {
	kind: 'message',
	words: MESSAGE_WORDS,
	read: readSendToLead,
	senderOf: ({ body }) => body.senderId,
	textOf: ({ body }, lead) => filledIn(body.message, lead ?? ANY_LEAD),
	recipientOf: ({ leadId, body }) => ({
		person: { leadId },
		text: body.message,
		// The message that was sent may have come from another sender.
		asSent: { ...sentMessage({}, { leadId }), senderId: null, campaignId: null },
	}),
	send,
};

function readSendToLead(
	context: IExecuteFunctions,
	itemIndex: number,
): ReadResult<SendToLeadRequest> {
	return readRequest(context, itemIndex, fields, (read) => ({
		leadId: id('lead', read('leadId')) ?? missing('lead'),
		body: sendToLeadBody.parse({
			senderId: namedSender(read('senderId')),
			message: requiredText(
				MESSAGE_FIELD.displayName,
				readWithPlaceholders(context, itemIndex, read, MESSAGE_FIELD),
				MESSAGE_MAX_CHARACTERS,
			),
			...ifGiven('campaignId', id('campaign', read('campaignId'))),
		}),
	}));
}

/** Message → Send to Lead. */
export const sendToLead = reachOperation(messageToLead, {
	value: 'sendToLead',
	name: 'Send to Lead',
	action: 'Send a LinkedIn message to a lead',
	description:
		'Send a LinkedIn message to a lead, with {{firstName}} and {{lastName}} filled in by SendPilot',
	fields,
});
