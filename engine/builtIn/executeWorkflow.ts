import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';
import { describeNode, MAIN } from './describe';

/**
 * Follows n8n's Execute Workflow with its default source, the database. Parameters: `workflowId`, `mode`
 * (`once`, or `each` for an execution per item) and `waitForSubWorkflow`.
 */
export const executeWorkflow: INodeType = {
	description: describeNode('executeWorkflow', ['transform'], {
		properties: ['workflowId', 'mode', 'waitForSubWorkflow'].map((name) => ({
			...{ displayName: name, name, default: '' },
			type: name === 'waitForSubWorkflow' ? 'boolean' : 'string',
		})),
	}),
	async execute() {
		const items = this.getInputData();
		if (this.getNodeParameter('mode', 0, 'once') !== 'each') return await call(this, items, 0);
		const outputs: INodeExecutionData[] = [];
		for (const [index, item] of items.entries()) {
			try {
				const [returned] = await call(this, [item], index);
				outputs.push(...returned.map((one) => ({ ...one, pairedItem: { item: index } })));
			} catch (error) {
				if (!this.continueOnFail()) throw error;
				outputs.push({ json: { error: (error as Error).message }, pairedItem: { item: index } });
			}
		}
		return [outputs];
	},
};

/** Starts a workflow that another one executes, with the items of that one. */
export const executeWorkflowTrigger: INodeType = {
	description: describeNode('executeWorkflowTrigger', ['trigger'], { inputs: [], outputs: MAIN }),
	async execute() {
		return [this.getInputData(0, NodeConnectionTypes.Main)];
	},
};

async function call(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	index: number,
): Promise<INodeExecutionData[][]> {
	const waits = context.getNodeParameter('waitForSubWorkflow', index, true) !== false;
	const { $execution, $workflow } = context.getWorkflowDataProxy(0);
	const { data } = await context.executeWorkflow(
		{ id: String(context.getNodeParameter('workflowId', index)) },
		items,
		undefined,
		{
			doNotWaitToFinish: !waits,
			parentExecution: {
				executionId: $execution.id,
				workflowId: $workflow.id,
				shouldResume: waits,
			},
			executionMode: context.getMode(),
		},
	);
	return waits ? data.map((output) => output ?? []) : [items];
}
