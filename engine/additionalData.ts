import './environment';
import { ExecutionLifecycleHooks } from 'n8n-core';
import type {
	ICredentialsHelper,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

/** The parts of n8n's server that the engine requires, as far as our nodes need them. */
export function additionalDataFor(
	credentialsHelper: ICredentialsHelper,
	mode: WorkflowExecuteMode,
): IWorkflowExecuteAdditionalData {
	const workflow = { id: 'workflow', name: 'workflow', active: false } as IWorkflowBase;
	const needed: Partial<IWorkflowExecuteAdditionalData> & { hooks: ExecutionLifecycleHooks } = {
		credentialsHelper,
		hooks: new ExecutionLifecycleHooks(mode, 'execution', workflow),
		executionId: 'execution',
		currentNodeExecutionIndex: 0,
		variables: {},
		webhookWaitingBaseUrl: 'http://n8n.invalid/webhook-waiting',
		formWaitingBaseUrl: 'http://n8n.invalid/form-waiting',
	};
	return needed as IWorkflowExecuteAdditionalData;
}
