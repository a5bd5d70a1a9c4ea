import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { SendPilotApi } from '../../sendpilot/api';
import type { Connection } from './connection';
import type { ItemFields } from './itemFields';
import type { Operation } from './operation';
import { operationOnAll, type RunnableOperation } from './operationRun';

/** What an operation works with for one item. */
export interface ItemRun extends Pick<Connection, 'pause' | 'isCancelled'> {
	api: SendPilotApi;
	fields: ItemFields;
	context: IExecuteFunctions;
	/**
	 * Reads what several items of a run need only once; if that fails, it fails for all of them.
	 *
	 * @param key tells apart what is read
	 */
	once<Value>(key: string, read: () => Promise<Value>): Promise<Value>;
}

/** What an operation on single items says about itself. */
export interface ItemOperation extends Omit<RunnableOperation, 'runAll'> {
	/**
	 * Does one item.
	 *
	 * @returns the output for it, in any number of items
	 * @throws SendPilotError, or ExplainedError for a field that cannot be used and where words of its own help more
	 */
	runItem(item: ItemRun): Promise<IDataObject[]>;
}

/** How many items are worked on at the same time. */
const ITEMS_AT_ONCE = 10;

/** An operation that works on each item by itself. Its fields end with the collection Options. */
export function itemOperation({ runItem, ...about }: ItemOperation): Operation {
	return operationOnAll({
		...about,
		async runAll(run) {
			const known = new Map<string, Promise<unknown>>();
			const once = async <Value>(key: string, read: () => Promise<Value>) => {
				const value = known.get(key) ?? read();
				known.set(key, value);
				return (await value) as Value;
			};
			await run.work({
				pieces: run.items,
				atOnce: ITEMS_AT_ONCE,
				itemsOf: (itemIndex) => [itemIndex],
				async work(itemIndex, { api, pause, isCancelled }) {
					const { context } = run;
					const fields = run.fieldsOf(itemIndex);
					return [await runItem({ api, fields, context, pause, isCancelled, once })];
				},
			});
		},
	});
}
