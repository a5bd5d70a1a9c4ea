import { readExtraction } from '../../../sendpilot/leadExtraction';
import { itemOperation } from '../../shared/itemOperation';
import { extractionLocator } from '../../shared/locators';
import { EXTRACTION, jobOutput, jobProblem } from '../job/kinds';
import { waitFields, waitForJob } from '../job/wait';

/** Lead Extraction → Get. */
export const get = itemOperation({
	value: 'get',
	name: 'Get',
	action: 'Get a lead extraction',
	description:
		'Get how far an extraction of leads from LinkedIn or Sales Navigator searches is, or wait until it has completed; isDone tells whether it has ended',
	effect: 'read',
	builderHint:
		'Returns the status of an extraction, not the people it found: follow it with Lead Extraction: Get Results. To go on as soon as a long extraction has completed, use a SendPilot Trigger with the event lead_extractor.job.completed.',
	fields: [
		extractionLocator({
			displayName: 'Extraction ID',
			name: 'extractionId',
			required: true,
			description: 'The extraction to get',
		}),
		...waitFields(EXTRACTION),
	],
	async runItem(item) {
		const id = item.fields.id('extractionId');
		const read = async () => await readExtraction(item.api, id);
		try {
			return [jobOutput(EXTRACTION, await waitForJob(EXTRACTION, item, await read(), read))];
		} catch (error) {
			throw jobProblem(EXTRACTION, error);
		}
	},
});
