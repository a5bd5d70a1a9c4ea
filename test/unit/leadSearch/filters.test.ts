import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { FILTER_FIELDS } from '../../../nodes/SendPilot/leadSearch/filters/fields';
import { FILTER_GROUPS, filtersOf } from '../../../nodes/SendPilot/leadSearch/filters/table';
import { readSearchBody, START_FIELDS } from '../../../nodes/SendPilot/leadSearch/startFields';
import { startSearchBody } from '../../../sendpilot/contract/leadSearch';
import {
	COMPANY_SIZES,
	FILTER_ALIASES,
	leadSearchFilters,
} from '../../../sendpilot/contract/leadSearchFilters';
import { fieldsWith } from '../fieldValues';

const GROUPS = FILTER_FIELDS.filter(({ type }) => type === 'collection');
const optionsOf = (field: INodeProperties) => (field.options ?? []) as INodeProperties[];
const ALL = GROUPS.flatMap(optionsOf);

const read = (values: IDataObject) =>
	readSearchBody(fieldsWith(START_FIELDS, { name: 'CTOs', limit: 10, ...values })).filters;
const people = (filters: IDataObject) => read({ people: filters });

/** A value that a user could set. */
function exampleOf({ type, options = [], typeOptions }: INodeProperties): unknown {
	const values = (options as Array<{ value: unknown }>).map(({ value }) => value);
	if (type === 'multiOptions') return values;
	if (type === 'options') return values[0];
	if (type === 'dateTime') return '2026-01-31T00:00:00';
	if (type === 'number') return typeOptions?.maxValue ?? 7;
	return type === 'boolean' ? false : 'one, two';
}

describe('the filters of a search', () => {
	it('have one field each', () => {
		const names = Object.keys(leadSearchFilters.innerType().shape).filter(
			(name) => !Object.hasOwn(FILTER_ALIASES, name),
		);
		expect(ALL.map(({ name }) => name).sort()).toEqual(names.sort());
	});

	it('make a body that fits the contract, all of them at once', () => {
		const values = Object.fromEntries(
			GROUPS.map((group) => [
				group.name,
				Object.fromEntries(optionsOf(group).map((field) => [field.name, exampleOf(field)])),
			]),
		) as IDataObject;
		const body = readSearchBody(fieldsWith(START_FIELDS, { name: 'CTOs', limit: 10, ...values }));
		expect(startSearchBody.parse(body)).toEqual(body);
		expect(Object.keys(body.filters).sort()).toEqual(ALL.map(({ name }) => name).sort());
	});

	it.each(GROUPS.map((group) => [group.displayName, optionsOf(group)] as const))(
		'have names of their own in %s, in alphabetical order',
		(_, fields) => {
			const names = fields.map(({ displayName }) => displayName);
			expect(new Set(names).size).toBe(names.length);
			expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
			expect(names.filter((name) => /[_]|\b(Member|Excluded|Exist)\b/.test(name))).toEqual([]);
		},
	);

	it('that are on or off say so with Whether', () => {
		const flags = ALL.filter(({ type }) => type === 'boolean');
		expect(flags.map(({ description }) => description)).toEqual(
			flags.map(() => expect.stringMatching(/^Whether /)),
		);
	});

	it('begin with what most searches need', () => {
		expect(FILTER_GROUPS.map(({ displayName }) => displayName)).toEqual([
			...['People', 'Company', 'Job Postings', 'Funding', 'Website', 'Exclude'],
		]);
		expect(filtersOf(FILTER_GROUPS[0])[0].name).toBe('job_titles');
	});
});

