import fc from 'fast-check';
import { MAX_CLAIMED } from '../../nodes/shared/reach/history/sendHistory';
import { FAULTS, statistics, World, type Change, type Try, type Wave } from './historyModel/world';
import { scenarios } from './historyModel/scenario';
import { useSandbox } from './support';

const use = useSandbox();

/** To repeat a failure, run with the seed and the path that it prints; for a longer search, with more runs. */
const { HISTORY_SEED, HISTORY_PATH, HISTORY_RUNS } = process.env;

const RUNS = Number(HISTORY_RUNS ?? 500);

const person = fc.integer({ min: 0, max: 3 });

const changes: fc.Arbitrary<Change> = fc.record({
	order: fc.constantFrom('same', 'reversed'),
	dropped: fc.integer({ min: 0, max: 2 }),
	added: fc.array(person, { maxLength: 2 }),
	isReworded: fc.boolean(),
});

const tries: fc.Arbitrary<Try> = fc.oneof(
	fc.record({
		people: fc.oneof(
			{ weight: 5, arbitrary: fc.array(person, { minLength: 1, maxLength: 5 }) },
			// More than are claimed at once and read at first, the last of them for people who are in it already.
			fc.constant(Array.from({ length: MAX_CLAIMED + 4 }, (_, index) => index % (MAX_CLAIMED + 2))),
		),
		hasSharedTexts: fc.boolean(),
		mode: fc.constantFrom('trigger', 'trigger', 'manual'),
	}),
	{
		weight: 3,
		arbitrary: fc.record({
			retryOf: fc.nat({ max: 5 }),
			changes: fc.array(changes, { minLength: 1, maxLength: 3 }),
		}),
	},
);

/** @param often how much more often than not */
const maybe = <Value>(often: number, arbitrary: fc.Arbitrary<Value>) =>
	fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 4 * often, arbitrary });

const waves: fc.Arbitrary<Wave> = fc.record({
	tries: fc.array(tries, { minLength: 1, maxLength: 4 }),
	killAt: maybe(1.5, fc.integer({ min: 1, max: 90 })),
	lostUpdate: maybe(
		0.5,
		fc
			.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }))
			.map(([after, later]) => ({ after, until: after + later })),
	),
	storeFails: maybe(
		0.25,
		fc.record({ at: fc.integer({ min: 1, max: 40 }), count: fc.integer({ min: 1, max: 3 }) }),
	),
	faults: fc.array(fc.record({ fault: fc.constantFrom(...FAULTS), person }), { maxLength: 2 }),
});

/** Executions and retries at the same time, until all have ended or n8n is dead. */
class RunWave implements fc.AsyncCommand<object, World> {
	constructor(private readonly wave: Wave) {}

	check(): boolean {
		return true;
	}

	async run(_model: object, world: World): Promise<void> {
		world.log.push('At the same time:');
		await world.run(this.wave);
		world.judge();
	}

	toString(): string {
		return JSON.stringify(this.wave);
	}
}

/** A planned restart, while nothing runs. */
class Restart implements fc.AsyncCommand<object, World> {
	check(): boolean {
		return true;
	}

	async run(_model: object, world: World): Promise<void> {
		world.log.push('n8n starts again');
		await world.restart();
	}

	toString(): string {
		return 'Restart';
	}
}

/** Other executions have sent something meanwhile, for which the row may have dropped older entries. */
class FillRow implements fc.AsyncCommand<object, World> {
	constructor(private readonly count: number) {}

	check(): boolean {
		return true;
	}

	async run(_model: object, world: World): Promise<void> {
		world.fillRow(this.count);
	}

	toString(): string {
		return `FillRow ${this.count}`;
	}
}

const wave = waves.map((one) => new RunWave(one));

const restart = fc.constant(new Restart());
const fill = fc.integer({ min: 1, max: 1_500 }).map((count) => new FillRow(count));

const commands = fc.commands([wave, wave, wave, wave, restart, fill], {
	maxCommands: 6,
	size: 'max',
});

/** The scenario that runs when the time is up, which fast-check leaves running. */
let last: Promise<unknown> = Promise.resolve();

afterAll(async () => await last.catch(() => undefined));

async function runSteps(world: World, steps: Iterable<fc.AsyncCommand<object, World>>) {
	try {
		await fc.asyncModelRun(() => ({ model: {}, real: world }), steps);
		await world.settle();
		world.judge();
	} finally {
		await world.settle();
		world.close();
	}
}

describe('whatever crashes, is retried or runs at the same time', () => {
	it('nobody is messaged or invited twice, and nothing counts as sent that was not', async () => {
		await fc.assert(
			fc.asyncProperty(scenarios, commands, async (scenario, steps) => {
				last = runSteps(new World(use.sandbox, scenario), steps);
				await last;
			}),
			{
				numRuns: RUNS,
				// Slower machines try fewer.
				interruptAfterTimeLimit: HISTORY_RUNS === undefined ? 60_000 : undefined,
				seed: HISTORY_SEED === undefined ? undefined : Number(HISTORY_SEED),
				path: HISTORY_PATH,
			},
		);
		if (HISTORY_PATH !== undefined) return;
		// Nobody is messaged twice either where nothing is sent.
		expect(statistics.sent).toBeGreaterThan(statistics.runs);
		expect(statistics.sentInRetries).toBeGreaterThan(statistics.runs / 8);
		expect(statistics.kills).toBeGreaterThan(statistics.runs / 8);
		expect(statistics.lost).toBeGreaterThan(statistics.runs / 40);
	});
});
