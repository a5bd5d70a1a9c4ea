import type { Access, Place } from './place';
import { run, type Result, type Task } from './run';

/** What is compared with each other, each with a new task for each run. */
export type Contest<Name extends string> = Record<Name, (access: Access) => Task>;

/** How often everything runs. */
export interface Rounds {
	/** Rounds that count. */
	rounds: number;
	/** Rounds before those: a freshly started n8n is slower until its code has been compiled. */
	warmUps: number;
}

/** The results of one round. */
export type Round<Name extends string> = Record<Name, Result>;

/** Lets everybody run in each round, in alternating order, so that whatever else the machine does affects all. */
export async function inRounds<Name extends string>(
	place: Place,
	contest: Contest<Name>,
	{ rounds, warmUps }: Rounds,
): Promise<Array<Round<Name>>> {
	const names = Object.keys(contest) as Name[];
	const results: Array<Round<Name>> = [];
	for (let round = -warmUps; round < rounds; round++) {
		const result = {} as Round<Name>;
		for (const name of round % 2 === 0 ? names : [...names].reverse()) {
			result[name] = await run(place, contest[name](place.access));
		}
		if (round >= 0) results.push(result);
	}
	return results;
}

/** @returns how long a run took, in ms */
export function timeOf({ begin, end }: Pick<Result, 'begin' | 'end'>): number {
	return end - begin;
}

/** @returns the CPU time of the work in a round: without what the same workflow needs anyway */
export function cpuOfWork<Name extends string>(name: Name) {
	return (round: Record<Name | 'base', Pick<Result, 'cpu'>>): number =>
		round[name].cpu - round.base.cpu;
}

/** Compares the CPU time of the work with that of HTTP Request. */
export function cpuRatio<Name extends string>(name: Name) {
	return (round: Record<Name | 'base' | 'httpRequest', Pick<Result, 'cpu'>>): number =>
		cpuOfWork(name)(round) / cpuOfWork('httpRequest')(round);
}

/** Compares the time with that of HTTP Request. */
export function timeRatio<Name extends string>(name: Name) {
	return (round: Record<Name | 'httpRequest', Pick<Result, 'begin' | 'end'>>): number =>
		timeOf(round[name]) / timeOf(round.httpRequest);
}
