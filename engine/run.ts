import './environment';
import type { PackageDirectoryLoader } from 'n8n-core';
import type { IRun, IRunExecutionData, WorkflowExecuteMode } from 'n8n-workflow';
import { Credentials, type CredentialData } from './credentials';
import type { Database } from './database';
import { execute } from './execution';
import { N8nProcess } from './process';
import type { WorkflowJson } from './workflow';

export { outputOf } from './output';
export type { WorkflowJson } from './workflow';

/** What a run needs in addition to its workflow. */
export interface RunSettings {
	credentials: CredentialData;
	/** Default: `manual`, as with n8n's button. */
	mode?: WorkflowExecuteMode;
	/** The data of an earlier run, to continue where it failed. */
	resume?: IRunExecutionData;
	/** The process that the run belongs to. Default: one of its own. */
	n8n?: N8nProcess;
	/** The database of a process of its own, where runs find what earlier ones have left. Default: empty. */
	database?: Database;
	/** The workflows that this one can execute, by their ids. */
	workflows?: Record<string, WorkflowJson>;
}

/** A run in progress. */
export interface Running {
	/** n8n's id of the execution. */
	readonly executionId: string;
	readonly n8n: N8nProcess;
	/** Resolves with the finished run, even if it failed. Never settles if the process is killed. */
	result: Promise<FinishedRun>;
	/** Cancels the run, as n8n's stop button does. */
	cancel(): void;
	/** Kills its process, with all its runs. */
	kill(): void;
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
	const n8n = settings.n8n ?? new N8nProcess(loader, settings.database);
	const credentials = new Credentials(n8n, settings.credentials);
	const execution = execute(
		{ n8n, credentials, workflows: settings.workflows ?? {} },
		{ json, mode: settings.mode ?? 'manual', resume: settings.resume },
	);
	return {
		executionId: execution.id,
		n8n,
		result: n8n.hold(finished(execution.result, credentials)),
		cancel: () => execution.cancel(),
		kill: () => n8n.kill(),
	};
}

/** Waits until a run has finished. */
export async function finished(
	execution: Promise<IRun>,
	credentials: Credentials,
): Promise<FinishedRun> {
	const run = await execution;
	return { ...run, credentialReads: credentials.reads };
}
