import type { INodeProperties } from 'n8n-workflow';
import { plainName } from '../../../../sendpilot/matchPerson';
import { readProfileUrl } from '../../../../sendpilot/profileUrl';
import { shortened } from '../../../../sendpilot/text';
import { ExplainedError } from '../../explanation';

/** Who must not be reached. */
export interface BlockList {
	/** Of profile URLs. */
	slugs: ReadonlySet<string>;
	/** Names as people wrote them, by what is compared. */
	companies: ReadonlyMap<string, string>;
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
		else if (IS_ADDRESS.test(entry)) {
			throw new ExplainedError(
				`the ${displayName} has "${shortened(entry, SHOWN)}", which is not the address of a LinkedIn profile`,
				'Enter addresses such as linkedin.com/in/jane-doe, and companies by their names, one per line.',
			);
		} else companies.set(companyKey(entry), entry);
	}
	return { slugs, companies };
}

const IS_ADDRESS = /linkedin\.com|https?:|\/in\//i;

function entriesOf(displayName: string, value: unknown): string[] {
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

/** What stands behind the name of a company and says nothing about which one it is. */
const LEGAL_FORM =
	/ (?:inc|incorporated|ltd|limited|llc|llp|plc|corp|corporation|co|gmbh|ag|kg|se|sa|sas|sarl|srl|spa|bv|nv|ab|as|oy|aps|sp z oo|sro|pty|pvt)$/;

/** Without case, accents, punctuation and legal form. */
function companyKey(company: string): string {
	const words = plainName(company)
		.replace(/[.,'’()]/g, '')
		.replace(/[^\p{L}\p{N}\p{M}&+]+/gu, ' ')
		.trim();
	return words.replace(LEGAL_FORM, '') || words;
}
