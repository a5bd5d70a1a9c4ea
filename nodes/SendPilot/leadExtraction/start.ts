import { EXTRACTIONS_PATH } from '../../../sendpilot/contract/leadExtraction';
import { listExtractionResults, readExtraction } from '../../../sendpilot/leadExtraction';
import { EXTRACTION } from '../job/kinds';
import { startOperation } from '../job/start';
import { readExtractionBody, START_FIELDS } from './startFields';

/** Lead Extraction → Start. */
export const start = startOperation(
	{
		kind: EXTRACTION,
		historyKind: 'leadExtraction',
		path: EXTRACTIONS_PATH,
		fields: START_FIELDS,
		readBody: readExtractionBody,
		readStatus: readExtraction,
		listResults: (api, id, options) => listExtractionResults(api, id, {}, options),
	},
	{
		action: 'Start a lead extraction',
		description:
			'Extract people from a LinkedIn or Sales Navigator search, which costs credits; outputs the ID and the estimated cost',
	},
);
