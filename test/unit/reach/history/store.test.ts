import { LATENESS } from '../../../../nodes/shared/reach/history/lateness';
import { MAX_ENTRIES } from '../../../../nodes/shared/reach/history/store';
import { N8nRow } from './n8nRow';

const PATIENT = { ...LATENESS };

beforeEach(() => Object.assign(LATENESS, PATIENT, { waitMs: 10 }));
afterAll(() => Object.assign(LATENESS, PATIENT));

/** How much a message under way sees pass by: more than the row holds. */
const OTHERS = { claims: 120, keysPerClaim: 50 };

describe('a key whose message is under way while the row overflows', () => {
	// So that the row, which overflows by whole claims, drops its oldest texts at different places.
	it.each([96, 97, 98, 99, 100])('never reads as sent (%i foreign texts)', async (foreign) => {
		const row = new N8nRow();
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
		const row = new N8nRow();
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
	const overwritten = (row: N8nRow, texts: string[]) => {
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
		const row = new N8nRow();
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
		const row = new N8nRow();
		const store = row.open('never stops');
		row.afterWrite = () => (row.texts = []);
		await expect(store.claim('Jane', ['jane']).states).rejects.toThrow('kept changing the record');
		row.afterWrite = () => undefined;
		store.leave();
	});

	it('leaves nothing behind if the database fails before it is read back', async () => {
		const row = new N8nRow();
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

describe('a claim that is taken back, where an error hides that it was', () => {
	it('is not taken back once more, when others may have claimed the person', async () => {
		const row = new N8nRow();
		const store = row.open('taken back');
		const claim = store.claim('Jane', ['jane']);
		await claim.states;
		row.afterRemoval = () => {
			row.afterRemoval = () => undefined;
			throw new Error('connection lost');
		};
		claim.settle('notSent');
		await store.flush();
		expect(row.texts).not.toContain('jane');
		row.texts.push('jane', 'open jane');
		await store.flush();
		expect(row.texts).toEqual(expect.arrayContaining(['jane', 'open jane']));
		store.leave();
	});
});

describe('a process that is held up', () => {
	const heldUp = async () => await new Promise<void>((resolve) => setTimeout(resolve, 30));
	/** Another process sends somebody a message meanwhile, from the claim to its end. */
	const sendsMeanwhile = (row: N8nRow) => async () => {
		row.whileRead = row.whileWritten = async () => await Promise.resolve();
		row.texts.push('jane');
		await heldUp();
	};

	it('between reading and writing a claim starts over, and finds what others have sent', async () => {
		LATENESS.readMs = 20;
		const row = new N8nRow();
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
		const row = new N8nRow();
		const store = row.open('held up removing');
		row.texts.push('john');
		await store.peek(['john']);
		row.whileRead = sendsMeanwhile(row);
		await store.forget(new Set(['john']));
		expect(row.texts).toContain('jane');
		expect(row.texts).not.toContain('john');
		store.leave();
	});

	describe('while it writes', () => {
		beforeEach(() => Object.assign(LATENESS, { writeMs: 20, longWaitMs: 300 }));

		it('waits until others have settled what it has undone', async () => {
			const row = new N8nRow();
			const store = row.open('held up writing');
			row.whileWritten = sendsMeanwhile(row);
			setTimeout(() => (row.texts = row.texts.filter((text) => text !== 'open jane')), 150);
			const claim = store.claim('Jane', ['jane']);
			expect(await claim.states).toEqual(['open']);
			claim.settle('notSent');
			await store.flush();
			expect(row.texts).toContain('jane');
			expect(row.texts).not.toContain('open jane');
			store.leave();
		});

		it('goes on if nobody else was there', async () => {
			const row = new N8nRow();
			const store = row.open('held up alone');
			row.whileWritten = heldUp;
			expect(await store.claim('Jane', ['jane']).states).toEqual(['absent']);
			store.leave();
		});
	});

	it('each time that it reads goes on all the same', async () => {
		LATENESS.readMs = 1;
		const row = new N8nRow();
		const store = row.open('always held up');
		row.whileRead = async () => await new Promise((resolve) => setTimeout(resolve, 5));
		expect(await store.claim('Jane', ['jane']).states).toEqual(['absent']);
		store.leave();
	});
});

describe('a store that everybody leaves while a claim is read back', () => {
	it('stays the one store of its row until then', async () => {
		const row = new N8nRow();
		const store = row.open('left early');
		const claim = store.claim('Jane', ['jane']);
		store.leave();
		const other = row.open('left early');
		expect(other).toBe(store);
		await claim.states;
		claim.settle('notSent');
		await other.flush();
		other.leave();
		expect(row.open('left early')).not.toBe(store);
	});
});
