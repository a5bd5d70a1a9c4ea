import type { StartExtractionBody } from '../sendpilot/contract/leadExtraction';
import type { StartSearchBody } from '../sendpilot/contract/leadSearch';
import type { Job } from './jobs';

const ENDED = {
	...{ stage: 'done' as const, polls: 3, percent: 100 },
	startedAt: Date.parse('2026-01-12T09:00:00.000Z'),
	endedAt: Date.parse('2026-01-12T09:02:30.000Z'),
};

/** A search that ended before the sandbox was started. */
export const EARLIER_SEARCH: Job<StartSearchBody> = {
	...ENDED,
	...{ id: 'search_ctos', leads: 250, credits: 250 },
	body: { name: 'CTOs in Germany', limit: 250, filters: { job_titles: ['CTO'] } },
};

/** An extraction that ended before the sandbox was started. */
export const EARLIER_EXTRACTION: Job<StartExtractionBody> = {
	...ENDED,
	...{ id: 'extract_founders', leads: 120, credits: 240 },
	body: {
		name: 'Founders',
		urls: ['https://www.linkedin.com/search/results/people/?keywords=founder'],
		mode: 'with_enrichment',
		url_type: 'linkedin_search',
		limit: 120,
	},
};
