import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often to check whether a process is idle, in ms. */
const CHECK_MS = 100;

/** How many checks in a row must find it idle. */
const IDLE_CHECKS = 3;

/** What Linux counts of a process. */
export interface ProcessStat {
	parent: number;
	/** CPU time since the start, in clock ticks: own, and of children that have ended. */
	ticks: number;
}

/**
 * Reads the content of `/proc/<pid>/stat`. The name of the program, in brackets, may contain anything.
 */
export function parseStat(content: string): ProcessStat {
	// From the third field on: state, ppid, … The 14th to 17th are utime, stime, cutime and cstime.
	const fields = content.slice(content.lastIndexOf(')') + 2).split(' ');
	const field = (number: number) => Number(fields[number - 3]);
	return { parent: field(4), ticks: field(14) + field(15) + field(16) + field(17) };
}

/**
 * @param stats of all processes, by their ids
 * @returns the ticks of a process and everything below it
 */
export function ticksBelow(root: number, stats: ReadonlyMap<number, ProcessStat>): number {
	const children = [...stats].filter(([, { parent }]) => parent === root);
	const own = stats.get(root)?.ticks ?? 0;
	return children.reduce((sum, [child]) => sum + ticksBelow(child, stats), own);
}

/** @returns the CPU time of a process and everything below it, in ms since its start */
export function cpuOf(pid: number): number {
	const stats = new Map<number, ProcessStat>();
	for (const name of readdirSync('/proc')) {
		if (!/^\d+$/.test(name)) continue;
		const stat = readStat(name);
		if (stat) stats.set(Number(name), stat);
	}
	return (ticksBelow(pid, stats) * 1_000) / ticksPerSecond();
}

/** Waits until a process does nothing any more: what n8n saves after an execution is done then. */
export async function untilIdle(pid: number): Promise<void> {
	let last = cpuOf(pid);
	for (let idle = 0; idle < IDLE_CHECKS; ) {
		await sleep(CHECK_MS);
		const now = cpuOf(pid);
		// n8n's timers use a tick now and then.
		idle = now - last <= 1_000 / ticksPerSecond() ? idle + 1 : 0;
		last = now;
	}
}

/** @returns undefined for a process that has just ended */
function readStat(pid: string): ProcessStat | undefined {
	try {
		return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
	} catch {
		return undefined;
	}
}

let knownTicks: number | undefined;

function ticksPerSecond(): number {
	return (knownTicks ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' })));
}
