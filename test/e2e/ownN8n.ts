import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient } from '../../editor/client';
import { installN8n, type InstalledN8n } from '../../editor/install';
import { addPackage, startN8n, type RunningN8n } from '../../editor/start';
import type { SandboxOptions } from '../../sandbox';
import { seedInstance, until, type Place } from './support';

/** An n8n that one test file has to itself, with a sandbox. It can be killed and started again. */
export class OwnN8n {
	private n8n!: RunningN8n;
	private seeded?: Place;

	private constructor(
		private readonly installed: InstalledN8n,
		private readonly home: string,
	) {}

	/** Starts an n8n that has nothing to do yet. {@link OwnN8n.stop} must follow. */
	static async start(version: string, options: SandboxOptions = {}): Promise<OwnN8n> {
		const home = mkdtempSync(join(tmpdir(), 'n8n-e2e-own-'));
		addPackage(home);
		const own = new OwnN8n(await installN8n(version, console.log), home);
		own.n8n = await startN8n(own.installed, { home });
		try {
			own.seeded = await seedInstance(await own.signIn(), options);
		} catch (error) {
			await own.stop();
			throw error;
		}
		return own;
	}

	get place(): Place {
		return this.seeded!;
	}

	/** Kills n8n, and waits until no call that it had started is under way. */
	async kill(): Promise<void> {
		await this.n8n.kill();
		await until('the last call to end', () =>
			this.place.sandbox.requests.every(({ endedAt }) => endedAt !== undefined),
		);
	}

	/** Starts n8n again, at the same address. */
	async restart(): Promise<void> {
		const { installed, home } = this;
		this.n8n = await startN8n(installed, { home, port: Number(new URL(this.n8n.url).port) });
		this.place.client = await this.signIn();
	}

	/** What n8n has printed since it was last started. */
	log(): string {
		return this.n8n.log();
	}

	async stop(): Promise<void> {
		await this.n8n.stop();
		await this.seeded?.sandbox.stop();
		rmSync(this.home, { recursive: true, force: true });
	}

	private async signIn(): Promise<N8nClient> {
		const client = new N8nClient(this.n8n.url);
		await client.signIn();
		return client;
	}
}
