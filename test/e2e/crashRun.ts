import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient } from '../../editor/client';
import { installN8n, type InstalledN8n } from '../../editor/install';
import { addPackage, startN8n, type RunningN8n } from '../../editor/start';
import type { Count } from './crashCount';
import { Lists } from './crashLists';
import type { Scenario } from './crashScenarios';
import { Trial } from './crashTrial';
import { seedInstance, until, type Place } from './support';

/** How long a run may take: everything happens before the first test. */
export const CRASH_TIMEOUT_MS = 600_000;

/** Scenarios that happen at once in one n8n, which is killed once, and a second time where one wants it. */
export class CrashRun {
	/** One for each scenario, in their order. */
	trials: Trial[] = [];
	/** In milliseconds since 1970: when n8n was started again for the first time. */
	restartedAt = Infinity;

	private constructor(
		private readonly installed: InstalledN8n,
		private readonly home: string,
		private n8n: RunningN8n,
		readonly place: Place,
		private readonly lists: Lists,
	) {}

	/** Starts an n8n that has nothing to do yet. {@link CrashRun.stop} must follow. */
	static async start(version: string): Promise<CrashRun> {
		const home = mkdtempSync(join(tmpdir(), 'n8n-e2e-crash-'));
		addPackage(home);
		const installed = await installN8n(version, console.log);
		const n8n = await startN8n(installed, { home });
		const place = await seedInstance(await clientOf(n8n), { webhookRetrySeconds: [] });
		return new CrashRun(installed, home, n8n, place, await Lists.start());
	}

	/** Starts the scenarios, and kills n8n partway through all of them. */
	async crash(scenarios: readonly Scenario[]): Promise<void> {
		this.trials = scenarios.map(
			(scenario, index) => new Trial(this.place, scenario, `trial-${index}`, index % 2 === 0),
		);
		// The SQLite of n8n 1.x fails if several workflows are saved at the same time.
		for (const trial of this.trials) await trial.create(this.lists);
		await Promise.all(this.trials.map(async (trial) => await trial.start()));
		await this.killWhenPartway(this.trials);
		this.lists.change();
	}

	/** Starts n8n again, and waits until it shows what has crashed. */
	async restart(): Promise<void> {
		this.restartedAt = Math.min(this.restartedAt, Date.now());
		const { installed, home } = this;
		this.n8n = await startN8n(installed, { home, port: Number(new URL(this.n8n.url).port) });
		this.place.client = await clientOf(this.n8n);
		for (const trial of this.trials) await trial.untilCrashed();
	}

	/**
	 * Does what the scenarios do after the crash.
	 *
	 * @returns what came of the messages, by scenario
	 */
	async finish(): Promise<Count[]> {
		const again = this.trials.filter(({ scenario }) => scenario.untilKilledAgain);
		for (const trial of again) trial.startUntilKilledAgain();
		const others = this.trials.filter((trial) => !again.includes(trial));
		await Promise.all(others.map(async (trial) => await trial.finish()));
		if (again.length > 0) {
			await this.killWhenPartway(again);
			await this.restart();
			await Promise.all(again.map(async (trial) => await trial.finish()));
		}
		const counts: Count[] = [];
		for (const trial of this.trials) counts.push(await trial.count());
		return counts;
	}

	/** What n8n has printed since it was last started. */
	log(): string {
		return this.n8n.log();
	}

	async stop(): Promise<void> {
		await this.n8n.stop();
		this.lists.stop();
		await this.place.sandbox.stop();
		rmSync(this.home, { recursive: true, force: true });
	}

	/** Kills n8n, and waits until nothing that it had started is under way. */
	private async killWhenPartway(chosen: Trial[]): Promise<void> {
		const { sandbox } = this.place;
		const arePartway = () => chosen.every((trial) => trial.isPartway());
		await until('everything to be partway through', arePartway, { timeoutMs: CRASH_TIMEOUT_MS });
		await this.n8n.kill();
		await until('the last call to end', () =>
			sandbox.requests.every(({ endedAt }) => endedAt !== undefined),
		);
		sandbox.clearFaults();
	}
}

async function clientOf({ url }: RunningN8n): Promise<N8nClient> {
	const client = new N8nClient(url);
	await client.signIn();
	return client;
}
