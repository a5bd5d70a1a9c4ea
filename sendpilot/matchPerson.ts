import type { Conversation } from './contract/conversation';
import { readProfileUrl } from './profileUrl';

/** Who is looked for; at least one of the two. */
export interface WantedPerson {
	/** In any form that people paste. */
	profileUrl?: string;
	name?: string;
}

/** What a match rests on. */
export interface PersonMatch {
	by: 'profileUrl' | 'name';
	/**
	 * Whether it can be another conversation: several match, it is a group, or the name matches and the profile URL
	 * does not.
	 */
	isAmbiguous: boolean;
}

/**
 * Finds the conversations with a person. A profile URL decides; but in production conversations have internal URLs,
 * so the name is compared too, without case and accents.
 *
 * @param conversations of one sender
 * @returns those that match by URL; if there are none, those that match by name
 */
export function matchPerson(
	conversations: readonly Conversation[],
	{ profileUrl, name }: WantedPerson,
): Array<{ conversation: Conversation; match: PersonMatch }> {
	const slug = slugOf(profileUrl);
	const wanted = plainName(name);
	const having = (isIt: (one: Participant) => boolean) =>
		conversations.filter(({ participants }) => participants?.some(isIt));
	const byUrl = slug === undefined ? [] : having((one) => slugOf(one.profileUrl) === slug);
	const byName = wanted === '' ? [] : having((one) => plainName(one.name) === wanted);
	const [by, found] =
		byUrl.length > 0 ? (['profileUrl', byUrl] as const) : (['name', byName] as const);
	const isSomebodyElse = (one: Participant) =>
		slug !== undefined &&
		plainName(one.name) === wanted &&
		(slugOf(one.profileUrl) ?? slug) !== slug;
	const contradicts = by === 'name' && found.some((one) => one.participants?.some(isSomebodyElse));
	const isAmbiguous = found.length > 1 || contradicts || found.some(isGroup);
	const match: PersonMatch = { by, isAmbiguous };
	return found.map((conversation) => ({ conversation, match }));
}

type Participant = NonNullable<Conversation['participants']>[number];

/** As far as is known, the sender is none of the participants. */
function isGroup({ participants }: Conversation): boolean {
	return (participants?.length ?? 0) > 1;
}

function slugOf(url: string | null | undefined): string | undefined {
	const profile = readProfileUrl(url);
	return profile.ok ? profile.slug : undefined;
}

/** Accents of Latin, Greek and Cyrillic letters. In other scripts, marks tell names apart. */
const ACCENTS = /[\u0300-\u036f]/g;

/** @returns a name without case, accents and spare spaces, for comparison */
export function plainName(name: string | null | undefined): string {
	return (name ?? '')
		.normalize('NFD')
		.replace(ACCENTS, '')
		.toLowerCase()
		.replace(/\s+/g, ' ')
		.trim();
}

/** Whether all words of one name are in the other, as in "Jane Doe" and "Doe, Jane, PhD". */
export function isSimilarName(one: string, other: string): boolean {
	const [few, many] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.size - b.size);
	return few.size > 0 && [...few].every((word) => many.has(word));
}

function wordsOf(name: string): Set<string> {
	return new Set(plainName(name).match(/[\p{L}\p{N}\p{M}]+/gu));
}
