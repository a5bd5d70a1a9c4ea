import { OLDEST_N8N } from '../../editor/install';
import type { Count } from './crashCount';
import { CRASH_TIMEOUT_MS, CrashRun } from './crashRun';
import { SCENARIOS, type Scenario } from './crashScenarios';
import { beginningsOf } from './crashWorkflows';

/**
 * What docs/reliability.md does not exclude for n8n 1.x: a sub-workflow may send changed texts again when the
 * workflow that calls it is retried.
 */
const isGuaranteed = ({ shape, reworded }: Scenario) =>
	!(reworded && shape?.startsWith('subWorkflow'));

describe(`after kill -9 while n8n ${OLDEST_N8N} sends or starts searches`, () => {
	const scenarios = SCENARIOS.filter(isGuaranteed);
	let run: CrashRun;
	let counts: Count[];

	beforeAll(async () => {
		run = await CrashRun.start(OLDEST_N8N);
		await run.crash(scenarios);
		await run.restart();
		counts = await run.finish();
	}, CRASH_TIMEOUT_MS);

	afterAll(async () => await run?.stop());

	it('the log says what n8n 1.x does not', () => {
		expect(run.log()).toContain('n8n does not say which execution Send retries');
	});

	it.each(scenarios.map((scenario, index) => ({ ...scenario, index })))(
		'$line ($variant): nothing is done twice, and nothing is reported wrongly',
		({ index, ...scenario }) => {
			const { kind, reworded, people, maxUncertain } = scenario;
			const { uncertain, ...wrong } = counts[index];
			expect(wrong).toEqual({ twice: 0, falselySent: 0, missing: 0 });
			// n8n 1.x doesn't say what it retries, so whoever was messaged gets no other text, and a node that has
			// started a search starts no other.
			const messages = beginningsOf(scenario).length;
			const hasOtherTexts = reworded || messages > 1 || kind === 'search';
			expect(uncertain).toBeLessThanOrEqual(hasOtherTexts ? people * messages : maxUncertain);
		},
	);
});
