import type { StartExtractionBody } from '../sendpilot/contract/leadExtraction';
import type { StartSearchBody } from '../sendpilot/contract/leadSearch';
import type { Jobs } from './jobs';
import type { Quirks } from './quirks';
import type { SendRules } from './send';
import type { Store } from './store';
import type { Webhooks } from './webhooks/webhooks';

/** The searches in the lead database. */
export type Searches = Jobs<StartSearchBody>;

/** The extractions. */
export type Extractions = Jobs<StartExtractionBody>;

/** What the routes of the API share. */
export interface ApiParts extends SendRules {
	store: Store;
	quirks: Quirks;
	searches: Searches;
	extractions: Extractions;
	webhooks: Webhooks;
}

/** The parameters of a path with an id. */
export type ById = { Params: { id: string } };
