import { byOurNode, messages } from './messages';
import type { Place } from './place';
import type { Measured } from './results';
import { run, type Task } from './run';
import type { Scale } from './scale';

/** Makes n8n print every statement for its database. */
export const LOG_STATEMENTS = { DB_LOGGING_ENABLED: 'true', DB_LOGGING_OPTIONS: 'query' };

/** Counts what the node reads from n8n's store of processed data and writes to it, for each message. */
export async function measureStore(place: Place, { fewMessages }: Scale): Promise<Measured> {
	const items = messages(fewMessages);
	const sent = await statementsOf(place, byOurNode(place.access, items));
	const wrong = items.map((item) => ({ ...item, url: 'https://example.com' }));
	const refused = await statementsOf(place, {
		...byOurNode(place.access, wrong, { onError: 'continueRegularOutput' }),
		done: { delivered: 0 },
	});
	const perItem = (statements: number) => [statements / items.length];
	return { rows: { statementsSent: perItem(sent), statementsRefused: perItem(refused) } };
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
