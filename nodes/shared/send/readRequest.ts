import type { IExecuteFunctions } from 'n8n-workflow';
import {
	MESSAGE_MAX_CHARACTERS,
	messageLength,
	sendRequest,
	type SendRequest,
} from '../../../sendpilot/contract/message';
import { readProfileUrl } from '../../../sendpilot/profileUrl';
import { AUTOMATIC_SENDER } from '../locators';
import { notTried, type Failure } from './outcome';
import { PROFILE_URL_TEXTS } from './profileUrlText';

/** What an item asks for, or why that cannot be sent. */
export type ReadResult = { request: SendRequest } | { failure: Failure };

/** Thrown while the fields of an item are read; becomes the failure of that item. */
class InputError extends Error {
	constructor(
		readonly what: string,
		readonly next: string,
	) {
		super(what);
	}
}

/**
 * Reads the fields of an item, each once, and makes of them exactly one of the two documented requests.
 *
 * @returns the request, or the failure that says what to correct; never throws
 */
export function readRequest(context: IExecuteFunctions, itemIndex: number): ReadResult {
	try {
		const read = (name: string) =>
			context.getNodeParameter(name, itemIndex, '', { extractValue: true });
		return { request: sendRequest.parse(assemble(read)) };
	} catch (error) {
		if (error instanceof InputError) return notTried('invalidInput', error.what, error.next);
		const said = error instanceof Error ? error.message : String(error);
		return notTried(
			'invalidInput',
			`the fields of the node could not be read: ${said}`,
			'Check the expressions in the fields of the node for this item.',
		);
	}
}

function assemble(read: (name: string) => unknown): unknown {
	const recipient = read('recipient');
	switch (recipient) {
		case 'profile':
			return {
				recipient,
				body: {
					senderId: namedSender(read('senderId')),
					recipientLinkedinUrl: profileUrl(read('recipientLinkedinUrl')),
					message: message(read('message')),
					...ifGiven('campaignId', id('campaign', read('campaignId'))),
					...ifGiven('leadId', id('lead', read('leadId'))),
				},
			};
		case 'lead':
			return {
				recipient,
				body: {
					leadId: id('lead', read('leadId')) ?? missing('lead'),
					message: message(read('message')),
					...ifGiven('senderId', anySender(read('senderId'))),
				},
			};
		default:
			throw new InputError(
				`Recipient is "${String(recipient)}", which does not exist`,
				'Set Recipient to LinkedIn Profile (profile) or SendPilot Lead (lead).',
			);
	}
}

function namedSender(value: unknown): string {
	const sender = id('sender', value);
	if (sender !== AUTOMATIC_SENDER) return sender ?? missing('sender');
	throw new InputError(
		'the sender is Automatic, which SendPilot only offers for its own leads',
		'Choose the sender from the list, or set Recipient to SendPilot Lead.',
	);
}

function anySender(value: unknown): string | undefined {
	const sender = id('sender', value);
	return sender === AUTOMATIC_SENDER ? undefined : sender;
}

function profileUrl(value: unknown): string {
	const profile = readProfileUrl(value);
	if (profile.ok) return profile.url;
	const { what, next } = PROFILE_URL_TEXTS[profile.problem];
	throw new InputError(what, next);
}

function message(value: unknown): string {
	if (typeof value !== 'string' && value !== undefined && value !== null) {
		throw new InputError(
			'the message is not a text',
			'Check the expression: it has to give the text itself, not an object, list or number.',
		);
	}
	if (!value?.trim()) {
		throw new InputError(
			'the message is empty',
			'Write the text of the message. If it comes from an expression, check that this item has a value there.',
		);
	}
	const length = messageLength(value);
	if (length <= MESSAGE_MAX_CHARACTERS) return value;
	throw new InputError(
		`the message has ${length} characters, and SendPilot takes up to ${MESSAGE_MAX_CHARACTERS}`,
		`Shorten it by ${length - MESSAGE_MAX_CHARACTERS} or more.`,
	);
}

/** @returns undefined where the field is empty */
function id(thing: string, value: unknown): string | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'string' && typeof value !== 'number') {
		throw new InputError(
			`the ID of the ${thing} is not a text`,
			'Check the expression: it has to give the ID itself, not an object or list that holds it.',
		);
	}
	return String(value).trim() || undefined;
}

function missing(thing: string): never {
	throw new InputError(
		`no ${thing} is chosen`,
		`Choose the ${thing} from the list, or give its ID. If it comes from an expression, check that this item has a value there.`,
	);
}

function ifGiven(name: string, value: string | undefined): Record<string, string> {
	return value === undefined ? {} : { [name]: value };
}
