import './environment';
import { WorkflowExecute, type PackageDirectoryLoader } from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type IRun,
	type IRunExecutionData,
	type IWorkflowBase,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import { additionalDataFor } from './additionalData';
import { Credentials, type CredentialData } from './credentials';
import { nodeTypesOf } from './nodeTypes';

export { outputOf } from './output';

/** A workflow as exported from n8n. */
export type WorkflowJson = Pick<IWorkflowBase, 'nodes' | 'connections'> &
	Partial<Pick<IWorkflowBase, 'id' | 'name' | 'settings' | 'pinData'>>;

/** What a run needs in addition to its workflow. */
export interface RunSettings {
	credentials: CredentialData;
	/** Default: `manual`, as with n8n's button. */
	mode?: WorkflowExecuteMode;
	/** The data of an earlier run, to continue where it failed. */
	resume?: IRunExecutionData;
}

/** A run in progress. */
export interface Running {
	/** Resolves with the finished run, even if it failed. */
	result: Promise<FinishedRun>;
	/** Cancels the run, as n8n's stop button does. */
	cancel(): void;
}

/** A finished run. */
export interface FinishedRun extends IRun {
	/** How often credentials were read. */
	credentialReads: number;
}

/** Runs workflow JSON through n8n's own engine, with the nodes of a loaded package. */
export function start(
	loader: PackageDirectoryLoader,
	json: WorkflowJson,
	settings: RunSettings,
): Running {
	const mode = settings.mode ?? 'manual';
	const workflow = workflowOf(loader, json);
	const credentials = new Credentials(loader, settings.credentials);
	const additionalData = additionalDataFor(credentials, mode);
	const execution = settings.resume
		? new WorkflowExecute(additionalData, mode, settings.resume).processRunExecutionData(workflow)
		: new WorkflowExecute(additionalData, mode).run({ workflow, pinData: json.pinData });
	return {
		result: finished(execution, credentials),
		cancel: () => execution.cancel(),
	};
}

/**
 * Creates n8n's workflow object from JSON.
 *
 * @param staticData what its nodes have saved before
 */
export function workflowOf(
	loader: PackageDirectoryLoader,
	json: WorkflowJson,
	staticData?: IDataObject,
): Workflow {
	return new Workflow({
		...structuredClone({ nodes: json.nodes, connections: json.connections }),
		id: json.id ?? 'workflow',
		name: json.name,
		active: false,
		nodeTypes: nodeTypesOf(loader),
		settings: { executionOrder: 'v1', ...json.settings },
		staticData,
	});
}

/** Waits until a run has finished. */
export async function finished(
	execution: Promise<IRun>,
	credentials: Credentials,
): Promise<FinishedRun> {
	const run = await execution;
	return { ...run, credentialReads: credentials.reads };
}
