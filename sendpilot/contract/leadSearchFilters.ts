import { z } from 'zod';

/** Filters that take a list of texts; each has a twin that excludes, see {@link excluding}. */
export const TEXT_LIST_FILTERS = [
	'job_titles',
	'locations',
	'companies',
	'company_linkedin_username',
	'industries',
	'keywords',
	'hq_location',
	'member_department',
	'member_description',
	'member_certifications',
	'member_skills',
	'member_linkedin_username',
	'technologies_used',
	'top_topics',
	'job_posting_title',
	'job_posting_location',
] as const;

/** Filters that take a list of texts, and only exclude. */
export const EXCLUDING_FILTERS = [
	'excluded_job_posting_functions',
	'excluded_naics_codes',
	'excluded_sic_codes',
] as const;

/** Older names of filters, and the name of each that we use. Never send both with different values. */
export const FILTER_ALIASES = {
	experimental_industries: 'industries',
	experimental_member_department: 'member_department',
	excluded_experimental_industries: 'excluded_industries',
	excluded_experimental_department: 'excluded_member_department',
} as const;

/** The sizes of companies, in employees. */
export const COMPANY_SIZES = [
	'1',
	'2-10',
	'11-50',
	'51-200',
	'201-500',
	'501-1000',
	'1001-5000',
	'5001-10000',
	'10001+',
] as const;

const COMPANY_TYPES = [
	'Privately Held',
	'Public Company',
	'Self-Owned',
	'Partnership',
	'Self-Employed',
	'Nonprofit',
	'Educational',
	'Government Agency',
] as const;

const SENIORITY_LEVELS = [
	'Specialist',
	'Manager',
	'Owner',
	'Founder',
	'President/Vice President',
	'Director',
	'Senior',
	'Head',
	'C-Level',
	'Partner',
	'Intern',
] as const;

/** Filters that take a list of these values. */
export const CHOICE_LIST_FILTERS = {
	company_sizes: COMPANY_SIZES,
	company_type: COMPANY_TYPES,
	excluded_company_type: COMPANY_TYPES,
	seniority_levels: SENIORITY_LEVELS,
	excluded_seniority_levels: SENIORITY_LEVELS,
	job_posting_seniority: [
		'Entry level',
		'Internship',
		'Associate',
		'Mid-Senior level',
		'Director',
		'Executive',
		'Not Applicable',
	],
	job_posting_type: [
		'Full-time',
		'Part-time',
		'Contract',
		'Internship',
		'Volunteer',
		'Temporary',
		'Other',
	],
	ownership_status: [
		'Private',
		'Public',
		'Investment Company',
		'NGO/NPO/NFP/Organization/Association',
		'Government',
		'Product/Brand/Service',
		'SPAC',
	],
	last_funding_round_name: [
		'Pre Seed Round',
		'Seed Round',
		'Angel Round',
		'Venture Round',
		'Series A',
		'Series B',
		'Series C',
		'Series D',
		'Series E',
		'Series F',
		'Series G',
		'Series H',
		'Grant',
		'Non Equity Assistance',
		'Private Equity Round',
		'Debt Financing',
		'Convertible Note',
		'Corporate Round',
		'Funding Round',
		'Equity Crowdfunding',
		'Product Crowdfunding',
		'Initial Coin Offering',
		'Secondary Market',
		'Post-IPO Equity',
		'Post-IPO Debt',
		'Post-IPO Secondary',
	],
} as const;

/** Filters that take one of these values. */
export const CHOICE_FILTERS = {
	/** Without it the provider uses `contains`. */
	job_title_match_mode: ['exact', 'contains', 'smart'],
	job_title_smart_mode: ['loose', 'normal', 'strict'],
} as const;

/** Filters that take industry codes with their labels; only the code counts. */
export const CODE_FILTERS = ['naics_codes', 'sic_codes'] as const;

/** Filters that take one text. The two about domains take several, separated by commas or lines. */
export const TEXT_FILTERS = ['member_full_name', 'bulk_domains', 'excluded_bulk_domains'] as const;

/** Filters that take a day, written `dd/mm/yyyy`. */
export const DATE_FILTERS = [
	'acquired_start_date',
	'acquired_end_date',
	'ipo_start_date',
	'ipo_end_date',
	'job_posting_start_date',
	'job_posting_end_date',
] as const;

/** Filters that are on or off. */
export const FLAG_FILTERS = [
	'demo_available',
	'documentation_exist',
	'free_trial_available',
	'is_downloadable',
	'is_mapped_industries_strict',
	'mobile_apps_exist',
	'online_reviews_exist',
	'pricing_available',
] as const;

