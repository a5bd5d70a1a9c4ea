import { withoutEnd } from './text';

/** Why a text is not the address of a LinkedIn profile that SendPilot can send to. */
export type ProfileUrlProblem =
	| 'empty'
	| 'notText'
	| 'several'
	| 'unreadable'
	| 'otherSite'
	| 'shortLink'
	| 'company'
	| 'salesNavigator'
	| 'recruiter'
	| 'opaqueId'
	| 'oldPublicProfile'
	| 'otherPage'
	| 'noProfileName'
	| 'noValue'
	| 'ownProfile';

/** The result of {@link readProfileUrl}. */
export type ProfileUrlResult =
	| { ok: true; url: string; slug: string }
	| { ok: false; problem: ProfileUrlProblem };

/** The form that is sent to SendPilot: `https://www.linkedin.com/in/<slug>`. */
const PROFILE_BASE = 'https://www.linkedin.com/in/';

/** The longest address that is read and made, in characters; those of LinkedIn are far shorter. */
const MAX_ADDRESS_CHARACTERS = 2_048;

/** SendPilot stores some addresses percent-encoded twice; three times has never been seen. */
const MAX_DECODINGS = 2;

/** LinkedIn's internal profile ids (`ACoAA…`, `ACwAA…`), too long to be a chosen profile name. */
const OPAQUE_ID = /^AC[ow]AA[\w-]{20,}$/i;

/** What an expression puts into an address in place of a profile name where an item has none; in lower case. */
const NO_VALUE = /^(?:undefined(?:-undefined)*|null(?:-null)*|nan|true|false|\[object object\])$/;

/** LinkedIn shows whoever is signed in under this name. */
const OWN_PROFILE = 'me';

const COMPANY_PAGES = new Set([
	'company',
	'companies',
	'school',
	'showcase',
	'organization',
	'edu',
]);
const RECRUITER_PAGES = new Set(['recruiter', 'talent', 'cap', 'hiring']);

/** Other hosts and paths of the same profile. */
const LINKEDIN_HOST = /^(?:[a-z0-9-]{1,10}\.)?linkedin\.(?:com|cn)$/;
/** The old mobile site, and links in LinkedIn's e-mails. */
const DRESS_PREFIX = /^(?:mwlite|comm)$/i;

