import type { IExecuteFunctions } from 'n8n-workflow';
import {
	MESSAGE_MAX_CHARACTERS,
	sendRequest,
	type SendRequest,
} from '../../../sendpilot/contract/message';
import { ExplainedError } from '../explanation';
import type { ReadResult } from '../reach/reach';
import {
	anySender,
	id,
	ifGiven,
	missing,
	namedSender,
	profileUrl,
	readRequest,
	requiredText,
	type ReadField,
} from '../reach/requestFields';
import { sendFields } from './fields';

/** Turns the fields of an item into one of the two documented requests. Never throws. */
export function readSendRequest(
	context: IExecuteFunctions,
	itemIndex: number,
): ReadResult<SendRequest> {
	return readRequest(context, itemIndex, sendFields, (read) => sendRequest.parse(assemble(read)));
}

function assemble(read: ReadField): unknown {
	const recipient = read('recipient');
	switch (recipient) {
		case 'profile':
			return {
				recipient,
				body: {
					senderId: namedSender(read('senderId')),
					recipientLinkedinUrl: profileUrl(read('recipientLinkedinUrl')),
					message: message(read),
					...ifGiven('campaignId', id('campaign', read('campaignId'))),
					...ifGiven('leadId', id('lead', read('leadId'))),
				},
			};
		case 'lead':
			return {
				recipient,
				body: {
					leadId: id('lead', read('leadId')) ?? missing('lead'),
					message: message(read),
					...ifGiven('senderId', anySender(read('senderId'))),
				},
			};
		default:
			throw new ExplainedError(
				`there is no Recipient "${String(recipient)}"`,
				'Set Recipient to LinkedIn Profile (profile) or SendPilot Lead (lead).',
			);
	}
}

function message(read: ReadField): string {
	return requiredText('Message', read('message'), MESSAGE_MAX_CHARACTERS);
}
