import type { INodeExecutionData, INodeType } from 'n8n-workflow';
import { describeNode, MAIN } from './describe';

/** What the node keeps between the rounds of a loop, under n8n's own names. */
interface LoopState {
	items?: INodeExecutionData[];
	processedItems: INodeExecutionData[];
	done: boolean;
}

/** Follows n8n's Loop Over Items: the first output is done, the second one the next batch. */
export const splitInBatches: INodeType = {
	description: describeNode('splitInBatches', ['organization'], {
		outputs: [...MAIN, ...MAIN],
		properties: [{ displayName: 'Batch Size', name: 'batchSize', type: 'number', default: 1 }],
	}),
	async execute() {
		const received = this.getInputData().slice();
		const size = this.getNodeParameter('batchSize', 0) as number;
		const state = this.getContext('node') as unknown as LoopState;
		if (state.items === undefined) {
			state.items = received;
			state.processedItems = [];
		} else {
			state.processedItems = [...state.processedItems, ...received];
		}
		const batch = state.items.splice(0, size);
		state.done = batch.length === 0;
		return state.done ? [state.processedItems, []] : [[], batch];
	},
};
