import './environment';
import { establishExecutionContext, WorkflowExecute } from 'n8n-core';
import {
	createRunExecutionData,
	mergeRunsPerBranch,
	type ExecuteWorkflowData,
	type ExecuteWorkflowOptions,
	type IExecuteWorkflowInfo,
	type INode,
	type INodeExecutionData,
	type IPinData,
	type IRun,
	type IRunExecutionData,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { additionalDataFor, type AdditionalData } from './additionalData';
import type { Credentials } from './credentials';
import type { N8nProcess } from './process';
import { workflowOf, type WorkflowJson } from './workflow';

/** What all executions that a run starts have in common. */
export interface Surroundings {
	n8n: N8nProcess;
	credentials: Credentials;
	/** The workflows that can be executed by another one, by their ids. */
	workflows: Record<string, WorkflowJson>;
}

/** An execution in progress. */
export interface Execution {
	id: string;
	result: Promise<IRun>;
	cancel(): void;
}

/** An execution to start. */
export interface Order {
	json: WorkflowJson;
	mode: WorkflowExecuteMode;
	/** The data to go on with: that of an earlier execution, where it failed, or of a webhook. */
	resume?: IRunExecutionData;
}

/**
 * Starts an execution and saves its data as n8n does: a manual one when it has finished; others when they
 * start, with what identifies them, and when they have finished; all after each node, if the workflow says
 * so. Follows n8n's `workflow-runner` and `execution-lifecycle-hooks`.
 */
export function execute(around: Surroundings, { json, mode, resume }: Order): Execution {
	const { executions } = around.n8n.database;
	const workflow = workflowOf(around.n8n, json);
	if (mode === 'manual' && !resume) {
		const id = executions.create(mode, nodeNames(json));
		const additionalData = additionalDataOf(around, { json, mode, id });
		const execute = new WorkflowExecute(additionalData, mode);
		const execution = execute.run({ workflow, pinData: json.pinData });
		return { id, result: execution, cancel: () => execution.cancel() };
	}
	const data = resume ?? productionData(workflow, json.pinData);
	// This happens before n8n creates the execution, and establishes the context without delay.
	const established = establishExecutionContext(workflow, data, undefined, mode);
	const id = executions.create(mode, nodeNames(json), data);
	const additionalData = additionalDataOf(around, { json, mode, id });
	const execution = new WorkflowExecute(additionalData, mode, data).processRunExecutionData(
		workflow,
	);
	return {
		id,
		result: established.then(async () => await execution),
		cancel: () => execution.cancel(),
	};
}

function nodeNames({ nodes }: WorkflowJson): string[] {
	return nodes.map(({ name }) => name);
}

function productionData(workflow: Workflow, pinData?: IPinData): IRunExecutionData {
	const node = workflow.getStartNode();
	if (!node) throw new Error('No node to start the workflow from could be found');
	return createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node, data: { main: [[{ json: {} }]] }, source: null }],
		},
		resultData: { pinData },
	});
}

interface Identity {
	json: WorkflowJson;
	mode: WorkflowExecuteMode;
	id: string;
}

function additionalDataOf(around: Surroundings, { json, mode, id }: Identity): AdditionalData {
	const { n8n, credentials } = around;
	const { executions } = n8n.database;
	const additionalData = additionalDataFor(credentials, mode, { id, workflowId: json.id });
	additionalData.executeWorkflow = async (info, parent, options) =>
		await executeSubWorkflow(around, info, parent, options);
	additionalData.getRunExecutionData = async (wanted) =>
		await n8n.hold(Promise.resolve(executions.find(wanted)));

	const { hooks } = additionalData;
	hooks.addHandler('nodeExecuteBefore', async (node) => {
		await n8n.hold(Promise.resolve());
		executions.log(id, { node, event: 'started' });
	});
	hooks.addHandler('nodeExecuteAfter', async (node, _task, data) => {
		await n8n.hold(Promise.resolve());
		executions.log(id, { node, event: 'finished' });
		if (json.settings?.saveExecutionProgress !== true) return;
		data.resultData.lastNodeExecuted = node;
		executions.save(id, data, 'running');
	});
	hooks.addHandler('workflowExecuteAfter', async (run) => {
		await n8n.hold(Promise.resolve());
		executions.save(id, run.data, finalStatus(run));
	});
	return additionalData;
}

function finalStatus({ data, status }: IRun): IRun['status'] {
	if (['crashed', 'canceled', 'waiting'].includes(status)) return status;
	return data.resultData.error || status === 'error' ? 'error' : 'success';
}

/**
 * Follows `executeWorkflow` of n8n's `workflow-execute-additional-data`: the execution is saved before it
 * has a context of its own, so the retry of a crashed one establishes a new one.
 */
async function executeSubWorkflow(
	around: Surroundings,
	info: IExecuteWorkflowInfo,
	parent: IWorkflowExecuteAdditionalData,
	options: ExecuteWorkflowOptions,
): Promise<ExecuteWorkflowData> {
	const { n8n, workflows } = around;
	const json = (info.id === undefined ? info.code : workflows[info.id]) as WorkflowJson | undefined;
	if (!json) throw new Error('Workflow does not exist.');
	const mode = 'integrated';
	const data = subExecutionData(json, options);
	const id = n8n.database.executions.create(mode, nodeNames(json), data);
	const additionalData = additionalDataOf(around, { json, mode, id });
	additionalData.rootExecutionMode = parent.rootExecutionMode ?? options.executionMode;
	const workflow = workflowOf(n8n, json);
	const execution = new WorkflowExecute(additionalData, mode, data).processRunExecutionData(
		workflow,
	);
	if (options.doNotWaitToFinish) return { executionId: id, data: [null] };

	const run = await n8n.hold(Promise.resolve(execution));
	const { error, lastNodeExecuted = '', runData } = run.data.resultData;
	if (run.finished) {
		return { executionId: id, data: mergeRunsPerBranch(runData[lastNodeExecuted] ?? []) };
	}
	throw Object.assign(new Error(error?.message), error, { executionId: id, workflowId: json.id });
}

function subExecutionData(
	json: WorkflowJson,
	{ inputData = [{ json: {} }], parentExecution }: ExecuteWorkflowOptions,
): IRunExecutionData {
	const node = json.nodes.find(({ type }) => type.endsWith('.executeWorkflowTrigger'));
	if (!node) throw new Error('The workflow has no trigger for its execution by another one');
	return createRunExecutionData({
		executionData: { nodeExecutionStack: [subStart(node, inputData, parentExecution)] },
		resultData: { pinData: json.pinData },
		parentExecution,
	});
}

function subStart(
	node: INode,
	inputData: INodeExecutionData[],
	parentExecution: ExecuteWorkflowOptions['parentExecution'],
) {
	return { node, data: { main: [inputData] }, metadata: { parentExecution }, source: null };
}
