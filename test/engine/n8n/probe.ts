import type { PackageDirectoryLoader } from 'n8n-core';
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { describeNode } from '../../../engine/builtIn/describe';
import { Database } from '../../../engine/database';
import { N8nProcess } from '../../../engine/process';
import { start, type RunSettings, type Running, type WorkflowJson } from '../../../engine/run';
import { newNode } from '../../support';

/** What a node does in a test. */
export type Behaviour = (
	context: IExecuteFunctions,
	items: INodeExecutionData[],
) => Promise<unknown>;

/** n8n with a package of one node, which does what a test wants and gives out its items. */
export function n8nWith(behaviour: Behaviour, database = new Database()): N8nProcess {
	const probe: INodeType = {
		description: describeNode('probe', ['output']),
		async execute() {
			const items = this.getInputData();
			await behaviour(this, items);
			return [items];
		},
	};
	const loader = {
		packageName: 'test',
		nodeTypes: { probe: { type: probe, sourcePath: '' } },
		credentialTypes: {},
	};
	return new N8nProcess(loader as unknown as PackageDirectoryLoader, database);
}

/** Starts a workflow in a process, in production unless told otherwise. */
export function run(n8n: N8nProcess, json: WorkflowJson, more: Partial<RunSettings> = {}): Running {
	return start(n8n.loader, json, { credentials: {}, mode: 'trigger', n8n, ...more });
}

/** A workflow of nodes in a row, given by their types. */
export function rowOf(
	types: Record<string, string>,
	more: Partial<WorkflowJson> = {},
): WorkflowJson {
	const names = Object.keys(types);
	return {
		nodes: names.map((name) => newNode({ id: name, name, type: types[name] })),
		connections: Object.fromEntries(
			names
				.slice(0, -1)
				.map((name, index) => [
					name,
					{ main: [[{ node: names[index + 1], type: 'main' as const, index: 0 }]] },
				]),
		),
		...more,
	};
}

export const TRIGGER = 'n8n-nodes-base.manualTrigger';
export const CALLED = 'n8n-nodes-base.executeWorkflowTrigger';
export const CALL = 'n8n-nodes-base.executeWorkflow';
export const PASS = 'n8n-nodes-base.noOp';
export const PROBE = 'test.probe';
export const LOOP = 'n8n-nodes-base.splitInBatches';
