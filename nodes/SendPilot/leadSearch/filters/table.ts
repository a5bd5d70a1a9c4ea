import {
	CHOICE_FILTERS,
	CHOICE_LIST_FILTERS,
	CODE_FILTERS,
	COMPANY_SIZES,
	DATE_FILTERS,
	FILTER_ALIASES,
	FLAG_FILTERS,
	leadSearchFilters,
	maximumOf,
	minimumOf,
	RANGE_FILTERS,
	RANGE_MAXIMUM,
	TEXT_FILTERS,
	type RangeFilter,
} from '../../../../sendpilot/contract/leadSearchFilters';
import { titleOf } from '../../../shared/titleOf';

/** What a filter takes. */
export type FilterKind =
	| { type: 'texts' | 'codes' | 'text' | 'domains' | 'day' | 'flag' }
	| { type: 'choices' | 'choice'; values: ReadonlyArray<{ name: string; value: string | number }> }
	| { type: 'number'; max: number | undefined };

/** What a field says about a filter, where its name in the API does not say it. */
interface FilterText {
	displayName?: string;
	placeholder?: string;
	description?: string;
}

/** Filters that are shown together. */
interface FilterGroup {
	displayName: string;
	/** In saved workflows, so it never changes. */
	name: string;
	/** By their names in the API; a range is there by its name without `min_` and `max_`. */
	filters: Readonly<Record<string, FilterText>>;
}

const SPELLINGS: Readonly<Record<string, string>> = { naics: 'NAICS', sic: 'SIC', per: 'per' };

const COUNTRY = { placeholder: 'e.g. Germany' };

/** Every filter of the contract, but those that exclude: they are all in a group of their own. */
const INCLUDING: readonly FilterGroup[] = [
	{
		displayName: 'People',
		name: 'people',
		filters: {
			job_titles: { placeholder: 'e.g. CTO, Head of Engineering' },
			job_title_match_mode: { description: 'How close a job title must be to Job Titles' },
			job_title_smart_mode: {
				description: 'How strict the match mode Smart is. Only for that mode.',
			},
			seniority_levels: {},
			member_department: { displayName: 'Departments', placeholder: 'e.g. Engineering' },
			locations: COUNTRY,
			keywords: { placeholder: 'e.g. kubernetes' },
			member_full_name: { displayName: 'Full Name', placeholder: 'e.g. Jane Doe' },
			member_description: { displayName: 'Profile Texts', placeholder: 'e.g. open source' },
			member_skills: { displayName: 'Skills', placeholder: 'e.g. Python' },
			member_certifications: { displayName: 'Certifications', placeholder: 'e.g. PMP' },
			member_linkedin_username: {
				displayName: 'LinkedIn Usernames',
				placeholder: 'e.g. jane-doe',
				description: 'What comes after linkedin.com/in/ in the profile URL',
			},
			job_duration_months: { displayName: 'Months in Job' },
			total_experience_duration_months: { displayName: 'Months of Experience' },
		},
	},
	{
		displayName: 'Company',
		name: 'company',
		filters: {
			companies: { placeholder: 'e.g. Acme' },
			company_linkedin_username: {
				displayName: 'LinkedIn Usernames',
				placeholder: 'e.g. acme',
				description: 'What comes after linkedin.com/company/ in the address of the page',
			},
			bulk_domains: { displayName: 'Domains', placeholder: 'e.g. acme.com' },
			industries: {
				placeholder: 'e.g. Software Development',
				description: "Lead Search: Get Filters with the filter industries lists SendPilot's",
			},
			is_mapped_industries_strict: {
				displayName: 'Strict Industries',
				description: 'Whether to find only companies that are exactly in one of the Industries',
			},
			company_sizes: { description: 'In employees' },
			company_type: { displayName: 'Company Types' },
			ownership_status: { displayName: 'Ownership' },
			hq_location: { displayName: 'Headquarters', ...COUNTRY },
			naics_codes: { placeholder: 'e.g. 541511' },
			sic_codes: { placeholder: 'e.g. 7371' },
			technologies_used: { placeholder: 'e.g. Salesforce' },
			top_topics: { placeholder: 'e.g. data privacy' },
			revenue_annual: { displayName: 'Annual Revenue' },
			company_employee_reviews_aggregate_score: { displayName: 'Employee Review Score' },
		},
	},
	{
		displayName: 'Job Postings',
		name: 'jobPostings',
		filters: {
			job_posting_title: { displayName: 'Titles', placeholder: 'e.g. Sales Manager' },
			job_posting_location: { displayName: 'Locations', ...COUNTRY },
			job_posting_seniority: { displayName: 'Seniority' },
			job_posting_type: { displayName: 'Types' },
			job_posting_start_date: { displayName: 'Posted From' },
			job_posting_end_date: { displayName: 'Posted Until' },
		},
	},
	{
		displayName: 'Funding',
		name: 'funding',
		filters: {
			last_funding_round_name: { displayName: 'Last Rounds' },
			last_funding_round_amount_raised: { displayName: 'Amount Raised in Last Round' },
			acquired_start_date: { displayName: 'Acquired From' },
			acquired_end_date: { displayName: 'Acquired Until' },
			ipo_start_date: { displayName: 'IPO From' },
			ipo_end_date: { displayName: 'IPO Until' },
		},
	},
	{
		displayName: 'Website',
		name: 'website',
		filters: {
			total_website_visits_monthly: { displayName: 'Visits per Month' },
			average_visit_duration_seconds: { displayName: 'Seconds per Visit' },
			pages_per_visit: {},
			bounce_rate: { displayName: 'Bounce Rate (Percent)' },
			rank_global: { displayName: 'Global Rank' },
			rank_country: { displayName: 'Country Rank' },
			rank_category: { displayName: 'Category Rank' },
			demo_available: { description: 'Whether the company offers a demo' },
			documentation_exist: {
				displayName: 'Documentation Available',
				description: 'Whether the company publishes documentation',
			},
			free_trial_available: { description: 'Whether the company offers a free trial' },
			is_downloadable: {
				displayName: 'Downloadable Product',
				description: 'Whether the product can be downloaded',
			},
			mobile_apps_exist: {
				displayName: 'Mobile Apps Available',
				description: 'Whether the company has mobile apps',
			},
			online_reviews_exist: {
				displayName: 'Online Reviews Available',
				description: 'Whether there are online reviews of the company',
			},
			pricing_available: { description: 'Whether the company publishes its prices' },
		},
	},
];

