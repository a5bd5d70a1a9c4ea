import type { IDataObject } from 'n8n-workflow';
import { SEND } from '../support';
import { cpuOf, untilIdle } from './cpu';
import { fillHistory } from './history';
import type { Place } from './place';
import type { Call } from './sandboxMain';
import { liveWorkflow, type Contestant, type OurSettings } from './workflows';

/** One run of a workflow. */
export interface Task {
	contestant: Contestant;
	items: IDataObject[];
	/** How many of them get a message; default: all. */
	sent?: number;
	/** How long a call takes at SendPilot, in ms. */
	latency?: number;
	/** Whether the node's history is full before the run; default: it is empty. */
	isFull?: boolean;
	settings?: OurSettings;
}

/** What came of a run. Times in ms; the absolute ones since 1970. */
export interface Result {
	/** CPU time of n8n, its child processes included, until it is idle again. */
	cpu: number;
	/** When the sending node began and ended. */
	begin: number;
	end: number;
	/** The calls that arrived. */
	calls: Call[];
}

/**
 * Runs a new workflow in production, once: so its node has an empty history, unless it is filled.
 *
 * @throws Error where not every message went out, once
 */
export async function run(place: Place, task: Task): Promise<Result> {
	const { n8n, client, sandbox, installed, home, access } = place;
	const { contestant, items, latency = 0, isFull = false } = task;
	await sandbox.reset(latency);
	const { path, workflow } = liveWorkflow(contestant, access, task.settings);
	const saved = await client.createWorkflow(workflow);
	await client.activate(saved);
	if (isFull) fillHistory(installed, home, saved.id, sendingNode(saved).id);

	await untilIdle(n8n.pid);
	const before = cpuOf(n8n.pid);
	await start(`${n8n.url}/webhook/${path}`, items);
	await untilIdle(n8n.pid);
	const cpu = cpuOf(n8n.pid) - before;

	const { delivered, people, calls } = await sandbox.report();
	const expected = contestant === 'nothing' ? 0 : (task.sent ?? items.length);
	if (delivered !== expected || people !== expected) {
		throw new Error(`${contestant} sent ${delivered} of ${expected} messages to ${people} people`);
	}
	const [id] = await client.executionIds(saved.id);
	const { data } = await client.finished(id);
	const [{ startTime, executionTime }] = data.resultData.runData[SEND];
	return { cpu, begin: startTime, end: startTime + executionTime, calls };
}

function sendingNode({ nodes }: { nodes: Array<{ id: string; name: string }> }) {
	return nodes.find(({ name }) => name === SEND)!;
}

/** Starts a workflow with its webhook, which answers when the workflow has finished. */
async function start(url: string, items: IDataObject[]): Promise<void> {
	const answer = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ items }),
	});
	const text = await answer.text();
	if (!answer.ok) throw new Error(`The workflow answered ${answer.status}: ${text.slice(0, 500)}`);
}
