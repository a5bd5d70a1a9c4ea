import { createHash } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Delivery } from '../../../sendpilot/delivery';

/** What was written down of a message by an earlier run of the same execution. */
export type JournalEntry = 'started' | 'sent';

/** The part of n8n that keeps texts in its database, by node: what Remove Duplicates is built on. */
type Store = Pick<IExecuteFunctions['helpers'], 'checkProcessedAndRecord' | 'removeProcessed'>;

/** How many texts are kept for a node, two for each message; the oldest ones fall out. */
const MAX_ENTRIES = 10_000;

const OPTIONS = { mode: 'entries', maxEntries: MAX_ENTRIES } as const;

/** One step of the store after another: it reads and writes everything that it has at each of them. */
type Step<Result> = () => Promise<Result>;

/**
 * Remembers messages in n8n's database while the node works, for what the ledger cannot know: n8n saves
 * the ledger with the execution, at the end of the node, so that it is lost in a crash, and a second
 * retry of one failed execution knows nothing of the first.
 *
 * It never keeps a message from being sent: where n8n has no such memory, there is no journal.
 */
export class Journal {
	private queue: Promise<unknown> = Promise.resolve();
	private hasProblem = false;
	/** What went out, and is to be written down with the next step. */
	private readonly unwritten: string[] = [];

	/**
	 * @param origin names the execution, and all retries of it, and the run of the node in it
	 * @param onProblem is told of the first step that fails
	 */
	constructor(
		private readonly store: Store,
		private readonly origin: string,
		private readonly onProblem: (error: Error) => void,
	) {}

	/**
	 * Looks up messages that the ledger does not know.
	 *
	 * @returns what is known of each of them, in their order
	 */
	async recall(keys: readonly string[]): Promise<Array<JournalEntry | undefined>> {
		const started = await this.known(keys.map((key) => this.text('started', key)));
		const sent = await this.known(keys.map((key) => this.text('sent', key)));
		return keys.map((_, index) => (sent[index] ? 'sent' : started[index] ? 'started' : undefined));
	}

	/** To be called, and waited for, right before a message may go out. */
	async begin(key: string): Promise<void> {
		const texts = [...this.unwritten.splice(0), this.text('started', key)];
		await this.step(async () => await this.store.checkProcessedAndRecord(texts, 'node', OPTIONS));
	}

	/** To be called with what became of the message. */
	async end(key: string, { outcome }: Delivery): Promise<void> {
		if (outcome === 'sent') this.unwritten.push(this.text('sent', key));
		if (outcome !== 'notSent') return;
		const text = this.text('started', key);
		await this.step(async () => await this.store.removeProcessed([text], 'node', OPTIONS));
	}

	/** To be called at the end of a run. */
	async close(): Promise<void> {
		const texts = this.unwritten.splice(0);
		if (texts.length === 0) return;
		await this.step(async () => await this.store.checkProcessedAndRecord(texts, 'node', OPTIONS));
	}

	/** The store tells only what it writes down, so that what was not there is taken off again. */
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
 * Opens the journal of the execution that runs.
 *
 * @param run which run of the node this is
 * @returns undefined where nothing tells an execution and its retries from others
 */
export function openJournal(context: IExecuteFunctions, run: string): Journal | undefined {
	const establishedAt = context.getExecutionContext?.()?.establishedAt;
	if (establishedAt === undefined) return undefined;
	return new Journal(context.helpers, `${establishedAt} ${run}`, (error) =>
		context.logger.warn(
			`${context.getNode().name} could not write down what it sends: ${error.message}. If n8n crashes now, a retry of this execution may send again.`,
		),
	);
}
