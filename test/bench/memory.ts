import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningN8n } from '../../editor/start';
import { untilIdle } from './cpu';

/** What n8n's process used, in bytes: objects and buffers, garbage that was not collected yet included. */
export interface Memory {
	/** The most since the last report. */
	peak: number;
	/** Now, without garbage. */
	live: number;
}

/** How often n8n's process looks at its memory, in ms. */
const SAMPLE_MS = 5;

/** How often to look for a report, in ms. */
const CHECK_MS = 50;

/** Runs before n8n, in its process: reports on its memory at a signal. */
const REPORTER = `
	import { setFlagsFromString } from 'node:v8';
	import { runInNewContext } from 'node:vm';
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc');
	const used = () => {
		const { heapUsed, external } = process.memoryUsage();
		return heapUsed + external;
	};
	let peak = 0;
	setInterval(() => (peak = Math.max(peak, used())), ${SAMPLE_MS}).unref();
	process.on('SIGUSR2', () => {
		const before = Math.max(peak, used());
		collect();
		peak = used();
		console.log('memory: ' + before + ' ' + peak);
	});`;

/**
 * Environment variables for an n8n that reports on its memory. The part of its memory for new objects doesn't
 * grow, because that has nothing to do with how many items there are.
 */
export const REPORTS_MEMORY = {
	NODE_OPTIONS: `--max-semi-space-size=16 --import=data:text/javascript,${encodeURIComponent(REPORTER)}`,
};

/** How much less memory an n8n may need after another collection, in bytes, and count as settled. */
const SETTLED_BYTES = 1_000_000;

/**
 * Waits until n8n frees nothing more: much of what it needs to start goes only after several collections.
 *
 * @returns the memory that it needs then, in bytes
 */
export async function settledMemory(n8n: Pick<RunningN8n, 'pid' | 'log'>): Promise<number> {
	let last = Infinity;
	for (;;) {
		const { live } = await reportOf(n8n);
		if (live > last - SETTLED_BYTES) return live;
		last = live;
		await untilIdle(n8n.pid);
	}
}

/** Makes such an n8n collect its garbage and report. */
export async function reportOf({ pid, log }: Pick<RunningN8n, 'pid' | 'log'>): Promise<Memory> {
	const known = reportsIn(log()).length;
	process.kill(pid, 'SIGUSR2');
	for (;;) {
		const report = reportsIn(log()).at(known);
		if (report) return report;
		await sleep(CHECK_MS);
	}
}

/** @param log what n8n has printed */
export function reportsIn(log: string): Memory[] {
	const lines = log.matchAll(/^memory: (\d+) (\d+)$/gm);
	return [...lines].map(([, peak, live]) => ({ peak: Number(peak), live: Number(live) }));
}
