import type { INodeProperties } from 'n8n-workflow';
import { FILTER_GROUPS, filtersOf, type Filter } from './table';
import { inOrder } from '../../../shared/inOrder';

/** The name of the field for filters as JSON. */
export const FILTERS_JSON = 'filtersJson';

/** How to enter more than one value in a field. */
export const SEVERAL =
	'Separate several with commas, or put each on a line of its own if one contains a comma. A single one that contains a comma needs "quotes".';

/** The fields for all filters of a search: a collection per group, and JSON for what has no field. */
export const FILTER_FIELDS: INodeProperties[] = [
	...FILTER_GROUPS.map(
		(group): INodeProperties => ({
			displayName: group.displayName,
			name: group.name,
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: inOrder(filtersOf(group).map(fieldOf), ({ displayName }) => displayName),
		}),
	),
	{
		displayName: 'Filters (JSON)',
		name: FILTERS_JSON,
		type: 'json',
		default: '{}',
		placeholder: 'e.g. { "job_titles": ["CTO"] }',
		description:
			"For filters that have no field yet, in SendPilot's own names. They are sent beside those of the fields.",
	},
];

function fieldOf({ kind, displayName, name, ...text }: Filter): INodeProperties {
	const placeholder = text.placeholder === undefined ? {} : { placeholder: text.placeholder };
	const description = text.description === undefined ? {} : { description: text.description };
	const field = { displayName, name, ...placeholder, ...description };
	switch (kind.type) {
		case 'texts':
		case 'codes':
			return {
				...{ ...field, type: 'string', typeOptions: { rows: 2 }, default: '' },
				description: text.description ? `${text.description}. ${SEVERAL}` : SEVERAL,
			};
		case 'domains':
			return {
				...{ ...field, type: 'string', typeOptions: { rows: 2 }, default: '' },
				description: 'Separate several with commas or lines',
			};
		case 'text':
			return { ...field, type: 'string', default: '' };
		case 'day':
			return { ...field, type: 'dateTime', default: '' };
		case 'flag':
			return { ...field, type: 'boolean', default: true };
		case 'number': {
			const typeOptions = { minValue: 0, ...(kind.max !== undefined && { maxValue: kind.max }) };
			return { ...field, type: 'number', typeOptions, default: 0 };
		}
		case 'choice':
			return {
				...field,
				type: 'options',
				options: [...kind.values],
				default: kind.values[0].value,
			};
		case 'choices':
			return { ...field, type: 'multiOptions', options: [...kind.values], default: [] };
	}
}
