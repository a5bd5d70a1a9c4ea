import { join } from 'node:path';
import { loadPackage } from '../../engine/package';
import {
	start,
	type FinishedRun,
	type Running,
	type RunSettings,
	type WorkflowJson,
} from '../../engine/run';
import type { Sandbox } from '../../sandbox';
import { workflowWith, type NodeSettings, type TestItem } from '../support';

export * from '../support';

const ROOT = join(__dirname, '../..');

/** The built package. */
export const loader = loadPackage(ROOT);

/** Begins to run the node under test against a sandbox, with the sandbox's own key. */
export async function begin(
	sandbox: Sandbox,
	items: TestItem[],
	node: NodeSettings,
	settings: Partial<RunSettings> = {},
): Promise<Running> {
	return await beginWorkflow(sandbox, workflowWith(items, node), settings);
}

async function beginWorkflow(
	sandbox: Sandbox,
	workflow: WorkflowJson,
	settings: Partial<RunSettings> = {},
): Promise<Running> {
	const sendPilotApi = { apiKey: sandbox.apiKey, baseUrl: sandbox.url };
	return start(await loader, workflow, { credentials: { sendPilotApi }, ...settings });
}

/** Runs a workflow of one's own to its end, with the sandbox's own key. */
export async function runWorkflow(sandbox: Sandbox, workflow: WorkflowJson): Promise<FinishedRun> {
	const { result } = await beginWorkflow(sandbox, workflow);
	return await result;
}

/** Runs the node under test to its end. */
export async function run(...args: Parameters<typeof begin>): Promise<FinishedRun> {
	return await (
		await begin(...args)
	).result;
}

/** What n8n does with the saved data of a failed run before it goes on with it. */
export function resumable({ data }: FinishedRun): FinishedRun['data'] {
	const saved = structuredClone(JSON.parse(JSON.stringify(data))) as FinishedRun['data'];
	const { runData, lastNodeExecuted } = saved.resultData;
	delete saved.resultData.error;
	if (lastNodeExecuted) runData[lastNodeExecuted].pop();
	return saved;
}

/** The same for "Retry with currently saved workflow", after the user has changed the node. */
export function resumableWith(failed: FinishedRun, changed: NodeSettings): FinishedRun['data'] {
	const resume = resumable(failed);
	for (const { node } of resume.executionData?.nodeExecutionStack ?? [])
		Object.assign(node, changed);
	return resume;
}
