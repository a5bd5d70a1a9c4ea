import { MESSAGES } from './cpuCost';
import type { Figure } from './figures';
import type { Place } from './place';
import { run, type Task } from './run';
import { messages } from './workflows';

/** Makes n8n print every statement for its database. */
export const LOG_STATEMENTS = { DB_LOGGING_ENABLED: 'true', DB_LOGGING_OPTIONS: 'query' };

/** Counts what the node reads from n8n's store of processed data and writes to it. */
export async function measureStore(place: Place): Promise<Figure[]> {
	const sent = await statementsOf(place, { items: messages(MESSAGES) });
	const refused = await statementsOf(place, {
		items: messages(MESSAGES).map((item) => ({ ...item, url: 'https://example.com' })),
		sent: 0,
		settings: { onError: 'continueRegularOutput' },
	});
	return [
		{ name: 'Messages that are sent', value: sent / MESSAGES, limit: 0.5 },
		{ name: 'Items that the node refuses', value: refused / MESSAGES, limit: 0 },
	];
}

/** @returns how many statements one run of our node takes */
async function statementsOf(place: Place, task: Omit<Task, 'contestant'>): Promise<number> {
	const before = place.n8n.log().length;
	await run(place, { contestant: 'sendPilot', ...task });
	return countStatements(place.n8n.log().slice(before));
}

/** @param log what n8n has printed */
export function countStatements(log: string): number {
	return log.match(/^query: .*"processed_data"/gm)?.length ?? 0;
}
