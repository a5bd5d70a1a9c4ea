import type { EXTRACTION_URL_TYPES } from '../../../sendpilot/contract/leadExtraction';
import { ExplainedError } from '../../shared/explanation';

type UrlType = (typeof EXTRACTION_URL_TYPES)[number];

/** Also for countries, such as `de.linkedin.com`. */
const HOST = /^(?:[a-z]{2,3}\.)?linkedin\.com$/;

/** The searches that SendPilot can extract, by the paths of their pages. */
const SEARCHES: ReadonlyArray<{ urlType: UrlType; path: RegExp }> = [
	{ urlType: 'linkedin_search', path: /^\/search\/results\/people\/?$/ },
	{ urlType: 'sales_navigator', path: /^\/sales\/search\/people\/?$/ },
];

/** What addresses of searches say beside whom to find. */
const NO_CRITERIA = new Set(['origin', 'page', 'sid', 'trk', 'viewAllFilters']);

/** What is left of a keyword, a list, or a query of Sales Navigator, without any value in it. */
const EMPTY_VALUE =
	/^(?:[\s"[\](),]|filters:List\b|keywords:|spellCorrectionEnabled:(?:true|false)\b)*$/;

const WHICH =
	'Search for people on LinkedIn (linkedin.com/search/results/people/…) or for leads in Sales Navigator (linkedin.com/sales/search/people…), and copy the address from the browser.';

/**
 * Checks the addresses of searches, and finds out which kind they are.
 *
 * @param value text with an address per line, or a list from an expression; commas can be part of an address
 * @throws ExplainedError for an address of anything else, for a search for anybody, for both kinds at once, and if there is none
 */
export function readSearchUrls(value: unknown): { urls: string[]; url_type: UrlType } {
	const given = Array.isArray(value) ? (value as unknown[]) : [value];
	const texts = given.flatMap((one) => (typeof one === 'string' ? one.split(/\s+/) : [one]));
	const found = texts.filter((one) => one !== '' && one !== undefined).map(searchIn);
	const [first] = found;
	if (!first) throw new ExplainedError('the field Search URLs is empty', WHICH);
	if (found.some(({ urlType }) => urlType !== first.urlType)) {
		throw new ExplainedError(
			'the Search URLs are of LinkedIn and of Sales Navigator',
			'SendPilot extracts one kind at a time. Start an extraction for each.',
		);
	}
	return { urls: [...new Set(found.map(({ url }) => url))], url_type: first.urlType };
}

function searchIn(text: unknown): { url: string; urlType: UrlType } {
	const url = webAddress(text);
	const search = SEARCHES.find(
		({ path }) => url && HOST.test(url.hostname) && path.test(url.pathname),
	);
	if (!url || !search) {
		throw new ExplainedError(
			`this is not a LinkedIn or Sales Navigator search for people: ${String(text)}`,
			WHICH,
		);
	}
	if (
		[...url.searchParams].every(([name, value]) => NO_CRITERIA.has(name) || EMPTY_VALUE.test(value))
	) {
		throw new ExplainedError(
			`this search has no keywords and no filters, so it would cost credits for anybody: ${url.href}`,
			'Set some on LinkedIn, and copy the address again. If part of it comes from an expression, check that this item has a value there.',
		);
	}
	return { url: url.href, urlType: search.urlType };
}

/** @returns an address with https, which people can leave out */
function webAddress(text: unknown): URL | undefined {
	if (typeof text !== 'string') return undefined;
	const address = `https://${text.replace(/^https?:\/\//i, '')}`;
	return URL.canParse(address) ? new URL(address) : undefined;
}