/** Numbers that a filter can limit from below (`min_`) and above (`max_`): whole, and at least 0. */
export const RANGE_FILTERS = [
	'average_visit_duration_seconds',
	'bounce_rate',
	'company_employee_reviews_aggregate_score',
	'job_duration_months',
	'last_funding_round_amount_raised',
	'pages_per_visit',
	'rank_category',
	'rank_country',
	'rank_global',
	'revenue_annual',
	'total_experience_duration_months',
	'total_website_visits_monthly',
] as const;

/** The highest value of a {@link RANGE_FILTERS} that has one. */
export const RANGE_MAXIMUM: Readonly<Partial<Record<RangeFilter, number>>> = {
	/** In percent. */
	bounce_rate: 100,
};

/** See {@link RANGE_FILTERS}. */
export type RangeFilter = (typeof RANGE_FILTERS)[number];

/** @returns the name of the filter that excludes what this one finds */
export function excluding<Name extends (typeof TEXT_LIST_FILTERS)[number]>(
	name: Name,
): `excluded_${Name}` {
	return `excluded_${name}`;
}

/** @returns the name of the filter for the lower end of a range */
export function minimumOf<Name extends RangeFilter>(name: Name): `min_${Name}` {
	return `min_${name}`;
}

/** @returns the name of the filter for the upper end of a range */
export function maximumOf<Name extends RangeFilter>(name: Name): `max_${Name}` {
	return `max_${name}`;
}

/** A day as filters have it. */
const DAY = /^(?:0[1-9]|[12]\d|3[01])\/(?:0[1-9]|1[0-2])\/\d{4}$/;

const texts = z.array(z.string().min(1));
const code = z.object({ label: z.string(), value: z.string().min(1) }).strict();

/** The same check for each of these filters, which are all optional. */
function each<Name extends string, Schema extends z.ZodTypeAny>(
	names: readonly Name[],
	schema: Schema,
) {
	const optional = schema.optional();
	return Object.fromEntries(names.map((name) => [name, optional])) as Record<
		Name,
		z.ZodOptional<Schema>
	>;
}

/** A check for each of these filters, made from its values. */
function eachOf<Choices extends Record<string, readonly [string, ...string[]]>>(
	choices: Choices,
	check: (values: z.ZodEnum<[string, ...string[]]>) => z.ZodTypeAny,
) {
	return Object.assign(
		{},
		...Object.entries(choices).map(([name, values]) => each([name], check(z.enum([...values])))),
	) as Record<keyof Choices, z.ZodTypeAny>;
}

function eachRange(end: (name: RangeFilter) => string) {
	return Object.assign(
		{},
		...RANGE_FILTERS.map((name) => {
			const max = RANGE_MAXIMUM[name] ?? Number.MAX_SAFE_INTEGER;
			return each([end(name)], z.number().int().min(0).max(max));
		}),
	) as Record<string, z.ZodTypeAny>;
}

const aliases = Object.keys(FILTER_ALIASES) as Array<keyof typeof FILTER_ALIASES>;

/** Checks the filters of a search, all of which are optional. */
export const leadSearchFilters = z
	.object({
		...each(TEXT_LIST_FILTERS, texts),
		...each(TEXT_LIST_FILTERS.map(excluding), texts),
		...each(EXCLUDING_FILTERS, texts),
		...each(aliases, texts),
		...eachOf(CHOICE_LIST_FILTERS, (choice) => z.array(choice)),
		/** The steps of {@link COMPANY_SIZES}, counted from 1. */
		...each(['excluded_company_sizes'], z.array(z.number().int().min(1).max(COMPANY_SIZES.length))),
		...eachOf(CHOICE_FILTERS, (choice) => choice),
		...each(CODE_FILTERS, z.array(code)),
		...each(TEXT_FILTERS, z.string().min(1)),
		...each(DATE_FILTERS, z.string().regex(DAY, 'must be a day in the form dd/mm/yyyy')),
		...each(FLAG_FILTERS, z.boolean()),
		...eachRange(minimumOf),
		...eachRange(maximumOf),
	})
	.strict()
	.superRefine((filters: Record<string, unknown>, context) => {
		for (const [alias, name] of Object.entries(FILTER_ALIASES)) {
			const [one, other] = [filters[alias], filters[name]];
			if (one === undefined || other === undefined) continue;
			if (JSON.stringify(one) === JSON.stringify(other)) continue;
			context.addIssue({
				code: 'custom',
				path: [alias],
				message: `must be the same as ${name}, its other name`,
			});
		}
	});

/** See {@link leadSearchFilters}. */
export type LeadSearchFilters = z.input<typeof leadSearchFilters>;
