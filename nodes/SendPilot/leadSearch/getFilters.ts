import type { IDataObject } from 'n8n-workflow';
import { listFilters } from '../../../sendpilot/leadSearch';
import { explainedAs } from '../../shared/explainedAs';
import { isObject } from '../../shared/isObject';
import { itemOperation } from '../../shared/itemOperation';
import { filtersField, LIST_FIELDS, listed } from '../../shared/listFields';

/** Lead Search → Get Filters. */
export const getFilters = itemOperation({
	value: 'getFilters',
	name: 'Get Filters',
	action: 'Get the filters of lead searches',
	description:
		'List the filters that a search in the lead database can have, or the values of one filter; costs no credits',
	effect: 'read',
	fields: [
		...LIST_FIELDS,
		filtersField([
			{
				displayName: 'Filter Name',
				name: 'filter',
				type: 'string',
				default: '',
				placeholder: 'e.g. industries',
				description: 'The filter whose values to list. Empty lists the filters.',
			},
			{
				displayName: 'Search',
				name: 'search',
				type: 'string',
				default: '',
				placeholder: 'e.g. software',
				description: 'Only what contains this text, in upper or lower case',
			},
		]),
	],
	async runItem(item) {
		const { api, fields } = item;
		const filter = fields.optionalText('filters.filter')?.trim();
		const search = fields.optionalText('filters.search')?.trim();
		const query = { ...(filter && { filter }), ...(search && { search }) };
		const shape = filter === undefined ? filterOutput : valueOutput;
		try {
			return await listed(item, shape, (options) => listFilters(api, query, options));
		} catch (error) {
			throw filter === undefined ? error : explainedAs(error, { invalid: { next: NO_VALUES } });
		}
	},
});

const NO_VALUES =
	'Check Filter Name: without it, this operation lists the names of all filters. A filter that takes free text has no list of values.';

/** SendPilot does not say whether an entry is a text or an object. */
function filterOutput(entry: unknown): IDataObject {
	return isObject(entry) ? entry : { name: entry as string };
}

function valueOutput(entry: unknown): IDataObject {
	return isObject(entry) ? entry : { name: String(entry), value: entry as string };
}
