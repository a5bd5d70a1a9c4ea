import type { Resource } from '../shared/operation';
import { get as getCampaign } from './campaign/get';
import { getAll as getCampaigns } from './campaign/getAll';
import { get as getExtraction } from './leadExtraction/get';
import { getResults as getExtractionResults } from './leadExtraction/getResults';
import { get as getSearch } from './leadSearch/get';
import { getFilters } from './leadSearch/getFilters';
import { getResults as getSearchResults } from './leadSearch/getResults';

/** Everything that the node can do; its fields and its execution follow from this. */
export const RESOURCES: readonly Resource[] = [
	{ value: 'campaign', name: 'Campaign', operations: [getCampaign, getCampaigns] },
	{
		value: 'leadExtraction',
		name: 'Lead Extraction',
		operations: [getExtraction, getExtractionResults],
	},
	{
		value: 'leadSearch',
		name: 'Lead Search',
		operations: [getSearch, getFilters, getSearchResults],
	},
];
