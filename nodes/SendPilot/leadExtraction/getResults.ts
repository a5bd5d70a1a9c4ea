import { listExtractionResults, readExtraction } from '../../../sendpilot/leadExtraction';
import { itemOperation } from '../../shared/itemOperation';
import { LIST_FIELDS } from '../../shared/listFields';
import { extractionLocator } from '../../shared/locators';
import { SHAPE_FIELDS } from '../../shared/shape';
import { EXTRACTION } from '../job/kinds';
import { jobResults } from '../job/results';

/** Lead Extraction → Get Results. */
export const getResults = itemOperation({
	value: 'getResults',
	name: 'Get Results',
	action: 'Get the results of a lead extraction',
	description: 'Get the people that an extraction found in LinkedIn searches, or has found so far',
	effect: 'read',
	builderHint:
		'Only for an extraction that has completed: put Lead Extraction: Get with waitForCompletion before it, or a SendPilot Trigger with the event lead_extractor.job.completed. To add the people to a campaign, follow it with Lead: Add to Campaign and its profile URL from linkedin_url.',
	fields: [
		extractionLocator({
			displayName: 'Extraction ID',
			name: 'extractionId',
			required: true,
			description: 'The extraction whose results to get',
		}),
		{
			displayName: 'Enriched Only',
			name: 'enrichedOnly',
			type: 'boolean',
			default: false,
			description:
				'Whether to return only people whose contact data has been looked up. Leaves nobody of an extraction without enrichment.',
		},
		...LIST_FIELDS,
		...SHAPE_FIELDS,
	],
	async runItem(item) {
		const { api, fields } = item;
		const id = fields.id('extractionId');
		const filter = fields.isOn('enrichedOnly') ? { enriched_only: true } : {};
		return await jobResults(EXTRACTION, item, {
			list: (options) => listExtractionResults(api, id, filter, options),
			status: async () => await readExtraction(api, id),
		});
	},
});
