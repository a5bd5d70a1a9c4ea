import { median, type Figure } from './figures';
import type { Place } from './place';
import { run, type Task } from './run';
import { messages } from './workflows';

/** How many messages a run sends. */
export const MESSAGES = 300;

/** How often each comparison runs. */
export const ROUNDS = 5;

/** Rounds before those: a freshly started n8n is slower until its code has been compiled. */
const WARM_UP_ROUNDS = 2;

/** What is compared, in one round. */
const RUNS = {
	base: { contestant: 'nothing' },
	httpRequest: { contestant: 'httpRequest' },
	empty: { contestant: 'sendPilot' },
	full: { contestant: 'sendPilot', isFull: true },
} satisfies Record<string, Omit<Task, 'items'>>;

type RunName = keyof typeof RUNS;

/**
 * Compares the CPU time that n8n needs for sending with our node and with HTTP Request. What the same
 * workflow needs without sending is subtracted from both.
 */
export async function measureCpu(place: Place): Promise<Figure[]> {
	const rounds: Array<Record<RunName, number>> = [];
	for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
		const costs = await measureRound(place, round % 2 === 0);
		if (round >= 0) rounds.push(costs);
	}
	const ratio = (name: RunName) =>
		median(rounds.map((costs) => (costs[name] - costs.base) / (costs.httpRequest - costs.base)));
	return [
		{ name: 'With an empty history', value: ratio('empty'), limit: 0.6 },
		{ name: 'With a full history', value: ratio('full'), limit: 0.8 },
	];
}

/** Alternating, so that whatever else the machine does affects all of them. */
async function measureRound(place: Place, isForward: boolean): Promise<Record<RunName, number>> {
	const names = Object.keys(RUNS) as RunName[];
	const costs = {} as Record<RunName, number>;
	for (const name of isForward ? names : names.reverse()) {
		costs[name] = (await run(place, { ...RUNS[name], items: messages(MESSAGES) })).cpu;
	}
	return costs;
}
