/** A LinkedIn profile, read from its URL. */
export interface Profile {
	/** The decoded name in the URL; lower case for public names, unchanged for opaque ids. */
	slug: string;
	/** Whether it is an internal id (`ACoAA…`, `ACwAA…`), which SendPilot cannot message. */
	opaque: boolean;
}

/** Long enough that it never matches a custom profile name. */
const OPAQUE_ID = /^AC[ow]AA[\w-]{20,}$/;

/**
 * Reads a profile URL in any of its spellings: country subdomain, query, slash, doubly encoded.
 *
 * @returns undefined if the text is not the URL of a LinkedIn profile
 */
export function readProfileUrl(url: string): Profile | undefined {
	if (!URL.canParse(url)) return undefined;
	const { hostname, pathname } = new URL(url);
	if (hostname !== 'linkedin.com' && !hostname.endsWith('.linkedin.com')) return undefined;
	const encoded = /^\/in\/([^/]+)/.exec(pathname)?.[1];
	if (encoded === undefined) return undefined;
	const name = decoded(decoded(encoded)).split('?', 1)[0] ?? '';
	const opaque = OPAQUE_ID.test(name);
	return { slug: opaque ? name : name.normalize('NFC').toLowerCase(), opaque };
}

/** @returns the public URL of the same profile, in its usual form; a URL of another kind unchanged */
export function publicUrl(url: string): string {
	const slug = readProfileUrl(url)?.slug;
	return slug === undefined ? url : `https://www.linkedin.com/in/${encodeURIComponent(slug)}`;
}

/** @returns the names of a person, as far as the profile URL gives them away: `jane-doe` is Jane and Doe */
export function namesIn(slug: string): string[] {
	return slug
		.split('-')
		.filter(Boolean)
		.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
