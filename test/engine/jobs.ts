import {
	EXTRACTIONS_PATH,
	type StartExtractionBody,
} from '../../sendpilot/contract/leadExtraction';
import { SEARCHES_PATH, type StartSearchBody } from '../../sendpilot/contract/leadSearch';
import type { Sandbox } from '../../sandbox';

/** Starts a search. @returns its ID */
export async function startSearch(
	sandbox: Sandbox,
	more: Partial<StartSearchBody> = {},
): Promise<string> {
	const body = { name: 'CTOs', limit: 10, filters: { job_titles: ['CTO'] }, ...more };
	return await start(sandbox, SEARCHES_PATH, body);
}

/** Starts an extraction. @returns its ID */
export async function startExtraction(
	sandbox: Sandbox,
	more: Partial<StartExtractionBody> = {},
): Promise<string> {
	return await start(sandbox, EXTRACTIONS_PATH, {
		name: 'CTOs',
		urls: ['https://www.linkedin.com/search/results/people/?keywords=cto'],
		mode: 'with_enrichment',
		url_type: 'linkedin_search',
		limit: 10,
		...more,
	});
}

async function start({ url, apiKey }: Sandbox, path: string, body: object): Promise<string> {
	const reply = await fetch(`${url}${path}`, {
		method: 'POST',
		headers: { 'X-API-Key': apiKey, 'Content-Type': 'application/json' },
		body: JSON.stringify(body),
	});
	return ((await reply.json()) as { id: string }).id;
}

/** The reads that a sandbox has got, as path and query. */
export function readsOf({ requests }: Sandbox): Array<[path: string, query: unknown]> {
	return requests.filter(({ method }) => method === 'GET').map(({ path, query }) => [path, query]);
}

/** The queries of the pages of results that a sandbox was asked for. */
export function pagesOf(sandbox: Sandbox): unknown[] {
	return readsOf(sandbox)
		.filter(([path]) => path.endsWith('/results'))
		.map(([, query]) => query);
}
