import type { OperationName, OperationRun } from './sendPilot';
import { byId } from './support';

/** For each operation of the node SendPilot, a run that succeeds against the sandbox as it is at the start. */
export const EXAMPLES: Record<OperationName, Pick<OperationRun, 'parameters' | 'items'>> = {
	'campaign.get': { parameters: { campaignId: byId('camp_founders') } },
	'campaign.getAll': { parameters: { limit: 2 } },
	'leadExtraction.get': { parameters: { extractionId: byId('extract_founders') } },
	'leadExtraction.getResults': { parameters: { extractionId: byId('extract_founders') } },
	'leadSearch.get': { parameters: { searchId: byId('search_ctos') } },
	'leadSearch.getFilters': {},
	'leadSearch.getResults': { parameters: { searchId: byId('search_ctos') } },
};
