import { createHash } from 'crypto';
import type { SentMessage } from '../../../../sendpilot/delivery';
import type { Origin } from './origin';
import type { Known } from './rules';
import type { KeyState } from './store';

/** How a person is identified: by SendPilot, by LinkedIn, or both. */
export interface Person {
	leadId?: string;
	/** The normal form of the profile address. */
	profileUrl?: string;
}

/** Whom a message reaches, and with what. */
export interface Recipient {
	person: Person;
	text: string;
	/** The result of the message where its answer is lost. */
	asSent: SentMessage;
}

/** The keys of one message, by what they say; several where the person has two names. */
export type MessageKeys = Record<keyof Known, string[]>;

/**
 * Names what is recorded of a message. A person counts, not an item, because lists change between a crash and
 * a retry.
 *
 * @param kind `message` or `invitation`
 * @param occurrence what tells it from others to the same person in this execution
 */
export function keysOf(
	kind: string,
	{ id, root }: Origin,
	{ person, text }: Recipient,
	occurrence: string,
): MessageKeys {
	const names = namesOf(person);
	const keys = (...parts: string[]) => names.map((name) => JSON.stringify([...parts, kind, name]));
	return {
		execution: keys('execution', id, occurrence),
		message: keys('message', digest(text)),
		person: keys('person'),
		root: root ? keys('root', root.id) : [],
		attempt: root ? keys('attempt', root.id, root.attempt) : [],
	};
}

/** What was found under the keys of a message: the least certain of what was found under each name. */
export function knownOf(keys: MessageKeys, states: ReadonlyMap<string, KeyState>): Known {
	const worst = (group: string[]): KeyState => {
		const found = group.map((key) => states.get(key));
		return found.includes('open') ? 'open' : found.includes('settled') ? 'settled' : 'absent';
	};
	return {
		execution: worst(keys.execution),
		message: worst(keys.message),
		person: worst(keys.person),
		root: worst(keys.root),
		attempt: worst(keys.attempt),
	};
}

/** All names of a person, for keys. */
export function namesOf({ leadId, profileUrl }: Person): string[] {
	return [profileUrl, leadId && `lead ${leadId}`].filter((name) => name !== undefined);
}

/** @returns undefined if the two cannot be compared */
export function isSamePerson(one: Person, other: Person): boolean | undefined {
	if (one.profileUrl && other.profileUrl) return one.profileUrl === other.profileUrl;
	if (one.leadId && other.leadId) return one.leadId === other.leadId;
	return undefined;
}

/** Texts can be long, and keys are kept. */
export function digest(text: string): string {
	return createHash('sha256').update(text).digest('base64url');
}
