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
	beginLive,
	beginWorkflow,
	seedInstance,
	makeLine,
	openLine,
	startedBy,
	until,
	untilLive,
	type Line,
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

/** What `kill -9` leaves of an n8n in the middle of 100 messages, and what it shows when it is back. */
describe('after a crash in the middle of 100 messages', () => {
	const home = mkdtempSync(join(tmpdir(), 'n8n-e2e-crash-'));
	let n8n: RunningN8n;
	let place: Place;
	let line: Line;
	/** The executions under way when n8n was killed: of all in one go, and in small batches. */
	let atOnce: string;
	let atOnceWorkflow: SavedWorkflow;
	let inBatches: string;
	let answersBefore: Array<number | undefined>;
	let answersWhileDown: Array<number | undefined>;
	/** To whom messages had gone out by then. */
	let before: string[];

	beforeAll(async () => {
		addPackage(home);
		const installed = await installN8n(CURRENT_N8N, console.log);
		n8n = await startN8n(installed, { home });
		place = await seedInstance(await clientOf(n8n), { webhookRetrySeconds: [] });
		const { sandbox } = place;

		line = await makeLine(place, { events: ['reply.received'] });
		await openLine(place, line, { events: ['reply.received'] });
		answersBefore = await deliverAll(place, BEFORE);

		for (const sender of sandbox.seed.senders) sender.dailyMessageLimit = 3 * PEOPLE;
		// Slow enough that both are met in the middle, and only so long.
		sandbox.inject({ fault: 'delay', ms: 100, times: 60 });
		inBatches = (await beginWorkflow(place, PEOPLE_IN_LOOP, loopWorkflow(place))).id;
		const started = await beginLive(place, people(PEOPLE), { parameters: toProfile() });
		atOnce = started.id;
		atOnceWorkflow = started.workflow;
		await until('the middle', () => {
			const urls = deliveredTo(sandbox);
			const inLoop = urls.filter(isInLoop).length;
			return Math.min(inLoop, urls.length - inLoop) > 2 * BATCH;
		});
		await n8n.kill();
		await until('the end of the last call', () =>
			sandbox.requests.every(({ endedAt }) => endedAt !== undefined),
		);
		before = deliveredTo(sandbox);

		answersWhileDown = await deliverAll(place, WHILE_DOWN);
		n8n = await startN8n(installed, { home, port: Number(new URL(n8n.url).port) });
		place.client = await clientOf(n8n);
		await untilLive(line);
	});

	afterAll(async () => {
		await n8n?.stop();
		await place?.sandbox.stop();
		rmSync(home, { recursive: true, force: true });
	});

	it('n8n shows the execution as crashed, at the node that was sending', async () => {
		const { status, data } = await place.client.finished(atOnce);
		expect(status).toBe('crashed');
		expect(data.resultData).toMatchObject({
			error: { message: 'Workflow did not finish, possible out-of-memory issue' },
			lastNodeExecuted: SEND,
		});
	});

	it('n8n sends nothing more by itself, and nobody has got a message twice', () => {
		expect(deliveredTo(place.sandbox)).toEqual(before);
		expect(new Set(before).size).toBe(before.length);
		expect(before.length).toBeLessThan(2 * PEOPLE);
	});

	it('no event of before is taken again, and one that came meanwhile is, when it comes again', async () => {
		expect(answersBefore).toEqual(BEFORE.map(() => 200));
		expect(answersWhileDown).toEqual([undefined]);
		const again = [...BEFORE, ...WHILE_DOWN];
		expect(await deliverAll(place, again)).toEqual(again.map(() => 200));
		const started = await startedBy(place, line);
		expect(started.map(([item]) => item.eventId).sort()).toEqual([...again].sort());
	});

	it('a retry of the crashed execution writes to nobody again, and says of all what is known', async () => {
		const retried = await place.client.retry(atOnce, 'original');
		const { message, description } = errorOf(retried)!;
		expect(message).toMatch(/^Message may have been sent/);
		expect(description).toMatch(
			/^\d+ of 100 sent \(items 0–\d+\), \d may have been sent \(items? [\d–]+\), \d+ not tried \(items \d+–99\)\./,
		);
		expect(deliveredTo(place.sandbox)).toEqual(before);
	});

	it('with Continue, such a retry sends to all the others', async () => {
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

	it('a retry of batches with saved progress writes to nobody again', async () => {
		await place.client.retry(inBatches, 'original');
		const delivered = deliveredTo(place.sandbox).filter(isInLoop);
		expect(new Set(delivered).size).toBe(delivered.length);
	});
});

/** The node in a loop of small batches. */
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

/** Delivers many events at once. @returns the answers, in the order in which they came */
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
