import type { Figure } from './figures';
import { byOurNode, MESSAGES, messages } from './messages';
import type { Place } from './place';
import { run, type Task } from './run';

/** Makes n8n print every statement for its database. */
export const LOG_STATEMENTS = { DB_LOGGING_ENABLED: 'true', DB_LOGGING_OPTIONS: 'query' };

/** Counts what the node reads from n8n's store of processed data and writes to it. */
export async function measureStore(place: Place): Promise<Figure[]> {
	const sent = await statementsOf(place, byOurNode(place.access));
	const wrong = messages().map((item) => ({ ...item, url: 'https://example.com' }));
	const refused = await statementsOf(place, {
		...byOurNode(place.access, wrong, { onError: 'continueRegularOutput' }),
		done: { delivered: 0 },
	});
	return [
		{ name: 'Messages that are sent', value: sent / MESSAGES, limit: 0.5 },
		{ name: 'Items that the node refuses', value: refused / MESSAGES, limit: 0 },
	];
}

/** @returns how many statements one run takes */
async function statementsOf(place: Place, task: Task): Promise<number> {
	const before = place.n8n.log().length;
	await run(place, task);
	return countStatements(place.n8n.log().slice(before));
}

/** @param log what n8n has printed */
export function countStatements(log: string): number {
	return log.match(/^query: .*"processed_data"/gm)?.length ?? 0;
}
