import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient, type NewWorkflow, type SavedWorkflow } from '../../editor/client';
import { CURRENT_N8N, installN8n } from '../../editor/install';
import { addPackage, startN8n, type RunningN8n } from '../../editor/start';
import {
	deliveredTo,
	errorOf,
	newNode,
	people,
	SEND,
	START,
	toProfile,
	workflowWith,
} from '../support';
import {
	startLive,
	startWorkflow,
	seedInstance,
	createTrigger,
	goLive,
	startedBy,
	until,
	untilReachable,
	type SavedTrigger,
	type Place,
} from './support';

const PEOPLE = 100;
const BATCH = 5;
const LOOP = 'Loop Over Items';
const PEOPLE_IN_LOOP = people(PEOPLE, (index) => ({
	url: `https://www.linkedin.com/in/in-loop-${index}`,
	sender: 'sender_bianca',
}));

const BEFORE = Array.from({ length: 30 }, (_, index) => `evt_before_${index}`);
const WHILE_DOWN = ['evt_while_down'];

const isInLoop = (url: string) => url.includes('in-loop');

/** What is known, and what is sent, after `kill -9` partway through 100 messages and a restart. */
describe('after a crash partway through 100 messages', () => {
	const home = mkdtempSync(join(tmpdir(), 'n8n-e2e-crash-'));
	let n8n: RunningN8n;
	let place: Place;
	let trigger: SavedTrigger;
	/** The executions that were running when n8n was killed: one sends all at once, one in small batches. */
	let atOnce: string;
	let atOnceWorkflow: SavedWorkflow;
	let inBatches: string;
	let answersBefore: Array<number | undefined>;
	let answersWhileDown: Array<number | undefined>;
	/** Who had been messaged by then. */
	let before: string[];

	beforeAll(async () => {
		addPackage(home);
		const installed = await installN8n(CURRENT_N8N, console.log);
		n8n = await startN8n(installed, { home });
		place = await seedInstance(await clientOf(n8n), { webhookRetrySeconds: [] });
		const { sandbox } = place;

		trigger = await createTrigger(place, { events: ['reply.received'] });
		await goLive(place, trigger, { events: ['reply.received'] });
		answersBefore = await deliverAll(place, BEFORE);

		for (const sender of sandbox.seed.senders) sender.dailyMessageLimit = 3 * PEOPLE;
		// Slow enough for both to be partway through when n8n is killed.
		sandbox.inject({ fault: 'delay', ms: 100, times: 60 });
		inBatches = (await startWorkflow(place, PEOPLE_IN_LOOP, loopWorkflow(place))).id;
		const started = await startLive(place, people(PEOPLE), { parameters: toProfile() });
		atOnce = started.id;
		atOnceWorkflow = started.workflow;
		await until('both executions to be partway through', () => {
			const urls = deliveredTo(sandbox);
			const inLoop = urls.filter(isInLoop).length;
			return Math.min(inLoop, urls.length - inLoop) > 2 * BATCH;
		});
		await n8n.kill();
		await until('the last call to end', () =>
			sandbox.requests.every(({ endedAt }) => endedAt !== undefined),
		);
		before = deliveredTo(sandbox);

		answersWhileDown = await deliverAll(place, WHILE_DOWN);
		n8n = await startN8n(installed, { home, port: Number(new URL(n8n.url).port) });
		place.client = await clientOf(n8n);
		await untilReachable(trigger);
	});

	afterAll(async () => {
		await n8n?.stop();
		await place?.sandbox.stop();
		rmSync(home, { recursive: true, force: true });
	});

	it('n8n shows the execution as crashed, at the sending node', async () => {
		const { status, data } = await place.client.finished(atOnce);
		expect(status).toBe('crashed');
		expect(data.resultData).toMatchObject({
			error: { message: 'Workflow did not finish, possible out-of-memory issue' },
			lastNodeExecuted: SEND,
		});
	});

	it('n8n sends nothing more by itself, and nobody was messaged twice', () => {
		expect(deliveredTo(place.sandbox)).toEqual(before);
		expect(new Set(before).size).toBe(before.length);
		expect(before.length).toBeLessThan(2 * PEOPLE);
	});

	it('events from before start nothing again, and a missed one starts an execution when it is redelivered', async () => {
		expect(answersBefore).toEqual(BEFORE.map(() => 200));
		expect(answersWhileDown).toEqual([undefined]);
		const again = [...BEFORE, ...WHILE_DOWN];
		expect(await deliverAll(place, again)).toEqual(again.map(() => 200));
		const started = await startedBy(place, trigger);
		expect(started.map(([item]) => item.eventId).sort()).toEqual([...again].sort());
	});

	it('a retry of the crashed execution messages nobody again, and lists what is known about each item', async () => {
		const retried = await place.client.retry(atOnce, 'original');
		const { message, description } = errorOf(retried)!;
		expect(message).toMatch(/^Message may have been sent/);
		expect(description).toMatch(
			/^\d+ of 100 sent in this run \(items 0–\d+\), \d may have been sent \(items? [\d–]+\), \d+ not tried \(items \d+–99\)\./,
		);
		expect(deliveredTo(place.sandbox)).toEqual(before);
	});

	it('with Continue, such a retry sends the remaining messages', async () => {
		const { client, sandbox } = place;
		const workflow = structuredClone(atOnceWorkflow);
		for (const node of workflow.nodes) if (node.name === SEND) node.onError = 'continueErrorOutput';
		await client.saveWorkflow(workflow);
		const { status } = await client.retry(atOnce, 'saved');
		expect(status).toBe('success');
		const delivered = deliveredTo(sandbox).filter((url) => !isInLoop(url));
		expect(new Set(delivered).size).toBe(delivered.length);
		expect(delivered.length).toBeGreaterThanOrEqual(PEOPLE - 1);
	});

	it('a retry of batches with saved progress messages nobody again', async () => {
		await place.client.retry(inBatches, 'original');
		const delivered = deliveredTo(place.sandbox).filter(isInLoop);
		expect(new Set(delivered).size).toBe(delivered.length);
	});
});

/** Sends in a loop of small batches. */
function loopWorkflow({ credentials }: Place): Omit<NewWorkflow, 'name'> {
	const { nodes } = workflowWith([], { credentials, parameters: toProfile() });
	const loop = newNode({
		id: 'loop',
		name: LOOP,
		type: 'n8n-nodes-base.splitInBatches',
		typeVersion: 3,
		parameters: { batchSize: BATCH, options: {} },
	});
	const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
	return {
		nodes: [...nodes, loop],
		connections: {
			[START]: { main: [to(LOOP)] },
			[LOOP]: { main: [[], to(SEND)] },
			[SEND]: { main: [to(LOOP)] },
		},
		settings: { saveExecutionProgress: true },
	};
}

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
