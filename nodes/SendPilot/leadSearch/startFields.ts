import type { INodeProperties } from 'n8n-workflow';
import type { StartSearchBody } from '../../../sendpilot/contract/leadSearch';
import type { ItemFields } from '../../shared/itemFields';
import { SEARCH } from '../job/kinds';
import { LIMIT_FIELD, nameField } from '../job/startFields';
import { FILTER_FIELDS } from './filters/fields';
import { readFilters } from './filters/read';

/** The fields that say what to search for. */
export const START_FIELDS: INodeProperties[] = [nameField(SEARCH), LIMIT_FIELD, ...FILTER_FIELDS];

/**
 * Reads what to search for. Filters that the contract does not know go to SendPilot as they are.
 *
 * @throws ExplainedError for a field that cannot be used
 */
export function readSearchBody(fields: ItemFields): StartSearchBody {
	return {
		name: fields.text('name').trim(),
		limit: fields.requiredNumber('limit'),
		filters: readFilters(fields) as StartSearchBody['filters'],
	};
}