/** Characters that no profile name contains. */
const FOREIGN_CHARACTER = /[\p{Cc}\p{Cs}\p{Zs}\p{Zl}\p{Zp}/\\?#<>"|{}^`%@:;,=&+*$!]/u;
/** What ends a name that is percent-encoded together with the text after it. */
const NAME_END = /[/?#]/;
/** Punctuation left at the end of an address that was copied from a sentence. */
const SENTENCE_END = /[.,;!]/;
/** What mail programs and word processors put around an address. */
const OPENING = /^[<("'“‘]+/;
const CLOSING = /[>)"'”’]/;
/** Invisible characters that pasting leaves at the ends, and direction marks anywhere. */
const INVISIBLE = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g;

/**
 * Reads a LinkedIn profile address in any form that people paste (no scheme, `m.` and country
 * subdomains, `in/name` alone, queries, trailing parts, percent-encoding) and normalises it. All forms of one
 * profile give the same address, and the normal form gives itself.
 *
 * Like LinkedIn, it ignores the case of A to Z. Other letters keep theirs, because lower case is not
 * one-to-one for all of them.
 *
 * @param input the value of the field; anything but text is refused
 * @returns the address and its decoded slug, or what is wrong with the text; never throws
 */
export function readProfileUrl(input: unknown): ProfileUrlResult {
	if (typeof input !== 'string')
		return no(input === undefined || input === null ? 'empty' : 'notText');
	const text = unwrap(input);
	if (text === '') return no('empty');
	if (/\[object object\]/i.test(text)) return no('noValue');
	const addresses = text.split(/[\s,;]+/).filter((part) => /linkedin\./i.test(part));
	if (addresses.length > 1) return no('several');
	if (text.length > MAX_ADDRESS_CHARACTERS) return no('unreadable');
	if (OPAQUE_ID.test(text) || /^urn:li:/i.test(text)) return no('opaqueId');

	const path = pathOnLinkedIn(text);
	return typeof path === 'string' ? no(path) : readPath(path);
}

function unwrap(input: string): string {
	const text = input.replace(INVISIBLE, '').trim().replace(OPENING, '');
	return withoutEnd(text, CLOSING).trim();
}

/** @returns the parts of the path, still encoded, or the problem if it is not a LinkedIn address */
function pathOnLinkedIn(text: string): string[] | ProfileUrlProblem {
	const withoutHost = /^\/?(?:in|mwlite|comm|sales|talent|recruiter|company|school|pub)\//i.test(
		text,
	);
	const address = withoutHost
		? `https://www.linkedin.com/${text.replace(/^\/+/, '')}`
		: /^https?:\/\//i.test(text)
			? text
			: `https://${text.replace(/^\/\//, '')}`;
	if (/\s/.test(address)) return 'unreadable';

	let url: URL;
	try {
		url = new URL(address);
	} catch {
		return 'unreadable';
	}
	const host = url.hostname.toLowerCase().replace(/\.$/, '');
	if (url.username || url.password || (url.port && url.port !== '80')) return 'otherSite';
	if (host === 'lnkd.in') return 'shortLink';
	if (!host.includes('.')) return 'unreadable';
	if (!LINKEDIN_HOST.test(host)) return 'otherSite';
	return url.pathname.split('/').filter((part) => part !== '');
}

function readPath(parts: string[]): ProfileUrlResult {
	let rest = parts;
	if (DRESS_PREFIX.test(rest[0] ?? '')) {
		rest = rest.slice(1);
		if (/^profile$/i.test(rest[0] ?? '')) rest = rest.slice(1);
	}
	const [page = '', encodedSlug = '', ...behind] = rest;
	const kind = page.toLowerCase();
	if (kind === 'in') return behind.some(isNewAddress) ? no('several') : readSlug(encodedSlug);
	if (COMPANY_PAGES.has(kind)) return no('company');
	if (kind === 'sales') return no('salesNavigator');
	if (RECRUITER_PAGES.has(kind)) return no('recruiter');
	if (kind === 'pub') return no('oldPublicProfile');
	return no('otherPage');
}

/** An expression may join two addresses into one text; which one is meant cannot be known. */
function isNewAddress(part: string): boolean {
	return /^https?:$/i.test(part) || LINKEDIN_HOST.test(part.toLowerCase());
}

function readSlug(encoded: string): ProfileUrlResult {
	const decoded = decode(encoded);
	if (decoded === undefined) return no('unreadable');
	const slug = withoutEnd(decoded.replace(INVISIBLE, '').trim(), SENTENCE_END)
		.normalize('NFC')
		.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
	if (slug === '') return no('noProfileName');
	if (NO_VALUE.test(slug)) return no('noValue');
	if (slug === OWN_PROFILE) return no('ownProfile');
	if (OPAQUE_ID.test(slug)) return no('opaqueId');
	if (FOREIGN_CHARACTER.test(slug)) return no('unreadable');
	const url = PROFILE_BASE + encode(slug);
	return url.length > MAX_ADDRESS_CHARACTERS ? no('unreadable') : { ok: true, url, slug };
}

function decode(encoded: string): string | undefined {
	let name = encoded;
	for (let round = 0; round < MAX_DECODINGS && name.includes('%'); round++) {
		try {
			name = decodeURIComponent(name).split(NAME_END, 1)[0];
		} catch {
			return undefined;
		}
	}
	return name;
}

/** Also encodes what `encodeURIComponent` leaves, so that no mark at the end looks like a bracket or quote. */
function encode(slug: string): string {
	return encodeURIComponent(slug).replace(
		/['()]/g,
		(mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

function no(problem: ProfileUrlProblem): ProfileUrlResult {
	return { ok: false, problem };
}
