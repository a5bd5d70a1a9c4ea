import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { RunReport, SandboxTask } from './sandboxMain';

/** A sandbox in a process of its own, so that n8n's figures are n8n's alone. */
export interface SandboxProcess {
	url: string;
	apiKey: string;
	/** Forgets the last run, and sets how long each call takes from now on, in ms. */
	reset(latency: number): Promise<void>;
	/** What arrived since the last reset. */
	report(): Promise<RunReport>;
	stop(): Promise<void>;
}

/**
 * Starts a sandbox that lets every sender send without a limit.
 *
 * @param leads how many its largest campaign has; default: the sandbox's
 */
export async function startSandboxProcess(leads?: number): Promise<SandboxProcess> {
	const args = leads === undefined ? [] : [String(leads)];
	const child = fork(join(__dirname, 'sandboxMain.ts'), args, {
		execArgv: ['--import', 'tsx'],
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
	const { url, apiKey } = await answer<{ url: string; apiKey: string }>(child);
	return {
		url,
		apiKey,
		reset: async (latency) => await ask(child, { task: 'reset', latency }),
		report: async () => await ask(child, { task: 'report' }),
		stop: async () => {
			if (child.exitCode !== null) return;
			const end = once(child, 'exit');
			child.disconnect();
			await end;
		},
	};
}

async function ask<Answer>(child: ChildProcess, task: SandboxTask): Promise<Answer> {
	child.send(task);
	return await answer(child);
}

/** Waits for the next message. @throws Error if the process ends instead */
async function answer<Answer>(child: ChildProcess): Promise<Answer> {
	return await new Promise<Answer>((resolve, reject) => {
		const onEnd = () => reject(new Error('The sandbox has ended'));
		child.once('exit', onEnd);
		child.once('message', (message) => {
			child.off('exit', onEnd);
			resolve(message as Answer);
		});
	});
}
