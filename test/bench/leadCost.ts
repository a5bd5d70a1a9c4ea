import { median } from './figures';
import { adding, getting, reading } from './leads';
import type { Place } from './place';
import type { Measured } from './results';
import { cpuRatio, inRounds, timeOf, timeRatio, type Contest, type Round } from './rounds';
import type { Scale } from './scale';

/** Compares what leads cost with our node and with HTTP Request. */
export async function measureLeads(place: Place, scale: Scale): Promise<Measured> {
	const { rounds } = scale;
	const measure = async <Name extends string>(contest: Contest<Name>) =>
		await inRounds(place, contest, { rounds, warmUps: Math.min(1, scale.warmUps) });
	const add = await measure(adding(scale.addedLeads));
	const get = await measure(getting(scale.leadsById));
	const reads: Array<{ count: number; read: Array<Round<'sendPilot' | 'httpRequest'>> }> = [];
	for (const count of scale.readLeads) {
		reads.push({ count, read: await measure(reading(count)) });
	}
	const one = median(reads[0].read.map(({ httpRequest }) => timeOf(httpRequest)));
	const line = (name: string, who: 'sendPilot' | 'httpRequest') => ({
		name,
		points: reads.map(({ count, read }): [number, number] => [
			count,
			median(read.map((round) => timeOf(round[who]))) / one,
		]),
	});
	return {
		rows: {
			addLeads: add.map(timeRatio('sendPilot')),
			addMappedLeads: add.map(timeRatio('mapped')),
			readLeads: reads.at(-1)!.read.map(timeRatio('sendPilot')),
			leadsByIdTime: get.map(timeRatio('sendPilot')),
			leadsByIdCpu: get.map(cpuRatio('sendPilot')),
		},
		plots: {
			'benchmark-leads': [
				line('Lead → Get Many', 'sendPilot'),
				line('HTTP Request', 'httpRequest'),
			],
		},
	};
}
