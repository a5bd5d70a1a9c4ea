import type { INodeProperties } from 'n8n-workflow';
import { plainName } from '../../../../sendpilot/matchPerson';
import { readProfileUrl, type ProfileUrlProblem } from '../../../../sendpilot/profileUrl';
import { shortened } from '../../../../sendpilot/text';
import { ExplainedError } from '../../explanation';

/** Who must not be reached. */
export interface BlockList {
	/** Of profile URLs. */
	slugs: ReadonlySet<string>;
	/** Names as people wrote them, by what is compared. */
	companies: ReadonlyMap<string, string>;
}

/** @returns whether a list has nobody */
export function isEmptyList({ slugs, companies }: BlockList): boolean {
	return slugs.size + companies.size === 0;
}

/** How much of an entry an error shows, in characters. */
const SHOWN = 80;

/**
 * Reads profile URLs and company names.
 *
 * @param value a text with one entry per line, or a list of entries; empty ones are left out
 * @throws ExplainedError for anything else, and for an address that is not that of a profile
 */
export function readBlockList({ displayName }: INodeProperties, value: unknown): BlockList {
	const slugs = new Set<string>();
	const companies = new Map<string, string>();
	for (const entry of entriesOf(displayName, value)) {
		const profile = readProfileUrl(entry);
		if (profile.ok) slugs.add(profile.slug);
		else if (isCompany(entry, profile.problem)) companies.set(companyKey(entry), entry);
		else {
			throw new ExplainedError(
				`the ${displayName} has "${shortened(entry, SHOWN)}", which is neither the address of a LinkedIn profile nor the name of a company`,
				'Enter addresses such as linkedin.com/in/jane-doe, and companies by their names, one per line.',
			);
		}
	}
	return { slugs, companies };
}

/** Names of companies are no addresses, but can look like those of websites: "Booking.com". */
function isCompany(entry: string, problem: ProfileUrlProblem): boolean {
	const isName = problem === 'unreadable' || problem === 'otherSite';
	return isName && !NO_NAME.test(entry) && companyKey(entry) !== '';
}

/** What is an address all the same, or was left open. */
const NO_NAME = /@|linkedin\.|https?:|\/in\/|\{\{|^(?:undefined|null|NaN|\[object Object\])$/i;

function entriesOf(displayName: string, value: unknown): string[] {
	if (value === null || value === undefined) {
		throw new ExplainedError(
			`the expression in ${displayName} has no result, so the list is not known`,
			`Check the names in it. If the list can be empty, let it return an empty one: [].`,
		);
	}
	const entries: unknown[] = typeof value === 'string' ? value.split('\n') : [value].flat(2);
	return entries
		.filter((entry) => entry !== null && entry !== undefined)
		.map((entry) => {
			if (typeof entry === 'string') return entry.trim();
			throw new ExplainedError(
				`the ${displayName} has an entry that is not text`,
				`Check the expression in ${displayName}: it must return profile URLs and company names, e.g. {{ $('Block list').all().map(item => item.json.entry) }}.`,
			);
		})
		.filter((entry) => entry !== '');
}

/** @returns the entry for a company; undefined if there is none */
export function blockedCompany({ companies }: BlockList, company: string): string | undefined {
	return companies.get(companyKey(company));
}

/** Words behind the name of a company that say nothing about which one it is. */
const LEGAL_FORMS = new Set(
	[
		'inc incorporated ltd limited llc llp plc corp corporation co company pty pvt private',
		'gmbh ug ag kg kgaa ohg ev eg mbh haftungsbeschrankt se sa sas sarl srl spa snc',
		'bv nv ab as asa aps oy oyj ou sp z oo zoo sro kft ltda lda eireli sl slu de cv',
		'uk us usa',
	].flatMap((forms) => forms.split(' ')),
);

/** Without case, accents, punctuation and legal forms. */
function companyKey(company: string): string {
	const words = plainName(company)
		.replace(/[.,'’()/]/g, '')
		.replace(/[^\p{L}\p{N}\p{M}+]+/gu, ' ')
		.trim()
		.split(' ');
	while (words.length > 1 && LEGAL_FORMS.has(words.at(-1)!)) words.pop();
	return words.join(' ');
}
