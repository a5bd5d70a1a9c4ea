import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { storeOf } from '../../../../nodes/shared/reach/history/store';

/** A row of n8n's store, which keeps the latest texts and is read and written as a whole. */
export class N8nRow {
	texts: string[] = [];

	/** What happens before the next change, between reading and writing it, and right before or after its end. */
	whileRead: () => Promise<void> = async () => await Promise.resolve();
	whileWritten: () => Promise<void> = async () => await Promise.resolve();
	beforeWrite: () => void = () => undefined;
	afterWrite: () => void = () => undefined;
	afterRemoval: () => void = () => undefined;

	readonly helpers = {
		checkProcessedAndRecord: async (
			items: string[],
			_scope: string,
			{ maxEntries }: { maxEntries: number },
		) => {
			const before = new Set(this.texts);
			await this.whileRead();
			// n8n hashes each text once, after it has read the row.
			const isNew = items
				.map((item) => [item, String(item)])
				.filter(([, text]) => !before.has(text));
			this.beforeWrite();
			await this.whileWritten();
			const added = new Map(isNew as Array<[string, string]>);
			this.texts = [...before, ...added.values()].slice(-maxEntries);
			this.afterWrite();
			return { new: [...added.keys()], processed: items.filter((item) => !added.has(item)) };
		},
		removeProcessed: async (items: string[]) => {
			const before = [...this.texts];
			await this.whileRead();
			const removed = items.map(String);
			this.texts = before.filter((text) => !removed.includes(text));
			this.afterRemoval();
		},
		getProcessedDataCount: async () => await Promise.resolve(this.texts.length),
	};

	/** Opens the store of a node that nothing else uses. */
	open(nodeId: string) {
		return storeOf(this.contextOf(nodeId))!;
	}

	/** The context of the node in a new execution. */
	contextOf(nodeId: string, items: INodeExecutionData[] = []): IExecuteFunctions {
		const context = {
			helpers: this.helpers,
			getNode: () => ({ id: nodeId, name: 'Send', type: 'sendPilot' }),
			getWorkflow: () => ({ id: 'workflow' }),
			getMode: () => 'trigger',
			getExecutionId: () => nodeId,
			getExecutionContext: () => ({ establishedAt: 1, source: 'trigger' }),
			getExecutionCancelSignal: () => undefined,
			getInputData: () => items,
			getWorkflowDataProxy: () => ({}),
			evaluateExpression: () => 0,
			onExecutionFinish: () => undefined,
			logger: { warn: () => undefined },
		};
		return context as unknown as IExecuteFunctions;
	}
}
