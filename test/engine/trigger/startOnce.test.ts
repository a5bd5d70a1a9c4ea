import { randomUUID } from 'node:crypto';
import { Database } from '../../../engine/database';
import { rowOfNode } from '../../../engine/deduplicator';
import { outputOf } from '../../../engine/output';
import type { N8nProcess } from '../../../engine/process';
import { crashed, killedWhen, startN8n } from '../support';
import { run } from '../n8n/probe';
import { NEXT, TRIGGER, triggerWorkflow, useLine, type Line } from './support';

const use = useLine();

/** A trigger, and what all n8n processes have in common. */
interface Place {
	nodeId: string;
	store: { saved?: string };
	database: Database;
}

const newPlace = (): Place => ({ nodeId: randomUUID(), store: {}, database: new Database() });

/** Opens a webhook processor, whose executions a worker runs. */
async function open(place: Place, worker?: N8nProcess): Promise<Line> {
	const { nodeId, store, database } = place;
	const n8n = await startN8n(database);
	return await use.open({
		node: { id: nodeId },
		store,
		n8n,
		worker: worker ?? (await startN8n(database)),
		loader: Promise.resolve(n8n.loader),
	});
}

/** Delivers an event to several processes in the same moment. @returns the statuses */
async function deliverToAll(lines: Line[], eventId: string): Promise<number[]> {
	const body = JSON.stringify({ eventType: 'message.sent', eventId, data: {} });
	return await Promise.all(
		lines.map(async (line) => {
			const { url, ...request } = line.signed(body);
			return (await fetch(url, { method: 'POST', ...request })).status;
		}),
	);
}

/** The IDs of the events that went on to the next node. */
async function wentOn(lines: Line[]): Promise<unknown[]> {
	const started = await Promise.all(lines.map(async (line) => await line.started()));
	return started.flat(2).map(({ eventId }) => eventId);
}

describe('an event that two n8n processes receive in the same moment', () => {
	it('goes on in one execution, and the other one says why it ends', async () => {
		const place = newPlace();
		const lines = [await open(place), await open(place)];
		const eventIds = Array.from({ length: 10 }, (_, index) => `evt_${index}`);
		const answers = await Promise.all(eventIds.map(async (id) => await deliverToAll(lines, id)));
		expect(answers.flat()).toEqual(Array(20).fill(200));
		expect((await wentOn(lines)).sort()).toEqual(eventIds);

		const runs = await Promise.all(lines.flatMap(({ listener }) => listener.runs));
		const ended = runs.filter((one) => outputOf(one, TRIGGER).length === 0);
		expect(runs.length - ended.length).toBe(10);
		for (const { status, data } of ended) {
			expect(status).toBe('success');
			const [{ hints }] = data.resultData.runData[TRIGGER];
			expect(hints?.[0].message).toContain('Another execution goes on with it');
		}
	});

	it('goes on, also if n8n cannot tell whether it is the first', async () => {
		const place = newPlace();
		const lines = [await open(place)];
		place.database.processedData.failNext(1_000, new Error('disk full'));
		for (const eventId of ['evt_1', 'evt_2']) await deliverToAll(lines, eventId);
		expect(await wentOn(lines)).toEqual(['evt_1', 'evt_2']);
	});

	it('is looked up in a row that stays small', async () => {
		const place = newPlace();
		const line = await open(place);
		const { processedData } = place.database;
		const key = rowOfNode('workflow', place.nodeId);
		const others = Array.from({ length: 2_000 }, (_, index) => `other ${index}`);
		processedData.put(key, { mode: 'entries', data: others });
		await deliverToAll([line], 'evt_1');
		await line.started();
		expect((processedData.peek(key)!.data as unknown[]).length).toBeLessThanOrEqual(1_000);
	});
});

describe('an event of an n8n that runs its executions itself', () => {
	it('is not claimed once more when its execution starts', async () => {
		const place = newPlace();
		const n8n = await startN8n(place.database);
		const { nodeId: id, store } = place;
		const line = await use.open({ node: { id }, store, n8n, loader: Promise.resolve(n8n.loader) });
		await deliverToAll([line], 'evt_1');
		expect(await wentOn([line])).toEqual(['evt_1']);
		expect(place.database.processedData.statements).toEqual({ reads: 0, writes: 0 });
	});
});

describe('an execution that crashes after it has claimed its event', () => {
	it('goes on with the event when it is retried', async () => {
		const place = newPlace();
		const n8n = await startN8n(place.database);
		const line = await open(place, n8n);
		let writes = 0;
		const killed = killedWhen(n8n, (step) => step === 'afterWrite' && ++writes === 2);
		await deliverToAll([line], 'evt_1');
		await killed;
		const [executionId] = place.database.executions.ids();
		const workflow = triggerWorkflow({}, { id: place.nodeId });
		const retried = await run(await startN8n(place.database), workflow, {
			mode: 'retry',
			resume: crashed({ n8n, executionId }),
		}).result;
		expect(outputOf(retried, NEXT).map(({ json }) => json.eventId)).toEqual(['evt_1']);
	});
});
