import type { Figure } from './figures';
import { ADD, GET, READ, READ_LEADS } from './leads';
import type { Place } from './place';
import { cpuRatio, inRounds, medianOf, timeRatio, type Contest } from './rounds';

/** How often each comparison runs. */
export const LEAD_ROUNDS = 3;

/** The sandbox for it. */
export const LEAD_SANDBOX = { leads: READ_LEADS };

/** Compares what leads cost with our node and with HTTP Request. */
export async function measureLeads(place: Place): Promise<Figure[]> {
	const measure = async <Name extends string>(contest: Contest<Name>) =>
		await inRounds(place, contest, { rounds: LEAD_ROUNDS, warmUps: 1 });
	const add = await measure(ADD);
	const read = await measure(READ);
	const get = await measure(GET);
	const about = (name: string, value: number, limit: number): Figure => ({ name, value, limit });
	return [
		about('5,000 leads added: time', medianOf(add, timeRatio('sendPilot')), 1.1),
		about('5,000 leads added, mapped fields: time', medianOf(add, timeRatio('mapped')), 1.1),
		about('10,000 leads read: time', medianOf(read, timeRatio('sendPilot')), 0.25),
		about('1,000 leads by ID: time', medianOf(get, timeRatio('sendPilot')), 1),
		about('1,000 leads by ID: CPU', medianOf(get, cpuRatio('sendPilot')), 0.5),
	];
}
