import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { messageLength } from '../../../sendpilot/contract/message';
import { readProfileUrl } from '../../../sendpilot/profileUrl';
import { ExplainedError, explanationIn } from '../explanation';
import { fieldAt } from '../itemFields';
import { AUTOMATIC_SENDER } from '../locators';
import { PROFILE_URL_EXPLANATIONS } from '../profileUrlExplanations';
import { readField } from '../readField';
import type { ReadResult } from './reach';

/** Gets the value of a field by its name, or by its path for one in a collection. */
export type ReadField = (name: string) => unknown;

/**
 * Reads the fields of an item, each once, and makes a request of them.
 *
 * @param fields for the names that the user sees
 * @param make throws an ExplainedError for a field that cannot be used
 * @returns the request, or what to fix; never throws
 */
export function readRequest<Request>(
	context: IExecuteFunctions,
	itemIndex: number,
	fields: readonly INodeProperties[],
	make: (read: ReadField) => Request,
): ReadResult<Request> {
	const read: ReadField = (name) => readField(context, itemIndex, fieldAt(fields, name), name, '');
	try {
		return { request: make(read) };
	} catch (error) {
		return { invalid: explanationIn(error) };
	}
}

/** @returns the sender that is chosen; SendPilot cannot choose one */
export function namedSender(value: unknown): string {
	const sender = id('sender', value);
	if (sender !== AUTOMATIC_SENDER) return sender ?? missing('sender');
	throw new ExplainedError(
		'the Sender is Automatic, which only works for a message whose Recipient is a SendPilot Lead',
		'Choose a Sender from the list.',
	);
}

/** @returns undefined if SendPilot chooses the sender */
export function anySender(value: unknown): string | undefined {
	const sender = id('sender', value);
	return sender === AUTOMATIC_SENDER ? undefined : sender;
}

/** @returns the normal form of a profile address */
export function profileUrl(value: unknown): string {
	const profile = readProfileUrl(value);
	if (profile.ok) return profile.url;
	const { what, next } = PROFILE_URL_EXPLANATIONS[profile.problem];
	throw new ExplainedError(what, next);
}

/**
 * @param field the name that the user sees: `Message`
 * @param max in characters
 * @returns a text that is not blank and not too long
 */
export function requiredText(field: string, value: unknown, max: number): string {
	const text = optionalText(field, value, max);
	if (text !== undefined) return text;
	throw new ExplainedError(
		`the ${field.toLowerCase()} is empty`,
		`Enter the text in ${field}. If it comes from an expression, check that this item has a value there.`,
	);
}

/** Like {@link requiredText}. @returns undefined for a blank text */
export function optionalText(field: string, value: unknown, max: number): string | undefined {
	const name = field.toLowerCase();
	if (typeof value !== 'string' && value !== undefined && value !== null) {
		throw new ExplainedError(
			`the ${name} is not text`,
			`Check the expression in ${field}: it must return text, not an object, list or number.`,
		);
	}
	if (!value?.trim()) return undefined;
	const length = messageLength(value);
	if (length <= max) return value;
	throw new ExplainedError(
		`the ${name} has ${length} characters, more than the ${max} that SendPilot allows`,
		`Shorten ${field} by at least ${counted(length - max)}.`,
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
export function id(thing: Thing, value: unknown): string | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'string' && typeof value !== 'number') {
		throw new ExplainedError(
			`the ID of the ${thing} is not text`,
			`Check the expression in ${fieldFor(thing)}: it must return the ID itself, not an object or list around it.`,
		);
	}
	return String(value).trim() || undefined;
}

/** The error for a locator that must not be empty. */
export function missing(thing: Thing): never {
	throw new ExplainedError(
		`no ${thing} is chosen`,
		`Choose a ${thing} in ${fieldFor(thing)}, or enter its ID. If it comes from an expression, check that this item has a value there.`,
	);
}

/** A field of a request that is left out if it is empty. */
export function ifGiven(name: string, value: string | undefined): Record<string, string> {
	return value === undefined ? {} : { [name]: value };
}
