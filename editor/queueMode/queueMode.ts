import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstalledN8n } from '../install';
import { freePort } from '../ports';
import { addPackage, startN8n, type RunningN8n } from '../start';
import { Postgres } from './postgres';
import { Redis } from './redis';
import { commandOf, settingsOf, type Role } from './settings';

/** The processes of n8n, by name. */
export const PROCESSES = {
	main: 'main',
	workerOne: 'worker',
	workerTwo: 'worker',
	webhookOne: 'webhook',
	webhookTwo: 'webhook',
} as const satisfies Record<string, Role>;

export type ProcessName = keyof typeof PROCESSES;

/** What each kind of process answers as JSON once it is ready. */
const READY_PATHS: Record<Role, string> = {
	main: '/rest/settings',
	worker: '/healthz/readiness',
	webhook: '/healthz/readiness',
};

/**
 * n8n in queue mode: a main process, two workers and two webhook processors, each with a data folder of its own in
 * which our package is installed, PostgreSQL and Redis.
 */
export class QueueMode {
	private readonly processes = new Map<ProcessName, RunningN8n>();
	private readonly undo: Array<() => Promise<void> | void> = [];
	private readonly ports = new Map<ProcessName, number>();

	private constructor(
		private readonly installed: InstalledN8n,
		private readonly folder: string,
		private readonly env: NodeJS.ProcessEnv,
		readonly postgres: Postgres,
		readonly redis: Redis,
	) {}

	/**
	 * Starts all of it. {@link QueueMode.stop} must follow.
	 *
	 * @param env more settings for all processes
	 * @throws Error if something does not start
	 */
	static async start(installed: InstalledN8n, env: NodeJS.ProcessEnv = {}): Promise<QueueMode> {
		const folder = mkdtempSync(join(tmpdir(), 'n8n-queue-mode-'));
		const undo = [() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })];
		const [postgres, redis] = await Promise.all([Postgres.start(), Redis.start()]);
		const secrets = { N8N_ENCRYPTION_KEY: randomBytes(16).toString('hex') };
		const settings = { ...postgres.settings, ...redis.settings, ...secrets, ...env };
		const all = new QueueMode(installed, folder, settings, postgres, redis);
		all.undo.push(
			...undo,
			() => postgres.stop(),
			() => redis.stop(),
		);
		try {
			addPackage(all.homeOf('main'));
			for (const name of names()) {
				if (name !== 'main') cpSync(all.homeOf('main'), all.homeOf(name), { recursive: true });
				all.ports.set(name, await freePort());
			}
			// Main sets up the database.
			await all.startOne('main');
			await Promise.all(names().map(async (name) => name !== 'main' && (await all.startOne(name))));
		} catch (error) {
			await all.stop();
			throw error;
		}
		return all;
	}

	/** The address of a process, without a slash at the end. */
	urlOf(name: ProcessName): string {
		return `http://127.0.0.1:${this.ports.get(name)}`;
	}

	/** What a process has printed since it was last started. */
	logOf(name: ProcessName): string {
		return this.processes.get(name)!.log();
	}

	/** Starts a process again, at the same address. */
	async startOne(name: ProcessName): Promise<void> {
		const role = PROCESSES[name];
		const port = this.ports.get(name)!;
		const n8n = await startN8n(this.installed, {
			home: this.homeOf(name),
			port,
			env: {
				...settingsOf(role),
				...this.env,
				// Where a worker tells about its health.
				QUEUE_HEALTH_CHECK_PORT: String(port),
				WEBHOOK_URL: this.urlOf('webhookOne'),
				N8N_EDITOR_BASE_URL: this.urlOf('main'),
			},
			command: commandOf(role),
			readyPath: READY_PATHS[role],
		});
		this.processes.set(name, n8n);
	}

	/** Ends processes the way a power cut would. */
	async kill(...which: ProcessName[]): Promise<void> {
		await Promise.all(which.map(async (name) => await this.processes.get(name)!.kill()));
	}

	/** Stops a process for a while, as a machine does that has no CPU left: it goes on when it is told to. */
	pause(name: ProcessName): void {
		process.kill(this.processes.get(name)!.pid, 'SIGSTOP');
	}

	/** Lets a paused process go on. */
	resume(name: ProcessName): void {
		process.kill(this.processes.get(name)!.pid, 'SIGCONT');
	}

	/** Ends everything, and removes its data. */
	async stop(): Promise<void> {
		await Promise.all([...this.processes.values()].map(async (n8n) => await n8n.kill()));
		for (const step of this.undo.reverse()) await step();
	}

	private homeOf(name: ProcessName): string {
		return join(this.folder, name);
	}
}

function names(): ProcessName[] {
	return Object.keys(PROCESSES) as ProcessName[];
}