describe('a list', () => {
	it.each([
		['CTO', ['CTO']],
		['CTO, Head of Data ,CTO,', ['CTO', 'Head of Data']],
		['Berlin, Germany\nLyon, France\n', ['Berlin, Germany', 'Lyon, France']],
		['"Berlin, Germany", Lyon', ['Berlin, Germany', 'Lyon']],
		[
			['Acme, Inc.', ' Hoshi '],
			['Acme, Inc.', 'Hoshi'],
		],
		[
			[1, 'two'],
			['1', 'two'],
		],
		[541511, ['541511']],
	])('is read from %j', (job_titles, list) => {
		expect(people({ job_titles })).toEqual({ job_titles: list });
	});

	it.each([[[{}]], [{ title: 'CTO' }], [true]])('is not read from %j', (job_titles) => {
		expect(() => people({ job_titles: job_titles as IDataObject })).toThrow(
			'the filter People → Job Titles is not a list of texts',
		);
	});

	it.each(['', '  ', ',', [], undefined, null])('is left out where it is %j', (job_titles) => {
		expect(people({ job_titles, keywords: 'k8s' })).toEqual({ keywords: ['k8s'] });
	});

	it('of domains is sent as one text, with a line for each', () => {
		const company = (bulk_domains: unknown) => read({ company: { bulk_domains } as IDataObject });
		expect(company('acme.com, b.com')).toEqual({ bulk_domains: 'acme.com\nb.com' });
		expect(company(['acme.com', 'b.com'])).toEqual({ bulk_domains: 'acme.com\nb.com' });
	});

	it('of codes gets labels', () => {
		expect(read({ company: { sic_codes: '7371, 7372' } })).toEqual({
			sic_codes: [
				{ label: '7371', value: '7371' },
				{ label: '7372', value: '7372' },
			],
		});
	});
});

describe('a choice', () => {
	it('can come from an expression, in upper or lower case', () => {
		expect(people({ seniority_levels: 'c-level, director' })).toEqual({
			seniority_levels: ['C-Level', 'Director'],
		});
		expect(people({ job_titles: 'CTO', job_title_match_mode: 'Smart' })).toMatchObject({
			job_title_match_mode: 'smart',
		});
	});

	it('that does not exist is refused with those that do', () => {
		expect(() => people({ seniority_levels: ['Boss'] })).toThrow(
			expect.objectContaining({
				what: 'the filter People → Seniority Levels has no value "Boss"',
				next: expect.stringContaining('C-Level'),
			}),
		);
	});

	it('of sizes to exclude is counted from 1, whether a size or its number is given', () => {
		const exclude = (excluded_company_sizes: unknown) =>
			read({ exclude: { excluded_company_sizes } as IDataObject });
		const all = COMPANY_SIZES.map((_, index) => index + 1);
		expect(exclude(all)).toEqual({ excluded_company_sizes: all });
		expect(exclude(['10001+', '2-10'])).toEqual({ excluded_company_sizes: [9, 2] });
	});
});

describe('a day', () => {
	const funding = (filters: object) => read({ funding: filters as IDataObject });

	it.each([
		['2026-01-31'],
		['2026-01-31T00:00:00'],
		['2026-01-31T23:59:59.000+14:00'],
		['31/01/2026'],
		[new Date('2026-01-31T12:00:00Z')],
		[{ toISODate: () => '2026-01-31' }],
	])('is read from %j', (ipo_start_date) => {
		expect(funding({ ipo_start_date })).toEqual({ ipo_start_date: '31/01/2026' });
	});

	it.each(['2026-02-30', '2026-13-01', '01/31/2026', 'soon', 5, {}, new Date('')])(
		'is not read from %j',
		(ipo_start_date) => {
			expect(() => funding({ ipo_start_date })).toThrow(
				'the filter Funding → IPO From is not a date',
			);
		},
	);

	it('must not be later than the one it goes with', () => {
		const days = { ipo_start_date: '2026-02-01', ipo_end_date: '2026-01-31' };
		expect(() => funding(days)).toThrow(
			'the filter Funding → IPO From is later than Funding → IPO Until',
		);
		expect(funding({ ...days, ipo_end_date: '2026-02-01' })).toEqual({
			...{ ipo_start_date: '01/02/2026', ipo_end_date: '01/02/2026' },
		});
	});
});

describe('a range', () => {
	const website = (filters: IDataObject) => read({ website: filters });

	it('can have one end, or two', () => {
		expect(website({ min_rank_global: 0 })).toEqual({ min_rank_global: 0 });
		const both = { min_rank_global: 9, max_rank_global: 10 };
		expect(website(both)).toEqual(both);
	});

	it('must not begin after its end', () => {
		expect(() => website({ min_rank_global: 10, max_rank_global: 9 })).toThrow(
			'the filter Website → Min Global Rank is more than Website → Max Global Rank',
		);
	});

	it.each([-1, 1.5, 101, 'many'])('of percent does not take %j', (max_bounce_rate) => {
		expect(() => website({ max_bounce_rate })).toThrow(
			/Max Bounce Rate \(Percent\) must be a whole number, 0 to 100/,
		);
	});
});

