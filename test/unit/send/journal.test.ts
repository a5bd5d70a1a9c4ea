import fc from 'fast-check';
import { Journal } from '../../../nodes/shared/send/journal';
import type { Delivery } from '../../../sendpilot/delivery';

/** n8n's memory for a node, as Remove Duplicates uses it: it survives the journals that write to it. */
class Store {
	texts: string[] = [];
	underWay = 0;
	mostUnderWay = 0;

	async checkProcessedAndRecord(items: Array<string | number>) {
		return await this.alone(() => {
			const isNew = (item: string | number) => !this.texts.includes(String(item));
			const added = items.filter(isNew);
			const processed = items.filter((item) => !isNew(item));
			this.texts.push(...added.map(String));
			return { new: added, processed };
		});
	}

	async removeProcessed(items: Array<string | number>) {
		await this.alone(() => {
			this.texts = this.texts.filter((text) => !items.includes(text));
		});
	}

	private async alone<Result>(step: () => Result): Promise<Result> {
		this.underWay++;
		this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
		await Promise.resolve();
		const result = step();
		this.underWay--;
		return result;
	}
}

const fail = (error: Error) => {
	throw error;
};
const journalOf = (store: Store, origin = 'execution 1') => new Journal(store, origin, fail);
const ended = (outcome: Delivery['outcome']) => ({ outcome }) as Delivery;

/** How far a message gets before n8n crashes, and what may be known of it then. */
const FATES = {
	notStarted: [undefined],
	started: ['started'],
	uncertain: ['started'],
	notSent: [undefined],
	// That it was sent is written down with the next message.
	sent: ['sent', 'started'],
} as const;

describe('the journal', () => {
	it('knows after a crash about every message that was started, and about no other', async () => {
		const names = Object.keys(FATES) as Array<keyof typeof FATES>;
		const fates = fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 12 });
		await fc.assert(
			fc.asyncProperty(fates, async (all) => {
				const store = new Store();
				const crashed = journalOf(store);
				for (const [key, fate] of all.entries()) {
					if (fate === 'notStarted') continue;
					await crashed.begin(String(key));
					if (fate !== 'started') await crashed.end(String(key), ended(fate));
				}
				const entries = await journalOf(store).recall(all.map((_, key) => String(key)));
				entries.forEach((entry, key) => expect(FATES[all[key]]).toContain(entry));
			}),
		);
	});

	it('knows everything that was sent once the run is over', async () => {
		const store = new Store();
		const journal = journalOf(store);
		await journal.begin('a');
		await journal.end('a', ended('sent'));
		await journal.close();
		expect(await journalOf(store).recall(['a', 'b'])).toEqual(['sent', undefined]);
	});

	it('changes nothing by looking', async () => {
		const store = new Store();
		await journalOf(store).begin('a');
		const before = [...store.texts];
		await journalOf(store).recall(['a', 'b', 'c']);
		expect(store.texts).toEqual(before);
	});

	it('keeps executions apart', async () => {
		const store = new Store();
		await journalOf(store).begin('a');
		expect(await journalOf(store, 'execution 2').recall(['a'])).toEqual([undefined]);
	});

	it('takes one step at a time, also with several senders', async () => {
		const store = new Store();
		const journal = journalOf(store);
		await Promise.all(['a', 'b', 'c'].map(async (key) => await journal.begin(key)));
		expect(store.mostUnderWay).toBe(1);
		expect(await journalOf(store).recall(['a', 'b', 'c'])).toEqual([
			'started',
			'started',
			'started',
		]);
	});

	it('lets messages go out if n8n has no store, and says so once', async () => {
		const problems: string[] = [];
		const broken = async () => await Promise.reject(new Error('no database'));
		const store = { checkProcessedAndRecord: broken, removeProcessed: broken };
		const journal = new Journal(store, 'execution 1', ({ message }) => problems.push(message));
		await journal.begin('a');
		await journal.end('a', ended('notSent'));
		expect(await journal.recall(['a'])).toEqual([undefined]);
		expect(problems).toEqual(['no database']);
	});
});
