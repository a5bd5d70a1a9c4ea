import type { IDataObject, INode, IWorkflowSettings } from 'n8n-workflow';
import type { SavedWorkflow } from '../../editor/client';
import { cpuOf, untilIdle } from './cpu';
import type { Place } from './place';
import type { Call, RunReport } from './sandboxMain';
import { liveWorkflow } from './workflows';

/** How long SendPilot thinks about a call where time is measured, in ms. */
export const LATENCY = 50;

/** What came of a run, in numbers. */
export interface Done extends Omit<RunReport, 'calls'> {
	/** How many items came out of the last node. */
	output: number;
}

/** One run of a workflow. */
export interface Task {
	/** What is done, and by whom. */
	name: string;
	items: IDataObject[];
	/** What works on them, one after the other. */
	nodes: INode[];
	/** What must have come of it, where it matters. */
	done: Partial<Done>;
	/** How long a call takes at SendPilot, in ms. Default: 0 */
	latency?: number;
	settings?: IWorkflowSettings;
	/** Is called with the saved workflow before it runs. */
	prepare?: (workflow: SavedWorkflow, place: Place) => void;
}

/** How long a run took. Times in ms; the absolute ones since 1970. */
export interface Result {
	/** CPU time of n8n, its child processes included, until it is idle again. */
	cpu: number;
	/** When the first node of the task began, and when the last one ended. */
	begin: number;
	end: number;
	/** The calls that arrived. */
	calls: Call[];
}

/**
 * Runs a new workflow in production, once: so its nodes remember nothing.
 *
 * @throws Error where it has not done what it must
 */
export async function run(place: Place, task: Task): Promise<Result> {
	const { n8n, client, sandbox } = place;
	const { workflow, start } = await ready(place, task);
	const before = cpuOf(n8n.pid);
	await start();
	await untilIdle(n8n.pid);
	const cpu = cpuOf(n8n.pid) - before;

	const [id] = await client.executionIds(workflow.id);
	const { runData } = (await client.finished(id)).data.resultData;
	const [[first], [last]] = [task.nodes[0], task.nodes.at(-1)!].map(({ name }) => runData[name]);
	const { calls, ...report } = await sandbox.report();
	verify(task, { ...report, output: last.data?.main[0]?.length ?? 0 });
	return { cpu, begin: first.startTime, end: last.startTime + last.executionTime, calls };
}

/** A workflow that can be started. */
export interface Ready {
	workflow: SavedWorkflow;
	/** Starts it, and waits until it has finished. @returns the first item of its last node */
	start(): Promise<IDataObject>;
}

/** Prepares sandbox and workflow, and waits until n8n is idle. */
export async function ready(place: Place, task: Task): Promise<Ready> {
	const { n8n, client, sandbox } = place;
	await sandbox.reset(task.latency ?? 0);
	const { path, workflow } = liveWorkflow(task.name, task.nodes);
	const saved = await client.createWorkflow({ ...workflow, settings: task.settings ?? {} });
	await client.activate(saved);
	task.prepare?.(saved, place);
	await untilIdle(n8n.pid);
	return {
		workflow: saved,
		start: async () => await call(`${n8n.url}/webhook/${path}`, task.items),
	};
}

/** @throws Error where a task has not done what it must */
export function verify({ name, done }: Pick<Task, 'name' | 'done'>, actual: Partial<Done>): void {
	for (const [what, count] of Object.entries(done) as Array<[keyof Done, number]>) {
		if (actual[what] === count) continue;
		throw new Error(`${name}: "${what}" is ${actual[what]} and not ${count}`);
	}
}

async function call(url: string, items: IDataObject[]): Promise<IDataObject> {
	const answer = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ items }),
	});
	const text = await answer.text();
	if (!answer.ok) throw new Error(`The workflow answered ${answer.status}: ${text.slice(0, 500)}`);
	return JSON.parse(text) as IDataObject;
}
