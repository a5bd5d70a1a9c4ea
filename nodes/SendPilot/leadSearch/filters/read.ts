import type { IDataObject } from 'n8n-workflow';
import { FILTER_ALIASES } from '../../../../sendpilot/contract/leadSearchFilters';
import { dayIn } from '../../../shared/dayIn';
import { ExplainedError } from '../../../shared/explanation';
import { isObject } from '../../../shared/isObject';
import type { ItemFields } from '../../../shared/itemFields';
import { FILTERS_JSON } from './fields';
import { FILTER_GROUPS, FILTER_PAIRS, filtersOf, type Filter } from './table';
import { asDay, listIn } from './values';

/** A filter with where it is set. */
interface GroupedFilter extends Filter {
	path: string;
	/** As the user sees it. */
	label: string;
}

const FILTERS: readonly GroupedFilter[] = FILTER_GROUPS.flatMap((group) =>
	filtersOf(group).map((filter) => ({
		...filter,
		path: `${group.name}.${filter.name}`,
		label: `${group.displayName} → ${filter.displayName}`,
	})),
);

/**
 * Reads the filters of a search. Empty ones are left out; older names become today's.
 *
 * @throws ExplainedError for a filter that cannot be used, for one that is set twice, and if there is none, which
 * would spend credits on anybody
 */
export function readFilters(fields: ItemFields): IDataObject {
	const values = FILTERS.map((filter) => [filter, valueOf(fields, filter)] as const);
	const given = values.filter(([, value]) => value !== undefined);
	checkPairs(new Map(given.map(([filter, value]) => [filter.name, { filter, value }])));
	const byField = Object.fromEntries(
		given.map(([{ name, kind }, value]) => [
			name,
			kind.type === 'day' ? asDay(value as string) : value,
		]),
	) as IDataObject;
	const filters = merged(byField, readJson(fields));
	if (Object.entries(filters).some(([name, value]) => narrows(name, value))) return filters;
	throw new ExplainedError(
		'the search has no filters',
		'Add at least one, such as People → Job Titles. If they come from expressions, check that this item has values there.',
	);
}

/** Filters that only say how others compare. */
const MODES = new Set([
	'job_title_match_mode',
	'job_title_smart_mode',
	'is_mapped_industries_strict',
]);

/** Whether a filter leaves anybody out; an object is no filter. */
function narrows(name: string, value: unknown): boolean {
	return !MODES.has(name) && !isEmpty(value) && !isObject(value);
}

/** Whether a value holds nothing at any depth, as after expressions that found nothing. */
function isEmpty(value: unknown): boolean {
	if (typeof value === 'string') return value.trim() === '';
	if (typeof value === 'object' && value !== null) return Object.values(value).every(isEmpty);
	return value === undefined || value === null || value === false;
}

/** @returns undefined where it is not set, or empty; a day in ISO 8601 */
function valueOf(fields: ItemFields, { path, kind, label }: GroupedFilter): unknown {
	const value = fields.read(path);
	if (value === undefined || value === null || value === '') return undefined;
	switch (kind.type) {
		case 'text':
			return fields.optionalText(path);
		case 'domains':
			return nonEmpty(listOf(value, label))?.join('\n');
		case 'texts':
			return nonEmpty(listOf(value, label));
		case 'codes':
			// Only the code counts.
			return nonEmpty(listOf(value, label))?.map((code) => ({ label: code, value: code }));
		case 'choices':
			return nonEmpty(listOf(value, label).map((one) => choiceOf(one, kind.values, label)));
		case 'choice':
			return fields.optionalChoice(path);
		case 'flag':
			return fields.isOn(path);
		case 'number':
			return fields.optionalNumber(path);
		case 'day':
			return dayOf(value, label);
	}
}

function nonEmpty<One>(list: One[]): One[] | undefined {
	return list.length > 0 ? list : undefined;
}

function listOf(value: unknown, label: string): string[] {
	const list = listIn(value);
	if (list) return list;
	throw new ExplainedError(
		`the filter ${label} is not a list of texts`,
		`Check the expression in ${label}: it must return text with commas or lines, or a list of texts.`,
	);
}

function choiceOf(
	given: string,
	values: ReadonlyArray<{ name: string; value: string | number }>,
	label: string,
): string | number {
	const wanted = given.toLowerCase();
	const found =
		values.find(({ name }) => name.toLowerCase() === wanted) ??
		values.find(({ value }) => String(value) === given);
	if (found) return found.value;
	const names = values.map(({ name }) => name).join(', ');
	throw new ExplainedError(
		`the filter ${label} has no value "${given}"`,
		`Use one of these: ${names}.`,
	);
}

function dayOf(value: unknown, label: string): string {
	const day = dayIn(value);
	if (day !== undefined) return day;
	throw new ExplainedError(
		`the filter ${label} is not a date`,
		`Choose a day in ${label}. An expression can return a date, or text such as 2026-01-31.`,
	);
}

function checkPairs(given: ReadonlyMap<string, { filter: GroupedFilter; value: unknown }>): void {
	for (const [from, to] of FILTER_PAIRS) {
		const [first, last] = [given.get(from), given.get(to)];
		if (!first || !last || (first.value as string) <= (last.value as string)) continue;
		const isDay = first.filter.kind.type === 'day';
		throw new ExplainedError(
			`the filter ${first.filter.label} is ${isDay ? 'later' : 'more'} than ${last.filter.label}`,
			'Exchange the two, or leave one out.',
		);
	}
}

function readJson(fields: ItemFields): IDataObject {
	const parsed = parse(fields.read(FILTERS_JSON) || '{}');
	if (!isObject(parsed)) {
		throw new ExplainedError(
			'the field Filters (JSON) is not a JSON object',
			'Write filters and their values in braces, such as { "job_titles": ["CTO"] }.',
		);
	}
	if (isObject(parsed.filters)) {
		throw new ExplainedError(
			'the field Filters (JSON) has its filters one level too deep, in "filters"',
			'Leave out that level, and write the filters themselves in the braces, such as { "job_titles": ["CTO"] }.',
		);
	}
	const given = Object.entries(parsed).map(([name, value]) => [name, withoutEmpty(value)] as const);
	return Object.fromEntries(given.filter(([, value]) => value === false || !isEmpty(value)));
}

/** @param value text, or an object of an expression, which becomes what would be sent of it */
function parse(value: unknown): unknown {
	try {
		return JSON.parse(typeof value === 'string' ? value : JSON.stringify(value));
	} catch {
		return undefined;
	}
}

function withoutEmpty(value: IDataObject[string]): IDataObject[string] {
	return Array.isArray(value) ? (value.filter((one) => !isEmpty(one)) as typeof value) : value;
}

/** Adds the filters of the JSON under the names that we use, so that none is sent under two. */
function merged(byField: IDataObject, json: IDataObject): IDataObject {
	const filters = new Map(Object.entries(byField));
	for (const [given, value] of Object.entries(json)) {
		const { [given]: name = given } = FILTER_ALIASES as Readonly<Record<string, string>>;
		const other = filters.get(name);
		if (other !== undefined && JSON.stringify(other) !== JSON.stringify(value)) {
			throw new ExplainedError(
				`the filter ${name} is set twice, with different values`,
				`Set it in Filters (JSON) or in its field, not in both${given === name ? '' : `; ${given} is an older name of it`}.`,
			);
		}
		filters.set(name, value);
	}
	return Object.fromEntries(filters);
}
