import { testStart } from '../startJob';

const urls = ['https://www.linkedin.com/search/results/people/?keywords=cto'];

testStart('leadExtraction', {
	path: '/v1/lead-extractor/campaigns',
	parameters: { urls: urls[0] },
	body: { urls, url_type: 'linkedin_search', mode: 'extraction_only' },
	estimate: 'estimated_credits',
	opening: 'Extraction',
});
