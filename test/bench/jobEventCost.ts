import type { InstalledN8n } from '../../editor/install';
import { median } from './figures';
import type { JobEventTimes } from './jobEventMain';
import { onN8nsNode } from './onN8nsNode';
import type { Measured } from './results';
import type { Scale } from './scale';

/** Compares what our trigger makes of a large event with parsing it, for several sizes. */
export function measureJobEvent(n8n: InstalledN8n, scale: Scale): Measured {
	const rounds = [2 * scale.rounds + 1, scale.warmUps].map(String);
	const sizes = scale.megabytes.map((megabytes) => ({
		megabytes,
		times: onN8nsNode<JobEventTimes[]>(n8n, 'jobEventMain.ts', [String(megabytes), ...rounds]),
	}));
	const one = median(sizes[0].times.map(({ parse }) => parse));
	const line = (name: string, way: keyof JobEventTimes) => ({
		name,
		points: sizes.map(({ megabytes, times }): [number, number] => [
			megabytes,
			median(times.map((time) => time[way])) / one,
		]),
	});
	const { times } = sizes.at(-1)!;
	return {
		rows: {
			jobEvent: times.map(({ whole, parse }) => whole / parse),
			jobEventSplit: times.map(({ split, parse }) => split / parse),
		},
		plots: {
			'benchmark-job': [
				line('SendPilot Trigger', 'whole'),
				line('one item per lead', 'split'),
				line('JSON.parse', 'parse'),
			],
		},
	};
}
