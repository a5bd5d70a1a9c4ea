import type { INodeProperties } from 'n8n-workflow';
import type { StartExtractionBody } from '../../../sendpilot/contract/leadExtraction';
import type { ItemFields } from '../../shared/itemFields';
import { EXTRACTION } from '../job/kinds';
import { LIMIT_FIELD, nameField } from '../job/startFields';
import { readSearchUrls } from './searchUrls';

/** The fields that say what to extract. */
export const START_FIELDS: INodeProperties[] = [
	nameField(EXTRACTION),
	{
		displayName: 'Search URLs',
		name: 'urls',
		type: 'string',
		typeOptions: { rows: 3 },
		required: true,
		default: '',
		placeholder: 'e.g. https://www.linkedin.com/search/results/people/?keywords=cto',
		description:
			'The addresses of people searches on LinkedIn, or of lead searches in Sales Navigator, one per line. Both kinds need an extraction each.',
	},
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		default: 'extraction_only',
		options: [
			{
				name: 'Profiles and Contact Data',
				value: 'with_enrichment',
				description: 'Also looks up email addresses and phone numbers, which costs more credits',
			},
			{
				name: 'Profiles Only',
				value: 'extraction_only',
				description: 'Costs the fewest credits. Enough to add people to a campaign.',
			},
		],
		description: 'What to get for each person, which decides how many credits it costs',
	},
	LIMIT_FIELD,
];

/**
 * Reads what to extract.
 *
 * @throws ExplainedError for a field that cannot be used
 */
export function readExtractionBody(fields: ItemFields): StartExtractionBody {
	return {
		name: fields.text('name').trim(),
		...readSearchUrls(fields.read('urls')),
		mode: fields.choice('mode') as StartExtractionBody['mode'],
		limit: fields.requiredNumber('limit'),
	};
}
