import { spawn, type SpawnOptions } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that we have started. */
export interface RunningProcess {
	pid: number;
	/** Path of the file with its output, appended to that of earlier runs. */
	logFile: string;
	/** Resolves when it has ended, however that happens. */
	ended: Promise<void>;
	/** Its output so far. */
	log(): string;
	/** Stops it the way an operator would; resolves when it has ended. */
	stop(): Promise<void>;
	/** Ends it the way a power cut would; resolves when it has ended. */
	kill(): Promise<void>;
	/** Freezes it, as a machine that hangs; {@link RunningProcess.resume} wakes it up. */
	pause(): void;
	resume(): void;
}

/** How to start a process. */
export interface ProcessSettings extends Pick<SpawnOptions, 'env' | 'uid' | 'gid'> {
	logFile: string;
	/** What an operator stops it with. Default: `SIGTERM`. */
	stopSignal?: NodeJS.Signals;
	/** How long stopping may take, in ms; then it is killed. */
	stopTimeoutMs: number;
	/** Whether it has a channel to us, which closes when we end. Only Node can use it. */
	hasChannel?: boolean;
}

/** Starts a process. If there is no such program, it has {@link RunningProcess.ended} at once, and its log says why. */
export function runProcess(
	program: string,
	args: string[],
	{ logFile, stopSignal = 'SIGTERM', stopTimeoutMs, hasChannel, ...options }: ProcessSettings,
): RunningProcess {
	const child = spawn(program, args, {
		...options,
		stdio: ['ignore', 'pipe', 'pipe', ...(hasChannel ? ['ipc' as const] : [])],
	});
	let printed = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (chunk: Buffer) => {
			printed += chunk.toString();
			appendFileSync(logFile, chunk);
		});
	}
	const ended = new Promise<void>((resolve) => {
		child.once('close', () => resolve());
		child.once('error', (error) => {
			printed += String(error);
			resolve();
		});
	});
	const endBy = async (signal: NodeJS.Signals) => {
		child.kill(signal);
		await ended;
	};
	return {
		pid: child.pid!,
		logFile,
		ended,
		log: () => printed,
		stop: async () => {
			const lastResort = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
			await endBy(stopSignal);
			clearTimeout(lastResort);
		},
		kill: async () => await endBy('SIGKILL'),
		pause: () => void child.kill('SIGSTOP'),
		resume: () => void child.kill('SIGCONT'),
	};
}

/**
 * Waits until a process is ready.
 *
 * @param isReady is asked again and again, and may throw
 * @returns false if the process ends first, or takes longer than `timeoutMs`
 */
export async function untilReady(
	{ ended }: RunningProcess,
	isReady: () => Promise<boolean>,
	timeoutMs: number,
): Promise<boolean> {
	const deadline = Date.now() + timeoutMs;
	let hasEnded = false;
	void ended.then(() => (hasEnded = true));
	while (Date.now() < deadline && !hasEnded) {
		if (await isReady().catch(() => false)) return true;
		await sleep(250);
	}
	return false;
}
