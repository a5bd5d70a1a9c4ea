import fc from 'fast-check';
import { useOutreach, WAYS } from './ways';
import { Story, totals, type Scenario, type Step } from './story';

const use = useOutreach();

/** To repeat a failure, run with the seed and the path that it prints; for a longer search, with more runs. */
const { SAFETY_SEED, SAFETY_PATH, SAFETY_RUNS } = process.env;

const RUNS = Number(SAFETY_RUNS ?? 100);

const person = fc.integer({ min: 0, max: 3 });

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) =>
	fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const scenarios: fc.Arbitrary<Scenario> = fc.record({
	way: fc.constantFrom(...WAYS),
	repeats: fc.constantFrom('skipSameMessage', 'skipSameMessage', 'skipSamePerson', 'sendAgain'),
	stopIfReplied: fc.constantFrom(undefined, 'anyTime', 'ourLastMessage'),
	sendsUnchecked: fc.boolean(),
	checkInbox: fc.constantFrom(true, true, false),
	isInboxLate: fc.constantFrom(false, false, false, true),
	outputsBlocked: fc.boolean(),
	blocked: maybe(person),
	maxPerDay: maybe(fc.integer({ min: 1, max: 4 })),
	maxPerRun: maybe(fc.integer({ min: 1, max: 3 })),
	onError: fc.constantFrom('stopWorkflow', 'continueErrorOutput'),
	retryOnFail: fc.boolean(),
	isApart: fc.boolean(),
});

const texts = fc.oneof(
	{ weight: 8, arbitrary: fc.constant('Hello') },
	{ weight: 4, arbitrary: fc.constant('Any news?') },
	{ weight: 1, arbitrary: fc.constant('Hi [Name]!') },
);

const entries = fc.array(fc.record({ person, text: texts }), { minLength: 1, maxLength: 4 });

const runs: fc.Arbitrary<Step> = fc.record({
	do: fc.constant('run'),
	lists: fc.oneof(
		{ weight: 5, arbitrary: fc.tuple(entries) },
		{ weight: 1, arbitrary: fc.tuple(entries, entries) },
	),
	isDry: fc.constantFrom(false, false, false, false, true),
	replyBetween: maybe(person),
});

const steps: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 6, arbitrary: runs },
	{ weight: 2, arbitrary: fc.constant<Step>({ do: 'retry' }) },
	{ weight: 2, arbitrary: person.map((one): Step => ({ do: 'reply', person: one })) },
	{
		weight: 4,
		arbitrary: fc.record({
			do: fc.constant('fault'),
			fault: fc.constantFrom(
				...(['deliveredThen500', 'lostThen500', 'resetAfterDelivery'] as const),
				...(['resetBeforeDelivery', 'unsuccessful', 'brokenJson'] as const),
			),
			person: maybe(person),
			times: fc.integer({ min: 1, max: 2 }),
		}),
	},
	fc.constant<Step>({ do: 'hideInbox' }),
	person.map((one): Step => ({ do: 'unsubscribe', person: one })),
	fc.integer({ min: 1, max: 3 }).map((count): Step => ({ do: 'sendElsewhere', count })),
	fc.constant<Step>({ do: 'disconnect' }),
	fc.constant<Step>({ do: 'reconnect' }),
);

describe('whatever options, faults, replies, runs and retries come together', () => {
	it('nobody is harmed, and nothing is claimed that the inbox contradicts', async () => {
		await fc.assert(
			fc.asyncProperty(
				scenarios,
				fc.array(steps, { minLength: 3, maxLength: 8, size: 'max' }),
				async (scenario, happenings) => {
					const story = new Story(use.fresh(scenario.way), scenario);
					for (const step of happenings) await story.go(step);
				},
			),
			{
				numRuns: RUNS,
				// Slower machines try fewer.
				interruptAfterTimeLimit: SAFETY_RUNS === undefined ? 60_000 : undefined,
				seed: SAFETY_SEED === undefined ? undefined : Number(SAFETY_SEED),
				path: SAFETY_PATH,
			},
		);
		if (SAFETY_PATH !== undefined) return;
		// Nobody is harmed either where nothing is sent.
		expect(totals.reached).toBeGreaterThan(totals.stories / 2);
		expect(totals.blocked).toBeGreaterThan(totals.stories / 4);
		expect(totals.uncertain + totals.confirmed).toBeGreaterThan(totals.stories / 20);
	});
});
