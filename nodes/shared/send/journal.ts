import { createHash } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Delivery } from '../../../sendpilot/delivery';

/** What an earlier run of the same execution wrote down about a message. */
export type JournalEntry = 'started' | 'sent';

/** The part of n8n that stores texts per node in its database. Remove Duplicates is built on it. */
type Store = Pick<IExecuteFunctions['helpers'], 'checkProcessedAndRecord' | 'removeProcessed'>;

/** How many texts are kept per node, two for each message; the oldest are dropped. */
const MAX_ENTRIES = 10_000;

const OPTIONS = { mode: 'entries', maxEntries: MAX_ENTRIES } as const;

/** An access to the store. They run one at a time, because each reads and writes all of it. */
type Step<Result> = () => Promise<Result>;

/**
 * Records messages in n8n's database while the node works. The ledger is saved with the execution when the
 * node ends, so it is lost in a crash, and a second retry of an execution knows nothing of the first.
 *
 * The journal never blocks a message: where n8n has no such store, there is no journal.
 */
export class Journal {
	private queue: Promise<unknown> = Promise.resolve();
	private hasProblem = false;
	/** What went out and will be written down with the next step. */
	private readonly unwritten: string[] = [];

	/**
	 * @param origin identifies the execution with all its retries, and the run of the node in it
	 * @param onProblem called with the first step that fails
	 */
	constructor(
		private readonly store: Store,
		private readonly origin: string,
		private readonly onProblem: (error: Error) => void,
	) {}

	/**
	 * Looks up messages that the ledger does not know.
	 *
	 * @returns an entry for each that is known, in their order
	 */
	async recall(keys: readonly string[]): Promise<Array<JournalEntry | undefined>> {
		const started = await this.known(keys.map((key) => this.text('started', key)));
		const sent = await this.known(keys.map((key) => this.text('sent', key)));
		return keys.map((_, index) => (sent[index] ? 'sent' : started[index] ? 'started' : undefined));
	}

	/** Call this, and wait for it, right before a message may go out. */
	async begin(key: string): Promise<void> {
		const texts = [...this.unwritten.splice(0), this.text('started', key)];
		await this.step(async () => await this.store.checkProcessedAndRecord(texts, 'node', OPTIONS));
	}

	/** Call this with the delivery of the message. */
	async end(key: string, { outcome }: Delivery): Promise<void> {
		if (outcome === 'sent') this.unwritten.push(this.text('sent', key));
		if (outcome !== 'notSent') return;
		const text = this.text('started', key);
		await this.step(async () => await this.store.removeProcessed([text], 'node', OPTIONS));
	}

	/** Call this at the end of a run. */
	async close(): Promise<void> {
		const texts = this.unwritten.splice(0);
		if (texts.length === 0) return;
		await this.step(async () => await this.store.checkProcessedAndRecord(texts, 'node', OPTIONS));
	}

	/** The store records whatever it looks up, so what was not there is removed again. */
	private async known(texts: string[]): Promise<boolean[]> {
		const found = await this.step(async () => {
			const { new: added, processed } = await this.store.checkProcessedAndRecord(
				texts,
				'node',
				OPTIONS,
			);
			if (added.length > 0) await this.store.removeProcessed(added, 'node', OPTIONS);
			return new Set(processed);
		});
		return texts.map((text) => found?.has(text) ?? false);
	}

	private async step<Result>(step: Step<Result>): Promise<Result | undefined> {
		const result = this.queue.then(step).catch((error: Error) => {
			if (!this.hasProblem) this.onProblem(error);
			this.hasProblem = true;
			return undefined;
		});
		this.queue = result;
		return await result;
	}

	private text(entry: JournalEntry, key: string): string {
		const content = JSON.stringify([this.origin, entry, key]);
		return createHash('sha256').update(content).digest('base64url');
	}
}

/**
 * Opens the journal of this execution.
 *
 * @param run which run of the node this is
 * @returns undefined if n8n has nothing that identifies an execution with its retries
 */
export function openJournal(context: IExecuteFunctions, run: string): Journal | undefined {
	const establishedAt = context.getExecutionContext?.()?.establishedAt;
	if (establishedAt === undefined) return undefined;
	return new Journal(context.helpers, `${establishedAt} ${run}`, (error) =>
		context.logger.warn(
			`${context.getNode().name} could not record what it sends: ${error.message}. If n8n crashes now, do not retry this execution: it may send messages again.`,
		),
	);
}
