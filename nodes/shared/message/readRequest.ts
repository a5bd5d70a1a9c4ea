import type { IExecuteFunctions } from 'n8n-workflow';
import {
	MESSAGE_MAX_CHARACTERS,
	messageLength,
	sendRequest,
	type SendRequest,
} from '../../../sendpilot/contract/message';
import { readProfileUrl } from '../../../sendpilot/profileUrl';
import { ExplainedError, explanationIn, unreadableField } from '../explanation';
import { AUTOMATIC_SENDER } from '../locators';
import { sendFields } from './fields';
import { notTried } from '../reach/outcome';
import type { ReadResult } from '../reach/reach';
import { PROFILE_URL_EXPLANATIONS } from './profileUrlExplanations';

/**
 * Reads the fields of an item, each once, and turns them into one of the two documented requests.
 *
 * @returns the request, or the failure that says what to fix; never throws
 */
export function readRequest(
	context: IExecuteFunctions,
	itemIndex: number,
): ReadResult<SendRequest> {
	try {
		return { request: sendRequest.parse(assemble((name) => readField(context, name, itemIndex))) };
	} catch (error) {
		return notTried('invalidInput', explanationIn(error));
	}
}

function readField(context: IExecuteFunctions, name: string, itemIndex: number): unknown {
	try {
		return context.getNodeParameter(name, itemIndex, '', { extractValue: true });
	} catch (error) {
		throw unreadableField(sendFields.find((field) => field.name === name)!.displayName, error);
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
			throw new ExplainedError(
				`there is no Recipient "${String(recipient)}"`,
				'Set Recipient to LinkedIn Profile (profile) or SendPilot Lead (lead).',
			);
	}
}

function namedSender(value: unknown): string {
	const sender = id('sender', value);
	if (sender !== AUTOMATIC_SENDER) return sender ?? missing('sender');
	throw new ExplainedError(
		'the Sender is Automatic, which only works for SendPilot leads',
		'Choose a Sender from the list, or set Recipient to SendPilot Lead.',
	);
}

function anySender(value: unknown): string | undefined {
	const sender = id('sender', value);
	return sender === AUTOMATIC_SENDER ? undefined : sender;
}

function profileUrl(value: unknown): string {
	const profile = readProfileUrl(value);
	if (profile.ok) return profile.url;
	const { what, next } = PROFILE_URL_EXPLANATIONS[profile.problem];
	throw new ExplainedError(what, next);
}

function message(value: unknown): string {
	if (typeof value !== 'string' && value !== undefined && value !== null) {
		throw new ExplainedError(
			'the message is not text',
			'Check the expression in Message: it must return text, not an object, list or number.',
		);
	}
	if (!value?.trim()) {
		throw new ExplainedError(
			'the message is empty',
			'Enter the text in Message. If it comes from an expression, check that this item has a value there.',
		);
	}
	const length = messageLength(value);
	if (length <= MESSAGE_MAX_CHARACTERS) return value;
	throw new ExplainedError(
		`the message has ${length} characters, more than the ${MESSAGE_MAX_CHARACTERS} that SendPilot allows`,
		`Shorten Message by at least ${counted(length - MESSAGE_MAX_CHARACTERS)}.`,
	);
}

function counted(characters: number): string {
	return `${characters} character${characters === 1 ? '' : 's'}`;
}

/** What the locators pick, each in a field of that name. */
type Thing = 'sender' | 'campaign' | 'lead';

function fieldFor(thing: Thing): string {
	return thing[0].toUpperCase() + thing.slice(1);
}

/** @returns undefined where the field is empty */
function id(thing: Thing, value: unknown): string | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'string' && typeof value !== 'number') {
		throw new ExplainedError(
			`the ID of the ${thing} is not text`,
			`Check the expression in ${fieldFor(thing)}: it must return the ID itself, not an object or list around it.`,
		);
	}
	return String(value).trim() || undefined;
}

function missing(thing: Thing): never {
	throw new ExplainedError(
		`no ${thing} is chosen`,
		`Choose a ${thing} in ${fieldFor(thing)}, or enter its ID. If it comes from an expression, check that this item has a value there.`,
	);
}

function ifGiven(name: string, value: string | undefined): Record<string, string> {
	return value === undefined ? {} : { [name]: value };
}
