/** A LinkedIn profile, read from its address. */
export interface Profile {
	/** The name in the address, decoded; without case for public names, as it came for opaque ids. */
	slug: string;
	/** Whether it is an internal id (`ACoAA…`, `ACwAA…`) that SendPilot cannot route a message by. */
	opaque: boolean;
}

/** Long enough that no chosen profile name is taken for one. */
const OPAQUE_ID = /^AC[ow]AA[\w-]{20,}$/;

/**
 * Reads a profile URL in any of its spellings: country subdomain, query, slash, doubly encoded.
 *
 * @returns nothing when the text is not the URL of a LinkedIn profile
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

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
