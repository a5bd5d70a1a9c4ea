import type { Section } from './rows';

/** A picture of how cost grows. */
export interface Plot {
	section: Section;
	title: string;
	/** What grows, and its cost with the unit, which is relative to something in the same run. */
	x: string;
	y: string;
}

/** All pictures, by the names of their files. */
export const PLOTS = {
	'benchmark-messages': {
		section: 'messages',
		title: 'CPU of sending',
		x: 'messages in a run',
		y: 'HTTP Request with 300 messages = 1',
	},
	'benchmark-leads': {
		section: 'leads',
		title: 'Time of reading leads',
		x: 'leads',
		y: 'HTTP Request with 1,000 leads = 1',
	},
	'benchmark-memory': {
		section: 'memory',
		title: 'Peak memory of reading leads',
		x: 'leads',
		y: 'the largest list of items = 1',
	},
	'benchmark-events': {
		section: 'events',
		title: 'Signed events per second (more is better)',
		x: 'clients at once',
		y: 'Slack Trigger with 1 client = 1',
	},
	'benchmark-job': {
		section: 'job',
		title: 'From bytes to items',
		x: 'size of the event in MB',
		y: 'JSON.parse of 1 MB = 1',
	},
} as const satisfies Record<string, Plot>;

/** See {@link PLOTS}. */
export type PlotId = keyof typeof PLOTS;

/** One line of a picture. The first one of each is ours. */
export interface Line {
	name: string;
	/** From left to right. */
	points: Array<[x: number, y: number]>;
}
