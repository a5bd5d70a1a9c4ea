import { randomUUID } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import { LATENESS } from './lateness';

/** n8n's store, which Remove Duplicates is built on. Follows `DeduplicationHelper` of n8n. */
export type Helpers = Pick<
	IExecuteFunctions['helpers'],
	'checkProcessedAndRecord' | 'removeProcessed' | 'getProcessedDataCount'
>;

/** How often a change starts over. */
const MAX_STARTS = 3;

/**
 * The texts that n8n keeps for one node. Each change reads all of them and writes them without a lock, so one that
 * is held up in between could undo what other processes have written since. If reading takes too long, it writes
 * nothing and starts over.
 */
export class Row {
	/** Whether the last change may have been written, even if it failed. */
	mayHaveChanged = false;
	private helpers!: Helpers;
	private readonly options: { mode: 'entries'; maxEntries: number };
	/** Because a change was late: how long others wait, and until when, on the clock of this process, in ms. */
	private late = { waitMs: 0, until: 0 };

	/** @param maxEntries how many texts it holds; the oldest are dropped */
	constructor(readonly maxEntries: number) {
		this.options = { mode: 'entries', maxEntries };
	}

	/** Makes further accesses with these functions of n8n. */
	use(helpers: Helpers): void {
		this.helpers = helpers;
	}

	/** How long to wait, in ms, until other processes have ended what they may have started before the last change. */
	get waitMs(): number {
		return performance.now() < this.late.until ? this.late.waitMs : LATENESS.waitMs;
	}

	/** How many texts there are. */
	async count(): Promise<number> {
		return await this.helpers.getProcessedDataCount('node', this.options);
	}

	/**
	 * @param texts all different, and at least one
	 * @returns those that were not there before
	 * @throws Error where n8n's store fails
	 */
	async record(texts: readonly string[]): Promise<Set<string>> {
		return await this.change(texts, async (items) => {
			const { new: added, processed } = await this.helpers.checkProcessedAndRecord(
				items,
				'node',
				this.options,
			);
			if (added.length + processed.length !== items.length) {
				throw new Error("n8n's record of processed data cannot be used");
			}
			return new Set(added.map(String));
		});
	}

	/**
	 * @param texts at least one
	 * @throws Error where n8n's store fails
	 */
	async remove(texts: readonly string[]): Promise<void> {
		await this.change(texts, async (items) => {
			await this.helpers.removeProcessed(items, 'node', this.options);
		});
	}

	/** Removes everything, in one write that leaves a text behind: an empty row would look as if it had never been used. */
	async clear(): Promise<void> {
		const texts = [`cleared ${randomUUID()}`];
		await this.helpers.checkProcessedAndRecord(texts, 'node', { ...this.options, maxEntries: 1 });
	}

	/**
	 * n8n hashes the texts after it has read the row, right before it writes it: so the first one looks at the clock.
	 *
	 * @param change calls one function of n8n's store with these items
	 */
	private async change<Value>(
		[first, ...others]: readonly string[],
		change: (items: string[]) => Promise<Value>,
	): Promise<Value> {
		for (let starts = 1; ; starts++) {
			const startedAt = performance.now();
			this.mayHaveChanged = false;
			let isTooLate = false;
			const toString = () => {
				const tookMs = performance.now() - startedAt;
				// Where reading always takes that long, it goes on all the same, as one that is late.
				isTooLate ||= !this.mayHaveChanged && tookMs > LATENESS.readMs && starts < MAX_STARTS;
				if (isTooLate) throw new Error('Too late to write');
				this.mayHaveChanged = true;
				return first;
			};
			const changed = await change([{ toString } as unknown as string, ...others]).then(
				(value) => ({ value }),
				(error: unknown) => {
					if (!isTooLate) throw error;
				},
			);
			if (!changed) continue;
			this.noteIfLate(performance.now() - startedAt);
			return changed.value;
		}
	}

	private noteIfLate(tookMs: number): void {
		if (tookMs <= LATENESS.writeMs) return;
		const waitMs = Math.max(LATENESS.longWaitMs, tookMs);
		this.late = { waitMs, until: performance.now() + waitMs };
	}
}
