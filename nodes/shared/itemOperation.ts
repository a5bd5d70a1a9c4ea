import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { SendPilotApi } from '../../sendpilot/api';
import type { Connection } from './connection';
import type { ItemFields } from './itemFields';
import type { Operation } from './operation';
import { operationOnAll, type OperationRun, type RunnableOperation } from './operationRun';

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
	/** The locator of what is changed: changes to the same thing are made one after another, in the order of the items. */
	changes?: string;
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
export function itemOperation({ runItem, changes, ...about }: ItemOperation): Operation {
	return operationOnAll({
		...about,
		async runAll(run) {
			const known = new Map<string, Promise<unknown>>();
			const once = async <Value>(key: string, read: () => Promise<Value>) => {
				const value = known.get(key) ?? read();
				known.set(key, value);
				return (await value) as Value;
			};
			for (const pieces of roundsOf(run, changes)) {
				await run.work({
					pieces,
					atOnce: ITEMS_AT_ONCE,
					itemsOf: (itemIndex) => [itemIndex],
					async work(itemIndex, { api, pause, isCancelled }) {
						const { context } = run;
						const fields = run.fieldsOf(itemIndex);
						return [await runItem({ api, fields, context, pause, isCancelled, once })];
					},
				});
			}
		},
	});
}

/** Puts items that change the same thing into different rounds, in their order. */
function roundsOf(run: OperationRun, changes: string | undefined): number[][] {
	if (changes === undefined) return [run.items];
	const rounds: number[][] = [];
	const counts = new Map<unknown, number>();
	for (const itemIndex of run.items) {
		const changed = changedBy(run, itemIndex, changes);
		const round = counts.get(changed) ?? 0;
		counts.set(changed, round + 1);
		(rounds[round] ??= []).push(itemIndex);
	}
	return rounds;
}

/** @returns what an item changes; something of its own where that cannot be read, which fails later */
function changedBy(run: OperationRun, itemIndex: number, changes: string): unknown {
	try {
		return run.fieldsOf(itemIndex).optionalId(changes);
	} catch {
		return Symbol();
	}
}
