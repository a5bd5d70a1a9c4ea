import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningProcess } from '../childProcess';
import type { InstalledN8n } from '../install';
import { freePort } from '../ports';
import { addPackage, startN8n } from '../start';
import { DATABASE, REDIS_PASSWORD, startPostgres, startRedis } from './services';
import { settingsFor, settingsOf, TEST_TIMES, type Role } from './settings';

/** A process that can be ended in any way, and started again at the same address with the same data. */
export class Member {
	private running?: RunningProcess;

	constructor(
		/** Its address, without a slash at the end. */
		readonly url: string,
		private readonly begin: () => Promise<RunningProcess>,
	) {}

	async start(): Promise<void> {
		this.running = await this.begin();
	}

	/** Stops it the way an operator would. */
	async stop(): Promise<void> {
		// A frozen process would not notice.
		this.running?.resume();
		await this.running?.stop();
	}

	/** Ends it the way a power cut would. */
	async kill(): Promise<void> {
		await this.running?.kill();
	}

	/** Freezes it, until {@link Member.resume}. */
	pause(): void {
		this.running?.pause();
	}

	resume(): void {
		this.running?.resume();
	}

	/** Whether it runs, and did not end by itself. */
	async isRunning(): Promise<boolean> {
		const stillRunning = Symbol();
		return (
			(await Promise.race([this.running?.ended, Promise.resolve(stillRunning)])) === stillRunning
		);
	}

	/** What it has printed since it was last started. */
	log(): string {
		return this.running?.log() ?? '';
	}
}

const COMMANDS = { main: 'start', worker: 'worker', webhook: 'webhook' } as const;

/** n8n in queue mode on this machine: all processes that it needs, with our package in each. */
export class QueueMode {
	private constructor(
		private readonly folder: string,
		readonly postgres: Member,
		readonly redis: Member,
		readonly main: Member,
		readonly workers: [Member, Member],
		readonly webhooks: [Member, Member],
	) {}

	/** Starts everything, with an empty database. {@link QueueMode.stop} must follow. */
	static async start(n8n: InstalledN8n): Promise<QueueMode> {
		const folder = mkdtempSync(join(tmpdir(), 'n8n-queue-mode-'));
		// PostgreSQL may run as another user.
		chmodSync(folder, 0o711);
		const service = async (name: string, start: typeof startRedis) => {
			const settings = { folder: join(folder, name), port: await freePort() };
			mkdirSync(settings.folder);
			const member = new Member(
				`http://127.0.0.1:${settings.port}`,
				async () => await start(settings),
			);
			return { member, address: { host: '127.0.0.1', port: settings.port } };
		};
		const postgres = await service('postgres', startPostgres);
		const redis = await service('redis', startRedis);
		const ports = await Promise.all(Array.from({ length: 5 }, async () => await freePort()));
		const [mainPort, worker, otherWorker, webhook, otherWebhook] = ports;
		const place = settingsFor({
			postgres: { ...postgres.address, ...DATABASE },
			redis: { ...redis.address, password: REDIS_PASSWORD },
			encryptionKey: randomBytes(24).toString('hex'),
			webhookUrl: `http://127.0.0.1:${webhook}`,
		});
		const homeOf = (port: number) => join(folder, `n8n-${port}`);
		addPackage(...ports.map(homeOf));
		const process = (role: Role, port: number) => {
			const home = homeOf(port);
			const env = { ...settingsOf(role), ...TEST_TIMES, ...place };
			const start = async () => await startN8n(n8n, { home, port, command: COMMANDS[role], env });
			return new Member(`http://127.0.0.1:${port}`, start);
		};
		const all = new QueueMode(
			folder,
			postgres.member,
			redis.member,
			process('main', mainPort),
			[process('worker', worker), process('worker', otherWorker)],
			[process('webhook', webhook), process('webhook', otherWebhook)],
		);
		try {
			await Promise.all([all.postgres.start(), all.redis.start()]);
			// It sets up the database.
			await all.main.start();
			await Promise.all([...all.workers, ...all.webhooks].map(async (one) => await one.start()));
		} catch (error) {
			await all.stop();
			throw error;
		}
		return all;
	}

	/** Ends everything, and removes the data. */
	async stop(): Promise<void> {
		const { main, workers, webhooks, postgres, redis } = this;
		await Promise.all([main, ...workers, ...webhooks].map(async (one) => await one.kill()));
		await Promise.all([postgres.stop(), redis.kill()]);
		rmSync(this.folder, { recursive: true, force: true });
	}
}
