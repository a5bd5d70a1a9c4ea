import {
	CHOICE_FILTERS,
	CHOICE_LIST_FILTERS,
	leadSearchFilters,
} from '../sendpilot/contract/leadSearchFilters';

const VALUES: Readonly<Record<string, readonly string[]>> = {
	...CHOICE_FILTERS,
	...CHOICE_LIST_FILTERS,
	industries: ['Financial Services', 'Logistics', 'Marketing Services', 'Software Development'],
	locations: ['France', 'Germany', 'Ireland', 'Poland', 'Portugal', 'Sweden', 'Switzerland'],
};

/** @returns all filters */
export function filterNames() {
	return Object.keys(leadSearchFilters.innerType().shape).map((name) => ({
		name,
		has_values: Object.hasOwn(VALUES, name),
	}));
}

/** @returns the values of a filter; none for filters without a list of values */
export function valuesOf(filter: string) {
	if (!Object.hasOwn(VALUES, filter)) return undefined;
	return VALUES[filter]?.map((name) => ({ name, value: name }));
}
