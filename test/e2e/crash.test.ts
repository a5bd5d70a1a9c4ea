import type { Execution } from '../../editor/client';
import { CURRENT_N8N } from '../../editor/install';
import type { RecordedRequest } from '../../sandbox';
import { errorOf, SEND } from '../support';
import { itemsOf, type Count } from './crashCount';
import { CRASH_TIMEOUT_MS, CrashRun } from './crashRun';
import { SCENARIOS, type Scenario } from './crashScenarios';
import { crashTable, documentedTable, documentTable } from './crashTable';
import {
	createTrigger,
	goLive,
	startedBy,
	untilReachable,
	type Place,
	type SavedTrigger,
} from './support';

const BEFORE = Array.from({ length: 30 }, (_, index) => `evt_before_${index}`);
const WHILE_DOWN = ['evt_while_down'];

describe('after kill -9 while n8n sends or starts searches', () => {
	let run: CrashRun;
	let place: Place;
	let counts: Count[];
	let trigger: SavedTrigger;
	let answersBefore: Array<number | undefined>;
	let answersWhileDown: Array<number | undefined>;
	/** The calls after the restart, before anybody had done anything. */
	let callsByItself: RecordedRequest[];

	beforeAll(async () => {
		run = await CrashRun.start(CURRENT_N8N);
		place = run.place;
		trigger = await createTrigger(place, { events: ['reply.received'] });
		await goLive(place, trigger, { events: ['reply.received'] });
		answersBefore = await deliverAll(place, BEFORE);

		await run.crash(SCENARIOS);
		answersWhileDown = await deliverAll(place, WHILE_DOWN);
		await run.restart();
		await untilReachable(trigger);
		const { requests } = place.sandbox;
		callsByItself = requests.filter(({ startedAt }) => startedAt >= run.restartedAt);
		counts = await run.finish();
	}, CRASH_TIMEOUT_MS);

	afterAll(async () => await run?.stop());

	it('n8n calls nothing more by itself', () => {
		expect(callsByItself).toEqual([]);
	});

	const rows = SCENARIOS.map((scenario, index) => ({ ...scenario, index }));

	it.each(rows)(
		'$line ($variant): nothing is done twice, and nothing is reported wrongly',
		async ({ index, maxUncertain }) => {
			expect(await run.trials[index].failures()).toEqual([]);
			const { uncertain, ...wrong } = counts[index];
			expect(wrong).toEqual({ twice: 0, falselySent: 0, missing: 0 });
			expect(uncertain).toBeLessThanOrEqual(maxUncertain);
		},
	);

	it('is documented as measured', () => {
		const measured = run.trials.map(({ scenario }, index) => ({ scenario, count: counts[index] }));
		const table = crashTable(measured);
		const isSound = counts.every(
			({ twice, falselySent, missing }) => twice + falselySent + missing === 0,
		);
		if (isSound && !process.env.CI) documentTable(table);
		expect(documentedTable()).toBe(table);
	});

	it('n8n shows such an execution as crashed, at the sending node', async () => {
		const [crashed] = await executionsOf(({ savesProgress }) => !savesProgress);
		expect(crashed.status).toBe('crashed');
		expect(crashed.data.resultData).toMatchObject({
			error: { message: 'Workflow did not finish, possible out-of-memory issue' },
			lastNodeExecuted: SEND,
		});
	});

	it('with Stop Workflow, a retry lists what is known about each item, and messages nobody', async () => {
		const [, retried] = await executionsOf(({ onError }) => onError === 'stopWorkflow');
		const { message, description } = errorOf(retried)!;
		expect(message).toMatch(/^Message may have been sent/);
		expect(description).toMatch(
			/^0 of 40 sent in this run, \d+ already sent before \(items 0–\d+\), 1 may have been sent \(item \d+\), \d+ not tried \(items \d+–39\)\./,
		);
	});

	it('a retry says of each search that was waited for that it may have been started, and where to find it', async () => {
		const [, retried] = await executionsOf(({ waits }) => waits === true);
		const { people } = SCENARIOS.find(({ waits }) => waits)!;
		const items = itemsOf(retried, SEND);
		expect(items).toHaveLength(people);
		for (const item of items) {
			expect(item).toMatchObject({
				error: expect.stringMatching(/^Search may have been started: An earlier attempt may have/),
				details: { description: expect.stringMatching(/^Check Lead Database in SendPilot/) },
			});
		}
	});

	it('a new execution marks those who had their message already, and only those', async () => {
		const isMarked = ({ then, change }: Scenario) => then[0] === 'runAgain' && !change;
		const [, again] = await executionsOf(isMarked);
		const trial = run.trials.find(({ scenario }) => isMarked(scenario))!;
		const at = (profile: unknown) =>
			trial.delivered.find(({ recipientLinkedinUrl }) => recipientLinkedinUrl === profile)!.at;
		const sent = itemsOf(again, SEND).filter(({ success }) => success === true);
		const marked = sent.filter(({ alreadySent }) => alreadySent === true);
		const others = sent.filter((item) => !marked.includes(item));
		expect(marked.length).toBeGreaterThan(0);
		expect(marked.filter((item) => at(item.recipientLinkedinUrl) > run.restartedAt)).toEqual([]);
		expect(others.length).toBeGreaterThan(0);
		expect(others.filter((item) => at(item.recipientLinkedinUrl) < run.restartedAt)).toEqual([]);
	});

	it('events from before start nothing again, and a missed one starts an execution when it is redelivered', async () => {
		expect(answersBefore).toEqual(BEFORE.map(() => 200));
		expect(answersWhileDown).toEqual([undefined]);
		const again = [...BEFORE, ...WHILE_DOWN];
		expect(await deliverAll(place, again)).toEqual(again.map(() => 200));
		const started = await startedBy(place, trigger);
		expect(started.map(([item]) => item.eventId).sort()).toEqual([...again].sort());
	});

	/** The executions of the first scenario like this, the oldest first. */
	async function executionsOf(isChosen: (scenario: Scenario) => boolean): Promise<Execution[]> {
		const trial = run.trials.find(({ scenario }) => isChosen(scenario))!;
		return (await trial.executions()).reverse();
	}
});

/** Delivers many events at once. @returns the statuses of the answers, in the order they arrived */
async function deliverAll(
	{ sandbox: { webhooks } }: Place,
	eventIds: string[],
): Promise<Array<number | undefined>> {
	const before = webhooks.log.length;
	for (const eventId of eventIds) webhooks.emit({ eventType: 'reply.received', eventId });
	await webhooks.settled();
	return webhooks.log.slice(before).map(({ status }) => status);
}
