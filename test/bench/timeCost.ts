import { byOurNode, messages } from './messages';
import type { Place } from './place';
import type { Measured } from './results';
import { timeOf } from './rounds';
import { LATENCY, run, type Result } from './run';
import type { Scale } from './scale';

/**
 * Compares the time that the node takes with the shortest possible one: messages × latency / senders. The
 * latency is what the calls took at SendPilot, because its timer is up to 2 ms late.
 */
export async function measureTime(place: Place, scale: Scale): Promise<Measured> {
	const measure = async (senders: number) => {
		const results: number[] = [];
		for (let round = 0; round < scale.rounds; round++) {
			results.push(await timeRatioWith(place, scale.fewMessages, senders));
		}
		return results;
	};
	return {
		rows: {
			oneSender: await measure(1),
			twoSenders: await measure(2),
			fourSenders: await measure(4),
		},
	};
}

async function timeRatioWith(place: Place, count: number, senders: number): Promise<number> {
	const settings = {
		options: { parallelSenders: senders },
		onError: 'continueErrorOutput',
	} as const;
	const result = await run(place, {
		...byOurNode(place.access, messages(count, senders), settings),
		latency: LATENCY,
	});
	return timeOf(result) / shortestTime(result, senders);
}

/** @param senders how many accounts share the calls evenly. @returns in ms */
export function shortestTime({ calls }: Pick<Result, 'calls'>, senders: number): number {
	return calls.reduce((sum, call) => sum + call.end - call.begin, 0) / senders;
}