describe('filters as JSON', () => {
	it.each([
		[{ jobTitles: ['CTO'] }, { jobTitles: ['CTO'] }],
		['{ "new_filter": 5 }', { new_filter: 5 }],
	])('pass on what has no field: %j', (filtersJson, filters) => {
		expect(read({ filtersJson })).toEqual(filters);
	});

	it('are sent beside those of the fields', () => {
		expect(read({ people: { keywords: 'k8s' }, filtersJson: { new_filter: 5 } })).toEqual({
			...{ keywords: ['k8s'], new_filter: 5 },
		});
	});

	it.each(Object.entries(FILTER_ALIASES))('are sent as %s under its name %s', (alias, name) => {
		const filtersJson = { [alias]: ['a'] };
		expect(read({ filtersJson })).toEqual({ [name]: ['a'] });
		expect(read({ filtersJson: { ...filtersJson, [name]: ['a'] } })).toEqual({ [name]: ['a'] });
		expect(() => read({ filtersJson: { ...filtersJson, [name]: ['b'] } })).toThrow(
			`the filter ${name} is set twice, with different values`,
		);
	});

	it('must not contradict a field', () => {
		const both = { people: { keywords: 'k8s' }, filtersJson: { keywords: ['other'] } };
		expect(() => read(both)).toThrow('the filter keywords is set twice, with different values');
	});

	it.each([
		{ job_titles: ['CTO', '', ' ', null], keywords: [], locations: '', companies: {} },
		'{ "job_titles": [null, "CTO"], "keywords": null, "locations": "  ", "companies": [""] }',
		{ job_titles: ['CTO', undefined, NaN], sic_codes: [{ label: '', value: '' }] },
	])('are sent without what is empty: %j', (filtersJson) => {
		expect(read({ filtersJson: filtersJson as IDataObject })).toEqual({ job_titles: ['CTO'] });
	});

	it('can turn something off, beside other filters', () => {
		const filtersJson = { job_titles: ['CTO'], demo_available: false };
		expect(read({ filtersJson })).toEqual(filtersJson);
	});

	it.each([{ job_titles: ['CTO'] }, {}])('must not be one level too deep: %j', (filters) => {
		expect(() => read({ people: { keywords: 'k8s' }, filtersJson: { filters } })).toThrow(
			expect.objectContaining({
				what: 'the field Filters (JSON) has its filters one level too deep, in "filters"',
				next: expect.stringMatching(/^Leave out that level/),
			}),
		);
	});

	it.each([
		['a number that JSON has not', { job_titles: ['CTO'], new_filter: BigInt(10) }],
		['a function', () => ['CTO']],
	])('must be a JSON object, not one with %s', (_what, filtersJson) => {
		expect(() => read({ filtersJson } as unknown as IDataObject)).toThrow(
			'the field Filters (JSON) is not a JSON object',
		);
	});

	it.each(['{', '[]', '5', 'null', '  ', [1]])('must be a JSON object: %j', (filtersJson) => {
		expect(() => read({ filtersJson })).toThrow('the field Filters (JSON) is not a JSON object');
	});
});

it.each([
	{},
	{ filtersJson: '{}' },
	{ filtersJson: '{"job_titles":[]}' },
	{ filtersJson: '{"job_titles":null,"member_full_name":""}' },
	{ filtersJson: '{"job_titles":[""],"keywords":[null],"locations":[[]]}' },
	{ filtersJson: '{"member_full_name":"   "}' },
	{ filtersJson: '{"job_titles":{}}' },
	{ filtersJson: '{"job_titles":{"include":["CTO"]}}' },
	{ filtersJson: '{"sic_codes":[{"label":"","value":null}]}' },
	{ filtersJson: '{"demo_available":false,"job_titles":[false]}' },
	{ website: { demo_available: false } },
	{ filtersJson: '{"is_mapped_industries_strict":true}' },
	{ filtersJson: '{"job_title_match_mode":"smart"}' },
	{ people: { keywords: '' } },
])('a search without filters would spend credits on anybody, so it is refused: %j', (values) => {
	expect(() => read(values)).toThrow('the search has no filters');
});

it.each(START_FIELDS.map(({ name }) => name))('the field %s is there once', (name) => {
	expect(START_FIELDS.filter((field) => field.name === name)).toHaveLength(1);
});
