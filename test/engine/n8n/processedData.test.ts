import { createHash } from 'node:crypto';
import { DataDeduplicationService } from 'n8n-core';
import type { ICheckProcessedOptions } from 'n8n-workflow';
import { rowOfNode } from '../../../engine/deduplicator';
import { workflowOf } from '../../../engine/workflow';
import { newNode } from '../../support';
import { n8nWith, PROBE, rowOf } from './probe';

const ENTRIES: ICheckProcessedOptions = { mode: 'entries', maxEntries: 4 };
const n8n = () => n8nWith(async () => undefined);

/** The store of one node, as its helpers reach it. */
function storeOf(process = n8n(), id = 'one') {
	const { processedData } = process.database;
	const node = newNode({ id, name: id, type: PROBE });
	const context = { node, workflow: workflowOf(process, rowOf({ Probe: PROBE })) };
	const service = DataDeduplicationService.getInstance();
	return {
		processedData,
		check: async (items: string[], options = ENTRIES) =>
			await service.checkProcessedAndRecord(items, 'node', context, options),
		remove: async (items: string[], options = ENTRIES) =>
			await service.removeProcessed(items, 'node', context, options),
		clear: async () => await service.clearAllProcessedItems('node', context, ENTRIES),
		count: async () => await service.getProcessedDataCount('node', context, ENTRIES),
		row: () => processedData.peek(rowOfNode('workflow', id)),
	};
}

describe("n8n's store of processed data", () => {
	it('records whatever it looks up, as MD5 hashes', async () => {
		const store = storeOf();
		expect(await store.check(['a', 'b'])).toEqual({ new: ['a', 'b'], processed: [] });
		expect(await store.check(['b', 'c'])).toEqual({ new: ['c'], processed: ['b'] });
		const hashes = ['a', 'b', 'c'].map((text) => createHash('md5').update(text).digest('base64'));
		expect(store.row()).toEqual({ mode: 'entries', data: hashes });
		expect(await store.count()).toBe(3);
		expect(store.processedData.statements).toEqual({ reads: 3, writes: 2 });
	});

	it('drops the oldest entries beyond the maximum, also of a first write', async () => {
		const store = storeOf();
		await store.check(['a', 'b', 'c', 'd', 'e']);
		expect(await store.count()).toBe(4);
		await store.check(['f']);
		expect(await store.check(['c', 'a'])).toEqual({ new: ['a'], processed: ['c'] });
	});

	it('keeps the nodes apart', async () => {
		const [process] = [n8n()];
		await storeOf(process, 'one').check(['a']);
		expect(await storeOf(process, 'two').check(['a'])).toMatchObject({ new: ['a'] });
	});

	it('removes entries, and everything', async () => {
		const store = storeOf();
		await store.remove(['a']);
		expect(store.row()).toBeNull();
		await store.check(['a', 'b', 'c']);
		await store.remove(['b', 'x']);
		expect(await store.check(['a', 'b', 'c'])).toEqual({ new: ['b'], processed: ['a', 'c'] });
		await store.clear();
		expect(store.row()).toBeNull();
		expect(await store.count()).toBe(0);
	});

	it('loses what another caller writes between its read and its write', async () => {
		const store = storeOf();
		await store.check(['first']);
		await Promise.all([store.check(['a']), store.check(['b'])]);
		expect(await store.check(['first', 'a', 'b'])).toEqual({
			new: ['a'],
			processed: ['first', 'b'],
		});
	});

	it('rejects the second of two first writes', async () => {
		const store = storeOf();
		const [one, two] = await Promise.allSettled([store.check(['a']), store.check(['b'])]);
		expect(one.status).toBe('fulfilled');
		expect(two).toMatchObject({
			status: 'rejected',
			reason: { message: expect.stringContaining('UNIQUE constraint failed') },
		});
	});

	it('does not bring back a row that was deleted between a read and a write', async () => {
		const store = storeOf();
		await store.check(['a']);
		await Promise.all([store.check(['b']), store.clear()]);
		expect(store.row()).toBeNull();
	});

	it('keeps numbers apart from entries', async () => {
		const numbers: ICheckProcessedOptions = { mode: 'latestIncrementalKey' };
		const store = storeOf();
		expect(await store.check(['2', '10'], numbers)).toEqual({ new: ['2', '10'], processed: [] });
		expect(await store.check(['11', '9'], numbers)).toEqual({ new: ['11'], processed: ['9'] });
		expect(store.row()).toEqual({ mode: 'latestIncrementalKey', data: '11' });
		await expect(store.check(['a'])).rejects.toThrow('incompatible setting');
		await expect(store.remove(['a'], numbers)).rejects.toThrow('not possible in mode');
	});

	it('fails as often as a test wants, at its reads or its writes', async () => {
		const store = storeOf();
		store.processedData.failNext(1, new Error('Locked'), 'write');
		await expect(store.check(['a'])).rejects.toThrow('Locked');
		expect(store.row()).toBeNull();
		store.processedData.failNext(2, new Error('Gone'));
		await expect(store.check(['a'])).rejects.toThrow('Gone');
		await expect(store.count()).rejects.toThrow('Gone');
		expect(await store.check(['a'])).toMatchObject({ new: ['a'] });
	});
});
