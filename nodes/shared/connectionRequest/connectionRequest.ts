import type { IExecuteFunctions } from 'n8n-workflow';
import {
	sendConnectionRequest,
	sentInvitation,
	type ConnectRequest,
} from '../../../sendpilot/connect';
import { connectBody, NOTE_MAX_CHARACTERS } from '../../../sendpilot/contract/connectionRequest';
import { ExplainedError } from '../explanation';
import type { Reach, ReadResult } from '../reach/reach';
import {
	ifGiven,
	namedSender,
	optionalText,
	profileUrl,
	readRequest,
	type ReadField,
} from '../reach/requestFields';
import { INVITATION_WORDS } from '../reach/peopleWords';
import { connectFields, IF_NOTE_NOT_ALLOWED } from './fields';

/** Reaching a person by an invitation to connect. */
export const connectionRequest: Reach<ConnectRequest> = {
	kind: 'invitation',
	words: INVITATION_WORDS,
	read: readConnectRequest,
	senderOf: ({ body }) => body.senderId,
	recipientOf: ({ body }) => ({
		person: { profileUrl: body.recipientLinkedinUrl },
		// With another note it is the same invitation, from another sender it is not.
		text: body.senderId,
		// The invitation that was sent may have come from another sender.
		asSent: { ...sentInvitation({}, body), senderId: null, noteSent: null },
	}),
	textOf: ({ body }) => body.message,
	send: sendConnectionRequest,
};

function readConnectRequest(
	context: IExecuteFunctions,
	itemIndex: number,
): ReadResult<ConnectRequest> {
	return readRequest(context, itemIndex, connectFields, (read) => ({
		body: connectBody.parse({
			senderId: namedSender(read('senderId')),
			recipientLinkedinUrl: profileUrl(read('recipientLinkedinUrl')),
			...ifGiven('message', optionalText('Note', read('note'), NOTE_MAX_CHARACTERS)),
		}),
		mayDropNote: mayDropNote(read),
	}));
}

function mayDropNote(read: ReadField): boolean {
	const { name, displayName, options } = IF_NOTE_NOT_ALLOWED;
	const value = read(`options.${name}`) || IF_NOTE_NOT_ALLOWED.default;
	if (options.some((option) => option.value === value)) return value === 'sendWithoutNote';
	throw new ExplainedError(
		`there is no ${displayName} "${String(value)}"`,
		`Choose one of these in ${displayName}: ${options.map((option) => option.value).join(', ')}.`,
	);
}
