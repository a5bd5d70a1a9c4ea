import type { Figure } from './figures';
import { byOurNode, messages } from './messages';
import type { Place } from './place';
import { timeOf } from './rounds';
import { LATENCY, run, type Result } from './run';

/** How often each number of senders runs. */
export const TIME_ROUNDS = 4;

/** Parts of the time of a run, as multiples of the shortest possible time: that of the calls alone. */
interface Parts {
	total: number;
	/** Until the first call arrives. */
	before: number;
	/** From an answer to the sender's next call. */
	between: number;
	/** After the last answer. */
	after: number;
}

/**
 * Compares the time that the node takes with the shortest possible one: messages × latency / senders. The
 * latency is what the calls took at SendPilot, because its timer is up to 2 ms late. The fastest round counts,
 * because whatever else the machine does can only slow one down.
 */
export async function measureTime(place: Place): Promise<Figure[]> {
	const figures: Figure[] = [];
	for (const senders of [1, 2, 4]) {
		const rounds: Parts[] = [];
		for (let round = 0; round < TIME_ROUNDS; round++)
			rounds.push(await measureParts(place, senders));
		const fastest = rounds.reduce((one, other) => (other.total < one.total ? other : one));
		figures.push({
			name: senders === 1 ? '1 sender' : `${senders} senders`,
			value: fastest.total,
			limit: 1.1,
			remark: remarkOn(fastest),
		});
	}
	return figures;
}

function remarkOn({ before, between, after }: Parts): string {
	const parts = {
		'before the first call': before,
		'between calls': between,
		'after the last': after,
	};
	return Object.entries(parts)
		.map(([name, share]) => `${name} ${share.toFixed(2)}`)
		.join(', ');
}

async function measureParts(place: Place, senders: number): Promise<Parts> {
	const settings = {
		options: { parallelSenders: senders },
		onError: 'continueErrorOutput',
	} as const;
	const result = await run(place, {
		...byOurNode(place.access, messages(senders), settings),
		latency: LATENCY,
	});
	return partsOf(result, senders);
}

/** @param senders how many accounts share the calls evenly */
export function partsOf({ begin, end, calls }: Omit<Result, 'cpu'>, senders: number): Parts {
	const bound = calls.reduce((sum, call) => sum + call.end - call.begin, 0) / senders;
	const total = timeOf({ begin, end });
	const before = Math.min(...calls.map((call) => call.begin)) - begin;
	const after = end - Math.max(...calls.map((call) => call.end));
	const between = total - before - bound - after;
	const share = (ms: number) => ms / bound;
	return {
		total: share(total),
		before: share(before),
		between: share(between),
		after: share(after),
	};
}
