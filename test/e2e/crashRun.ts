import type { Count } from './crashCount';
import { Lists } from './crashLists';
import type { Scenario } from './crashScenarios';
import { Trial } from './crashTrial';
import { OwnN8n } from './ownN8n';
import { until, type Place } from './support';

/** How long a run may take: everything happens before the first test. */
export const CRASH_TIMEOUT_MS = 600_000;

/** Scenarios that happen at once in one n8n, which is killed once, and a second time where one wants it. */
export class CrashRun {
	/** One for each scenario, in their order. */
	trials: Trial[] = [];
	/** In milliseconds since 1970: when n8n was started again for the first time. */
	restartedAt = Infinity;

	private constructor(
		private readonly n8n: OwnN8n,
		private readonly lists: Lists,
	) {}

	/** Starts an n8n that has nothing to do yet. {@link CrashRun.stop} must follow. */
	static async start(version: string): Promise<CrashRun> {
		return new CrashRun(
			await OwnN8n.start(version, { webhookRetrySeconds: [] }),
			await Lists.start(),
		);
	}

	get place(): Place {
		return this.n8n.place;
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
		await this.n8n.restart();
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
	}

	private async killWhenPartway(chosen: Trial[]): Promise<void> {
		const arePartway = () => chosen.every((trial) => trial.isPartway());
		await until('everything to be partway through', arePartway, { timeoutMs: CRASH_TIMEOUT_MS });
		await this.n8n.kill();
		this.place.sandbox.clearFaults();
	}
}
