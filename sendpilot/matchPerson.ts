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
	/** Whether it can be somebody else: several conversations match, or the name does and the profile URL does not. */
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
	const wanted = plain(name);
	const having = (isIt: (one: Participant) => boolean) =>
		conversations.filter(({ participants }) => participants?.some(isIt));
	const byUrl = slug === undefined ? [] : having((one) => slugOf(one.profileUrl) === slug);
	const byName = wanted === '' ? [] : having((one) => plain(one.name) === wanted);
	const [by, found] =
		byUrl.length > 0 ? (['profileUrl', byUrl] as const) : (['name', byName] as const);
	const isSomebodyElse = (one: Participant) =>
		slug !== undefined && plain(one.name) === wanted && (slugOf(one.profileUrl) ?? slug) !== slug;
	const contradicts = by === 'name' && found.some((one) => one.participants?.some(isSomebodyElse));
	const match: PersonMatch = { by, isAmbiguous: found.length > 1 || contradicts };
	return found.map((conversation) => ({ conversation, match }));
}

type Participant = NonNullable<Conversation['participants']>[number];

function slugOf(url: string | null | undefined): string | undefined {
	const profile = readProfileUrl(url);
	return profile.ok ? profile.slug : undefined;
}

/** Without case, accents and spare spaces. */
function plain(name: string | null | undefined): string {
	return (name ?? '')
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/\s+/g, ' ')
		.trim();
}
