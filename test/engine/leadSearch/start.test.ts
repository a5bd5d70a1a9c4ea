import { testStart } from '../startJob';

testStart('leadSearch', {
	path: '/v1/lead-database/searches',
	parameters: { filtersJson: '{"job_titles":["CTO"]}' },
	body: { filters: { job_titles: ['CTO'] } },
	estimate: 'estimated_quota',
	opening: 'Search',
});
