import './environment';
import { createHash } from 'node:crypto';
import { DataDeduplicationService } from 'n8n-core';
import {
	tryToParseDateTime,
	type DeduplicationItemTypes as Item,
	type DeduplicationMode,
	type DeduplicationScope,
	type ICheckProcessedContextData as ContextData,
	type IDataDeduplicator,
	type IDeduplicationOutput as Output,
} from 'n8n-workflow';
import type { RowKey, RowValue } from './database/processedData';
import type { N8nProcess } from './process';

/** n8n-core asks one deduplicator for all processes, and tells it the workflow. */
const owners = new WeakMap<object, N8nProcess>();

/** Gives the nodes of a workflow object the store of processed data of its process. */
export function connectStore(workflow: object, n8n: N8nProcess): void {
	owners.set(workflow, n8n);
}

/** The key of the row in which n8n keeps the entries of a node. */
export function rowOfNode(workflowId: string, nodeId: string): RowKey {
	return { workflowId, context: `n:${nodeId}` };
}

/** n8n's hash of an entry. */
export function hashOf(item: Item): string {
	return createHash('md5').update(item.toString()).digest('base64');
}

/**
 * Follows n8n's `deduplication/deduplication-helper`: every change reads a row, and writes the whole of it
 * without a lock; hashes; and drops the oldest entries when there are too many.
 */
const deduplicator: IDataDeduplicator = {
	async checkProcessedAndRecord(items, scope, contextData, options) {
		const { key, value, write } = await open(scope, contextData);
		if (value && value.mode !== options.mode) {
			throw new Error('Deduplication data was originally saved with an incompatible setting');
		}
		if (options.mode !== 'entries') return await recordLatest(items, options.mode, value, write);
		if (!key.workflowId) throw new Error('The workflow has no id');
		const { maxEntries = Infinity } = options;
		const { capacity } = ownerOf(contextData).database.processedData;
		return await recordEntries(items, Math.min(maxEntries, capacity), value, write);
	},

	async removeProcessed(items, scope, contextData, { mode }) {
		if (mode !== 'entries') {
			throw new Error('Removing processed data is not possible in mode "latest"');
		}
		const { value, write } = await open(scope, contextData);
		if (!value || !Array.isArray(value.data)) return;
		const entries = value.data as string[];
		for (const hash of items.map(hashOf)) {
			const index = entries.indexOf(hash);
			if (index !== -1) entries.splice(index, 1);
		}
		await write({ ...value, data: entries });
	},

	async clearAllProcessedItems(scope, contextData) {
		const n8n = ownerOf(contextData);
		await n8n.database.processedData.delete(n8n, keyOf(scope, contextData));
	},

	async getProcessedDataCount(scope, contextData, { mode, maxEntries = 0 }) {
		const { value } = await open(scope, contextData);
		const count = mode === 'entries' && Array.isArray(value?.data) ? value.data.length : 0;
		const { capacity } = ownerOf(contextData).database.processedData;
		// A smaller row counts as one that is as close to its limit.
		return count === 0 ? 0 : count + Math.max(0, maxEntries - capacity);
	},
};

void DataDeduplicationService.init(deduplicator);

type Write = (value: RowValue) => Promise<void>;

/** Reads a row, and prepares to write it: a missing one is inserted, which another may have done by then. */
async function open(scope: DeduplicationScope, contextData: ContextData) {
	const n8n = ownerOf(contextData);
	const { processedData } = n8n.database;
	const key = keyOf(scope, contextData);
	const value = await processedData.find(n8n, key);
	const write: Write = async (changed) =>
		value
			? await processedData.update(n8n, key, changed)
			: await processedData.insert(n8n, key, changed);
	return { key, value, write };
}

async function recordEntries(
	items: Item[],
	maxEntries: number,
	value: RowValue | null,
	write: Write,
): Promise<Output> {
	if (value && !Array.isArray(value.data)) return { new: [], processed: [] };
	const entries = [...((value?.data ?? []) as string[])];
	const known = new Set(entries);
	const output: Output = { new: [], processed: [] };
	for (const item of items) {
		const hash = hashOf(item);
		output[known.has(hash) ? 'processed' : 'new'].push(item);
		// n8n doesn't notice an entry that occurs twice in one call.
		if (!known.has(hash)) entries.push(hash);
	}
	entries.splice(0, Math.max(0, entries.length - maxEntries));
	await write({ mode: 'entries', data: entries });
	return output;
}

async function recordLatest(
	items: Item[],
	mode: DeduplicationMode,
	value: RowValue | null,
	write: Write,
): Promise<Output> {
	const sorted = [...items].sort((one, other) => compare(mode, one, other));
	if (!value) {
		await write({ mode, data: sorted.at(-1) });
		return { new: items, processed: [] };
	}
	if (Array.isArray(value.data)) return { new: [], processed: [] };
	const before = value.data as Item;
	const output: Output = { new: [], processed: [] };
	for (const item of sorted)
		output[compare(mode, item, before) > 0 ? 'new' : 'processed'].push(item);
	await write({ mode, data: output.new.at(-1) ?? before });
	return output;
}

function compare(mode: DeduplicationMode, one: Item, other: Item): number {
	const [left, right] = [one, other].map((item) =>
		mode === 'latestDate' ? tryToParseDateTime(item as string).toMillis() : Number(item),
	);
	if (Number.isNaN(left) || Number.isNaN(right)) {
		throw new Error('Invalid value. Only numbers are supported in mode "latestIncrementalKey"');
	}
	return left - right;
}

function keyOf(scope: DeduplicationScope, { workflow, node }: ContextData): RowKey {
	if (scope !== 'node') return { workflowId: workflow.id, context: '' };
	if (!node) {
		throw new Error("No node information has been provided and so cannot use scope 'node'");
	}
	return rowOfNode(workflow.id, node.id);
}

function ownerOf({ workflow }: ContextData): N8nProcess {
	const owner = owners.get(workflow);
	if (!owner) throw new Error('The workflow belongs to no n8n process');
	return owner;
}
