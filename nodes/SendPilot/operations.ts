import type { Resource } from '../shared/operation';
import { get as getCampaign } from './campaign/get';
import { getAll as getCampaigns } from './campaign/getAll';

/** Everything that the node can do; its fields and its execution follow from this. */
export const RESOURCES: readonly Resource[] = [
	{ value: 'campaign', name: 'Campaign', operations: [getCampaign, getCampaigns] },
];
