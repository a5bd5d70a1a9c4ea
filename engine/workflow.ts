import './environment';
import { Workflow, type IDataObject, type IWorkflowBase } from 'n8n-workflow';
import { connectStore } from './deduplicator';
import { nodeTypesOf } from './nodeTypes';
import type { N8nProcess } from './process';

/** A workflow as exported from n8n. */
export type WorkflowJson = Pick<IWorkflowBase, 'nodes' | 'connections'> &
	Partial<Pick<IWorkflowBase, 'id' | 'name' | 'settings' | 'pinData'>>;

/** The id of workflows that have none, as of one that was not imported. */
export const DEFAULT_WORKFLOW_ID = 'workflow';

/**
 * Creates n8n's workflow object from JSON, in a process.
 *
 * @param staticData what its nodes have saved before
 */
export function workflowOf(
	n8n: N8nProcess,
	json: WorkflowJson,
	staticData?: IDataObject,
): Workflow {
	const workflow = new Workflow({
		...structuredClone({ nodes: json.nodes, connections: json.connections }),
		id: json.id ?? DEFAULT_WORKFLOW_ID,
		name: json.name,
		active: false,
		nodeTypes: nodeTypesOf(n8n),
		settings: { executionOrder: 'v1', ...json.settings },
		staticData,
	});
	connectStore(workflow, n8n);
	return workflow;
}
