import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { PackageDirectoryLoader } from 'n8n-core';
import type { IRunExecutionData } from 'n8n-workflow';
import { Database } from '../../engine/database';
import { loadPackage, loadPackageAfresh } from '../../engine/package';
import { N8nProcess, type Step } from '../../engine/process';
import {
	start,
	type FinishedRun,
	type Running,
	type RunSettings,
	type WorkflowJson,
} from '../../engine/run';
import type { Sandbox, SandboxOptions } from '../../sandbox';
import { LATENESS } from '../../nodes/shared/reach/history/lateness';
import { SENDERS_PATH } from '../../sendpilot/contract/sender';
import {
	useSandbox as useSandboxAlone,
	workflowWith,
	type NodeSettings,
	type TestItem,
} from '../support';

export * from '../support';

const ROOT = join(__dirname, '../..');

type Lateness = typeof LATENESS;

/** Here a statement takes but a few turns, and all n8n processes share one thread: what holds one up, holds up all. */
const ON_TIME: Lateness = {
	...{ readMs: Infinity, writeMs: Infinity },
	...{ waitMs: 10, longWaitMs: Infinity },
};

/** The built package. */
export const loader = loadOnTime();

/** Loads the built package, for n8n processes that are never late. */
export async function loadOnTime(): Promise<PackageDirectoryLoader> {
	await setLateness(ROOT, ON_TIME);
	return await loadPackage(ROOT);
}

/** Changes how late n8n processes may be for a package. @returns a function that undoes it */
async function setLateness(folder: string, changed: Lateness): Promise<() => void> {
	const file = join(folder, 'dist/nodes/shared/reach/history/lateness.js');
	const { LATENESS: lateness } = (await import(file)) as { LATENESS: Lateness };
	const before = { ...lateness };
	Object.assign(lateness, changed);
	return () => Object.assign(lateness, before);
}

/** Runs something with the package waiting for other n8n processes for as long as it does in n8n. */
export async function withFullWait<Result>(execute: () => Promise<Result>): Promise<Result> {
	const restore = await setLateness(ROOT, { ...ON_TIME, waitMs: LATENESS.waitMs });
	return await execute().finally(restore);
}

const databases = new WeakMap<Sandbox, Database>();

/** The n8n database of all runs against a sandbox, in one test. */
export function databaseOf(sandbox: Sandbox): Database {
	const database = databases.get(sandbox) ?? new Database();
	databases.set(sandbox, database);
	return database;
}

/** A sandbox for the tests of one file, and an empty n8n database for each of them. */
export function useSandbox(options?: SandboxOptions) {
	const use = useSandboxAlone(options);
	beforeEach(() => databases.delete(use.sandbox));
	return {
		/** Starts over within a test. */
		reset() {
			use.sandbox.reset();
			databases.delete(use.sandbox);
		},
		get sandbox() {
			return use.sandbox;
		},
		get database() {
			return databaseOf(use.sandbox);
		},
	};
}

/**
 * Runs something against a SendPilot that gives the same answer to everything, such as one that the sandbox does not
 * give.
 *
 * @returns what the run returns, and how many calls there were
 */
export async function withAnswer<Result>(
	answer: unknown,
	execute: (settings: Pick<RunSettings, 'credentials'>) => Promise<Result>,
	{ status = 201, apiKey = 'key' } = {},
): Promise<{ result: Result; calls: number }> {
	let calls = 0;
	const server = createServer((request, response) => {
		// The senders are read before the first message or invitation of a run.
		if (request.url !== SENDERS_PATH) calls++;
		request.resume().on('end', () => {
			response
				.writeHead(status, { 'content-type': 'application/json' })
				.end(JSON.stringify(answer));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const sendPilotApi = { apiKey, baseUrl: `http://127.0.0.1:${port}` };
	try {
		const result = await execute({ credentials: { sendPilotApi } });
		return { result, calls };
	} finally {
		server.close();
	}
}

/** n8n as it is after a restart: the package has forgotten what it kept in memory. */
export async function startN8n(database: Database, lateness = ON_TIME): Promise<N8nProcess> {
	const fresh = await loadPackageAfresh(ROOT);
	await setLateness(fresh.directory, lateness);
	return new N8nProcess(fresh, database);
}

/**
 * What n8n goes on with when the execution of a killed process is retried after a restart. Each retry
 * needs its own.
 */
export function crashed({
	n8n,
	executionId,
}: Pick<Running, 'n8n' | 'executionId'>): IRunExecutionData {
	if (!n8n.isKilled) throw new Error('The process has not been killed');
	return n8n.database.executions.retryData(executionId);
}

/**
 * Has n8n killed at a step.
 *
 * @returns a promise that resolves then
 */
export async function killedWhen(
	n8n: N8nProcess,
	isMoment: (step: Step) => boolean,
): Promise<true> {
	return await new Promise((resolve) => {
		n8n.onStep = (step) => {
			if (!isMoment(step)) return;
			n8n.kill();
			resolve(true);
		};
	});
}

/** Begins to run the node under test against a sandbox, with the sandbox's own key. */
export async function begin(
	sandbox: Sandbox,
	items: TestItem[],
	node: NodeSettings,
	settings: Partial<RunSettings> = {},
): Promise<Running> {
	return await beginWorkflow(sandbox, workflowWith(items, node), settings);
}

/** Begins to run a workflow of one's own, with the sandbox's own key. */
export async function beginWorkflow(
	sandbox: Sandbox,
	workflow: WorkflowJson,
	settings: Partial<RunSettings> = {},
): Promise<Running> {
	const sendPilotApi = { apiKey: sandbox.apiKey, baseUrl: sandbox.url };
	const database = databaseOf(sandbox);
	return start(await loader, workflow, { credentials: { sendPilotApi }, database, ...settings });
}

/** Runs a workflow of one's own to its end, with the sandbox's own key. */
export async function runWorkflow(...args: Parameters<typeof beginWorkflow>): Promise<FinishedRun> {
	return await (
		await beginWorkflow(...args)
	).result;
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
