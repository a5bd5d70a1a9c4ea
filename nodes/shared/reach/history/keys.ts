import { createHash } from 'crypto';
import type { Sent } from '../../../../sendpilot/delivery';
import type { Origin } from './origin';
import type { Known } from './rules';

/** How a person is identified: by SendPilot, by LinkedIn, or both. */
export interface Person {
	/** For what reaches nobody: its kind. So all searches of an execution count as those of one person. */
	job?: string;
	leadId?: string;
	/** The normal form of the profile address. */
	profileUrl?: string;
}

/** Whom a message or an invitation reaches, and with what. */
export interface Recipient {
	person: Person;
	/** What makes it the same as another to the same person. */
	text: string;
	/** The result where its answer is lost; undefined if nobody can do anything without the answer, as with an ID. */
	asSent: Sent | undefined;
}

/** The keys of one message, by what they say; only those that the run needs. */
export type MessageKeys = Partial<Record<keyof Known, string>> &
	Record<'inExecution' | 'onDay' | 'person', string>;

/**
 * Names what is recorded of a message. A person counts, not an item, because lists change between a crash and
 * a retry.
 *
 * @param kind messages and invitations never meet
 * @param order how many messages of this execution to the person came before: sent (`place`), and at all
 * (`position`); undefined for a tool
 * @param day of the call, in ISO 8601
 */
export function keysOf(
	kind: string,
	{ id, root }: Origin,
	{ person, text }: Recipient,
	order: { place: number; position: number } | undefined,
	day: string,
): MessageKeys {
	const key = (...parts: Array<string | number>) =>
		JSON.stringify([...parts, kind, nameOf(person)]);
	const textDigest = digest(text);
	return {
		inExecution: key('inExecution', id, textDigest),
		...(order && {
			place: key('place', id, order.place),
			position: key('position', id, order.position),
		}),
		onDay: dayKey(kind, { person, text }, day),
		message: key('message', textDigest),
		person: key('person'),
		...(root && {
			root: key('root', root.id),
			attempt: key('attempt', root.id, root.attempt),
		}),
	};
}

/** @returns the key that says that a message was sent on a day, so that an uncertain one is looked for since then */
export function dayKey(
	kind: string,
	{ person, text }: Pick<Recipient, 'person' | 'text'>,
	day: string,
): string {
	return JSON.stringify(['onDay', digest(text), day, kind, nameOf(person)]);
}

/** The keys that are about the execution alone. */
export function aboutExecution({ inExecution, place, position }: MessageKeys): string[] {
	return [inExecution, place, position].filter((key) => key !== undefined);
}

/**
 * The name of a person in keys. A lead that only accompanies a profile is for reporting, and can be anyone.
 */
export function nameOf({ job, leadId, profileUrl }: Person): string {
	return job ?? profileUrl ?? `lead ${leadId}`;
}

/** @returns undefined if the two cannot be compared */
export function isSamePerson(one: Person, other: Person): boolean | undefined {
	if (one.job && other.job) return one.job === other.job;
	if (one.profileUrl && other.profileUrl) return one.profileUrl === other.profileUrl;
	if (one.leadId && other.leadId) return one.leadId === other.leadId;
	return undefined;
}

/** Texts can be long, and keys are kept. */
export function digest(text: string): string {
	return createHash('sha256').update(text).digest('base64url');
}
