import './environment';
import { ExecutionLifecycleHooks } from 'n8n-core';
import type {
	ICredentialsHelper,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { DEFAULT_WORKFLOW_ID } from './workflow';

/** Which execution the data belongs to; what has none, as a list in the editor, needs none. */
export interface ExecutionIdentity {
	id: string;
	workflowId?: string;
}

/** Additional data that certainly has hooks. */
export type AdditionalData = IWorkflowExecuteAdditionalData & { hooks: ExecutionLifecycleHooks };

/** The parts of n8n's server that the engine requires, as far as our nodes need them. */
export function additionalDataFor(
	credentialsHelper: ICredentialsHelper,
	mode: WorkflowExecuteMode,
	{ id, workflowId = DEFAULT_WORKFLOW_ID }: ExecutionIdentity = { id: 'execution' },
): AdditionalData {
	const workflow = { id: workflowId, name: workflowId, active: false } as IWorkflowBase;
	const needed: Partial<AdditionalData> = {
		credentialsHelper,
		hooks: new ExecutionLifecycleHooks(mode, id, workflow),
		executionId: id,
		workflowId,
		currentNodeExecutionIndex: 0,
		variables: {},
		webhookWaitingBaseUrl: 'http://n8n.invalid/webhook-waiting',
		formWaitingBaseUrl: 'http://n8n.invalid/form-waiting',
	};
	return needed as AdditionalData;
}