const EXCLUDED = 'excluded_';

/** Names alone do not say it here. */
const EXCLUDING_TEXTS: Readonly<Record<string, FilterText>> = {
	company_linkedin_username: { displayName: 'Company LinkedIn Usernames' },
	job_posting_functions: { displayName: 'Job Posting Functions', placeholder: 'e.g. Sales' },
	job_posting_location: { displayName: 'Job Posting Locations' },
	job_posting_title: { displayName: 'Job Posting Titles' },
};

/** The names of all filters, without the older ones. */
const NAMES = Object.keys(leadSearchFilters.innerType().shape).filter(
	(name) => !Object.hasOwn(FILTER_ALIASES, name),
);

/** All filters, in the groups that the user sees. */
export const FILTER_GROUPS: readonly FilterGroup[] = [
	...INCLUDING,
	{
		displayName: 'Exclude',
		name: 'exclude',
		filters: Object.fromEntries(
			NAMES.filter((name) => name.startsWith(EXCLUDED)).map((name) => {
				const base = name.slice(EXCLUDED.length);
				const same = INCLUDING.map(({ filters }) => filters[base]).find(Boolean);
				const displayName = titleOf(base, SPELLINGS);
				return [name, { displayName, ...same, ...EXCLUDING_TEXTS[base] }];
			}),
		),
	},
];

/** A filter as the user sets it. */
export interface Filter {
	/** In the API. */
	name: string;
	displayName: string;
	kind: FilterKind;
	placeholder: string | undefined;
	description: string | undefined;
}

/** @returns the filters of a group, a range as two */
export function filtersOf({ filters }: FilterGroup): Filter[] {
	return Object.entries(filters).flatMap(([name, text]) => {
		const { displayName = titleOf(name, SPELLINGS), placeholder, description } = text;
		if (!isRange(name)) {
			return [{ name, displayName, kind: kindOf(name), placeholder, description }];
		}
		const kind: FilterKind = { type: 'number', max: RANGE_MAXIMUM[name] };
		const shared = { kind, placeholder, description };
		return [
			{ ...shared, name: minimumOf(name), displayName: `Min ${displayName}` },
			{ ...shared, name: maximumOf(name), displayName: `Max ${displayName}` },
		];
	});
}

/** Pairs of filters of which the first must not be more, or later, than the second. */
export const FILTER_PAIRS: ReadonlyArray<readonly [from: string, to: string]> = [
	...RANGE_FILTERS.map((name) => [minimumOf(name), maximumOf(name)] as const),
	...DATE_FILTERS.filter((name) => name.endsWith('_start_date')).map(
		(name) => [name, name.replace('_start_', '_end_')] as const,
	),
];

function isRange(name: string): name is RangeFilter {
	return (RANGE_FILTERS as readonly string[]).includes(name);
}

function kindOf(name: string): FilterKind {
	const isIn = (names: readonly string[]) => names.includes(name);
	if (name === `${EXCLUDED}company_sizes`) {
		// These are counted from 1.
		const values = COMPANY_SIZES.map((size, index) => ({ name: size, value: index + 1 }));
		return { type: 'choices', values };
	}
	const { [name]: choices } = CHOICE_LIST_FILTERS as Readonly<Record<string, readonly string[]>>;
	if (choices) return { type: 'choices', values: choices.map(asOption) };
	const { [name]: modes } = CHOICE_FILTERS as Readonly<Record<string, readonly string[]>>;
	if (modes) return { type: 'choice', values: modes.map(asMode) };
	if (isIn(CODE_FILTERS)) return { type: 'codes' };
	if (name.endsWith('bulk_domains')) return { type: 'domains' };
	if (isIn(TEXT_FILTERS)) return { type: 'text' };
	if (isIn(DATE_FILTERS)) return { type: 'day' };
	if (isIn(FLAG_FILTERS)) return { type: 'flag' };
	return { type: 'texts' };
}

function asOption(value: string) {
	return { name: value, value };
}

function asMode(value: string) {
	return { name: titleOf(value, SPELLINGS), value };
}
