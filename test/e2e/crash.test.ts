import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient, type Execution } from '../../editor/client';
import { CURRENT_N8N, installN8n } from '../../editor/install';
import { addPackage, startN8n, type RunningN8n } from '../../editor/start';
import type { RecordedRequest } from '../../sandbox';
import { errorOf, SEND } from '../support';
import { itemsOf, type Count } from './crashCount';
import { Lists } from './crashLists';
import { SCENARIOS, type Scenario } from './crashScenarios';
import { crashTable, documentedTable, documentTable } from './crashTable';
import { Trial } from './crashTrial';
import {
	createTrigger,
	goLive,
	seedInstance,
	startedBy,
	until,
	untilReachable,
	type Place,
	type SavedTrigger,
} from './support';

/** Everything happens before the first test. */
const SETUP_TIMEOUT_MS = 600_000;

const BEFORE = Array.from({ length: 30 }, (_, index) => `evt_before_${index}`);
const WHILE_DOWN = ['evt_while_down'];

/** All scenarios at once in one n8n, which is killed once, and a second time where a scenario wants it. */
describe('after kill -9 while n8n sends', () => {
	const home = mkdtempSync(join(tmpdir(), 'n8n-e2e-crash-'));
	let n8n: RunningN8n;
	let place: Place;
	let lists: Lists;
	let trials: Trial[];
	let counts: Count[];
	let trigger: SavedTrigger;
	let answersBefore: Array<number | undefined>;
	let answersWhileDown: Array<number | undefined>;
	/** In milliseconds since 1970: when n8n was started again for the first time. */
	let restartedAt: number;
	/** The calls from then on, before anybody had done anything. */
	let callsByItself: RecordedRequest[];

	beforeAll(async () => {
		addPackage(home);
		const installed = await installN8n(CURRENT_N8N, console.log);
		n8n = await startN8n(installed, { home });
		place = await seedInstance(await clientOf(n8n), { webhookRetrySeconds: [] });
		lists = await Lists.start();
		const { sandbox } = place;

		trigger = await createTrigger(place, { events: ['reply.received'] });
		await goLive(place, trigger, { events: ['reply.received'] });
		answersBefore = await deliverAll(place, BEFORE);

		trials = SCENARIOS.map(
			(scenario, index) => new Trial(place, scenario, `trial-${index}`, index % 2 === 0),
		);
		await Promise.all(trials.map(async (trial) => await trial.create(lists)));
		await Promise.all(trials.map(async (trial) => await trial.start()));
		await killWhenPartway(trials);
		answersWhileDown = await deliverAll(place, WHILE_DOWN);
		lists.change();

		const restart = async () => {
			restartedAt ??= Date.now();
			n8n = await startN8n(installed, { home, port: Number(new URL(n8n.url).port) });
			place.client = await clientOf(n8n);
			await untilReachable(trigger);
			for (const trial of trials) await trial.untilCrashed();
		};
		await restart();
		callsByItself = sandbox.requests.filter(({ startedAt }) => startedAt >= restartedAt);

		const again = trials.filter(({ scenario }) => scenario.untilKilledAgain);
		for (const trial of again) trial.startUntilKilledAgain();
		const others = trials.filter((trial) => !again.includes(trial));
		await Promise.all(others.map(async (trial) => await trial.finish()));
		await killWhenPartway(again);
		await restart();
		await Promise.all(again.map(async (trial) => await trial.finish()));

		counts = [];
		for (const trial of trials) counts.push(await trial.count());
	}, SETUP_TIMEOUT_MS);

	/** Kills n8n, and waits until nothing that it had started is under way. */
	async function killWhenPartway(chosen: Trial[]): Promise<void> {
		const { sandbox } = place;
		const arePartway = () => chosen.every((trial) => trial.isPartway());
		await until('everything to be partway through', arePartway, { timeoutMs: SETUP_TIMEOUT_MS });
		await n8n.kill();
		await until('the last call to end', () =>
			sandbox.requests.every(({ endedAt }) => endedAt !== undefined),
		);
		sandbox.clearFaults();
	}

	afterAll(async () => {
		await n8n?.stop();
		lists?.stop();
		await place?.sandbox.stop();
		rmSync(home, { recursive: true, force: true });
	});

	it('n8n sends nothing more by itself', () => {
		expect(callsByItself).toEqual([]);
	});

	const rows = SCENARIOS.map((scenario, index) => ({ ...scenario, index }));

	it.each(rows)(
		'$line ($variant): nobody is messaged twice, and nothing is reported wrongly',
		async ({ index, maxUncertain }) => {
			expect(await trials[index].failures()).toEqual([]);
			const { uncertain, ...wrong } = counts[index];
			expect(wrong).toEqual({ twice: 0, falselySent: 0, missing: 0 });
			expect(uncertain).toBeLessThanOrEqual(maxUncertain);
		},
	);

	it('is documented as measured', () => {
		const measured = trials.map(({ scenario }, index) => ({ scenario, count: counts[index] }));
		const table = crashTable(measured);
		if (!process.env.CI) documentTable(table);
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
			/^0 of 30 sent in this run, \d+ already sent before \(items 0–\d+\), 1 may have been sent \(item \d+\), \d+ not tried \(items \d+–29\)\./,
		);
	});

	it('a new execution marks those who had their message already, and only those', async () => {
		const isMarked = ({ then, change }: Scenario) => then[0] === 'runAgain' && !change;
		const [, again] = await executionsOf(isMarked);
		const trial = trials.find(({ scenario }) => isMarked(scenario))!;
		const at = (profile: unknown) =>
			trial.delivered.find(({ recipientLinkedinUrl }) => recipientLinkedinUrl === profile)!.at;
		const sent = itemsOf(again, SEND).filter(({ success }) => success === true);
		const marked = sent.filter(({ alreadySent }) => alreadySent === true);
		const others = sent.filter((item) => !marked.includes(item));
		expect(marked.length).toBeGreaterThan(0);
		expect(marked.filter((item) => at(item.recipientLinkedinUrl) > restartedAt)).toEqual([]);
		expect(others.length).toBeGreaterThan(0);
		expect(others.filter((item) => at(item.recipientLinkedinUrl) < restartedAt)).toEqual([]);
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
		const trial = trials.find(({ scenario }) => isChosen(scenario))!;
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

async function clientOf({ url }: RunningN8n): Promise<N8nClient> {
	const client = new N8nClient(url);
	await client.signIn();
	return client;
}
