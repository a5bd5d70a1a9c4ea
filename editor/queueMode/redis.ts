import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, isFree } from '../ports';
import { Server, untilTrue } from './server';

/** A Redis that keeps its data on disk, also if it is killed. */
export class Redis {
	private server!: Server;

	private constructor(
		private readonly folder: string,
		private readonly port: number,
	) {}

	/** Starts one on a free port. {@link Redis.stop} must follow. @throws Error if it is not installed */
	static async start(): Promise<Redis> {
		const folder = mkdtempSync(join(tmpdir(), 'n8n-redis-'));
		const redis = new Redis(folder, await freePort());
		await redis.restart();
		return redis;
	}

	/** What n8n needs to know of it. */
	get settings(): Record<string, string> {
		return { QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: String(this.port) };
	}

	/** Ends it the way a power cut would. */
	async kill(): Promise<void> {
		await this.server.endBy('SIGKILL');
	}

	/** Starts it again with its data, at the same address. */
	async restart(): Promise<void> {
		const { folder, port } = this;
		this.server = await Server.start('redis-server', [
			...['--bind', '127.0.0.1', '--port', String(port)],
			...['--dir', folder, '--appendonly', 'yes', '--save', ''],
		]);
		await untilTrue('Redis', async () => !(await isFree(port)));
	}

	async stop(): Promise<void> {
		await this.kill();
		rmSync(this.folder, { recursive: true, force: true });
	}
}
