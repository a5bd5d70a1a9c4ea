import type { INodeType } from 'n8n-workflow';
import { describeNode, MAIN } from './describe';
import { executeWorkflow, executeWorkflowTrigger } from './executeWorkflow';
import { splitInBatches } from './splitInBatches';

/**
 * The few n8n nodes that the example workflows and tests use. They are simple enough to reimplement, while
 * n8n's package of nodes installs hundreds of libraries.
 */
export const BUILT_IN: Record<string, INodeType> = {
	'n8n-nodes-base.manualTrigger': {
		description: describeNode('manualTrigger', ['trigger'], { inputs: [], outputs: MAIN }),
		async trigger() {
			return { manualTriggerFunction: async () => this.emit([this.helpers.returnJsonArray({})]) };
		},
	},
	'n8n-nodes-base.stickyNote': {
		description: describeNode('stickyNote', ['input'], { inputs: [], outputs: MAIN }),
	},
	'n8n-nodes-base.noOp': {
		description: describeNode('noOp', ['organization']),
		async execute() {
			return [this.getInputData()];
		},
	},
	'n8n-nodes-base.executeWorkflow': executeWorkflow,
	'n8n-nodes-base.executeWorkflowTrigger': executeWorkflowTrigger,
	'n8n-nodes-base.splitInBatches': splitInBatches,
};
