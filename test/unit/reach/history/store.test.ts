import type { IExecuteFunctions } from 'n8n-workflow';
import { LATENESS } from '../../../../nodes/shared/reach/history/lateness';
import { MAX_ENTRIES, storeOf } from '../../../../nodes/shared/reach/history/store';

const PATIENT = { ...LATENESS };

beforeEach(() => Object.assign(LATENESS, PATIENT, { waitMs: 10 }));
afterAll(() => Object.assign(LATENESS, PATIENT));

/** A row of n8n's store, which keeps the latest texts and is read and written as a whole. */
class Row {
	texts: string[] = [];

	/** What happens before the next change, between reading and writing it, and right before or after its end. */
	whileRead: () => Promise<void> = async () => await Promise.resolve();
	whileWritten: () => Promise<void> = async () => await Promise.resolve();
	beforeWrite: () => void = () => undefined;
	afterWrite: () => void = () => undefined;

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
		},
		getProcessedDataCount: async () => await Promise.resolve(this.texts.length),
	};

	/** Opens the store of a node that nothing else uses. */
	open(nodeId: string) {
		const context = {
			helpers: this.helpers,
			getNode: () => ({ id: nodeId, name: 'Send' }),
			getWorkflow: () => ({ id: 'workflow' }),
			logger: { warn: () => undefined },
		};
		return storeOf(context as unknown as IExecuteFunctions)!;
	}
}

/** How much a message under way sees pass by: more than the row holds. */
const OTHERS = { claims: 120, keysPerClaim: 50 };

describe('a key whose message is under way while the row overflows', () => {
	// So that the row, which overflows by whole claims, drops its oldest texts at different places.
	it.each([96, 97, 98, 99, 100])('never reads as sent (%i foreign texts)', async (foreign) => {
		const row = new Row();
		const store = row.open(`overflow ${foreign}`);
		const claim = store.claim('Jane', ['jane']);
		expect(await claim.states).toEqual(['absent']);
		row.texts.push(...Array.from({ length: foreign }, (_, index) => `foreign ${index}`));
		for (let other = 0; other < OTHERS.claims; other++) {
			const keys = Array.from({ length: OTHERS.keysPerClaim }, (_, index) => `${other} ${index}`);
			const { states, settle } = store.claim(`person ${other}`, keys);
			await states;
			settle('uncertain');
			const parts = row.texts.filter((text) => ['jane', 'open jane'].includes(text));
			expect(parts).not.toEqual(['jane']);
			expect(parts).not.toEqual(['open jane', 'jane']);
		}
		expect(row.texts).toHaveLength(MAX_ENTRIES);
		claim.settle('sent');
		await store.flush();
		expect(row.texts).not.toContain('open jane');
		store.leave();
	});
});

describe('a history that is cleared while a message is under way', () => {
	it.each([
		['sent', ['jane']],
		['uncertain', ['jane', 'open jane']],
		['notSent', []],
	] as const)('keeps what becomes of that message: %s', async (outcome, expected) => {
		const row = new Row();
		const store = row.open(`cleared ${outcome}`);
		store.claim('Jane', ['jane']).settle('uncertain');
		const claim = store.claim('Jane', ['jane']);
		await claim.states;
		expect(await store.clear()).toBeUndefined();
		expect(row.texts).toEqual([
			expect.stringMatching(/^cleared /),
			...['jane', 'open jane'],
			expect.stringMatching(/^day /),
		]);
		claim.settle(outcome);
		await store.flush();
		expect(row.texts.slice(1).filter((text) => !text.startsWith('day '))).toEqual(expected);
		store.leave();
	});
});

describe('a claim, while another process writes the row in the same moment', () => {
	/** Another process that has read the row before the claim was recorded, and writes it afterwards. */
	const overwritten = (row: Row, texts: string[]) => {
		const before = [...row.texts];
		row.afterWrite = () => {
			row.afterWrite = () => undefined;
			row.texts = [...before, ...texts];
		};
	};

	it.each([
		['the same person', ['jane', 'open jane'], 'open'],
		['somebody else', ['john', 'open john'], 'absent'],
		['nobody', [], 'absent'],
	])('that claims %s', async (who, texts, expected) => {
		const row = new Row();
		const store = row.open(`overwritten ${who}`);
		overwritten(row, texts);
		const claim = store.claim('Jane', ['jane']);
		expect(await claim.states).toEqual([expected]);
		expect(row.texts).toEqual(expect.arrayContaining(['jane', 'open jane', ...texts]));
		claim.settle('notSent');
		await store.flush();
		// What the other one has recorded stays.
		expect(row.texts.filter((text) => !text.startsWith('day '))).toEqual(texts);
		store.leave();
	});

	it('is given up if others never stop', async () => {
		const row = new Row();
		const store = row.open('never stops');
		row.afterWrite = () => (row.texts = []);
		await expect(store.claim('Jane', ['jane']).states).rejects.toThrow('kept changing the record');
		row.afterWrite = () => undefined;
		store.leave();
	});

	it('leaves nothing behind if the database fails before it is read back', async () => {
		const row = new Row();
		const store = row.open('fails');
		row.afterWrite = () => {
			row.beforeWrite = () => {
				throw new Error('database is locked');
			};
		};
		const claim = store.claim('Jane', ['jane']);
		await expect(claim.states).rejects.toThrow('database is locked');
		claim.settle('notSent');
		expect(row.texts).toEqual(expect.arrayContaining(['jane', 'open jane']));
		row.beforeWrite = row.afterWrite = () => undefined;
		expect(await store.claim('Jane', ['jane']).states).toEqual(['absent']);
		store.leave();
	});
});

describe('a process that is held up', () => {
	const heldUp = async () => await new Promise<void>((resolve) => setTimeout(resolve, 30));
	/** Another process sends somebody a message meanwhile, from the claim to its end. */
	const sendsMeanwhile = (row: Row) => async () => {
		row.whileRead = row.whileWritten = async () => await Promise.resolve();
		row.texts.push('jane');
		await heldUp();
	};

	it('between reading and writing a claim starts over, and finds what others have sent', async () => {
		LATENESS.readMs = 20;
		const row = new Row();
		const store = row.open('held up reading');
		row.whileRead = sendsMeanwhile(row);
		const claim = store.claim('Jane', ['jane']);
		expect(await claim.states).toEqual(['settled']);
		claim.settle('notSent');
		await store.flush();
		expect(row.texts).toContain('jane');
		store.leave();
	});

	it('while it removes texts does not remove what others have sent', async () => {
		LATENESS.readMs = 20;
		const row = new Row();
		const store = row.open('held up removing');
		row.texts.push('john');
		await store.peek(['john']);
		row.whileRead = sendsMeanwhile(row);
		await store.forget(new Set(['john']));
		expect(row.texts).toContain('jane');
		expect(row.texts).not.toContain('john');
		store.leave();
	});

	it('while it writes gives its claims up', async () => {
		LATENESS.writeMs = 20;
		const row = new Row();
		const store = row.open('held up writing');
		row.whileWritten = sendsMeanwhile(row);
		expect(await store.claim('Jane', ['jane']).states).toEqual(['open']);
		store.leave();
	});

	it('again and again says so', async () => {
		LATENESS.readMs = 1;
		const row = new Row();
		const store = row.open('always held up');
		row.whileRead = async () => await new Promise((resolve) => setTimeout(resolve, 5));
		await expect(store.claim('Jane', ['jane']).states).rejects.toThrow(
			"n8n's database is too slow",
		);
		expect(row.texts).toEqual([]);
		store.leave();
	});
});
