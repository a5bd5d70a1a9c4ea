import type { IExecuteFunctions } from 'n8n-workflow';
import type { Delivery } from '../../../../sendpilot/delivery';

/**
 * How many texts n8n keeps per node, with the oldest dropped: two for each person and text that stay, and up to
 * five for each message of an execution that may still be retried.
 */
export const MAX_ENTRIES = 10_000;

const OPTIONS = { mode: 'entries', maxEntries: MAX_ENTRIES } as const;

/** What the store knows under a key; see `sendHistory.ts`. */
export type KeyState = 'absent' | 'open' | 'settled';

type Outcome = Delivery['outcome'];

/** n8n's store, which Remove Duplicates is built on. Follows `DeduplicationHelper` of n8n. */
type Helpers = Pick<
	IExecuteFunctions['helpers'],
	'checkProcessedAndRecord' | 'removeProcessed' | 'clearAllProcessedItems' | 'getProcessedDataCount'
>;

/** Recorded when the row is empty: as long as it is there, nothing was ever dropped. */
const EMPTY = 'empty';

/** Recorded once a day: as long as it is there, nothing recorded later was dropped. */
const day = (time: number) => `day ${new Date(time).toISOString().slice(0, 10)}`;

const DAY_MS = 86_400_000;

/** How many days before an execution are searched for a mark. */
const DAYS_BACK = 31;

/** How many of the latest texts that stay each write repeats, so that what another process has overwritten comes back. */
const REPEATED = 60;

const known = (key: string) => key;
const open = (key: string) => `open ${key}`;

/** A key that claims of this process hold. Several can share one. */
interface HeldKey {
	key: string;
	holders: number;
	/** What was found; undefined until then. */
	found: Found | undefined;
	outcomes: Set<Outcome>;
	looked: PromiseWithResolvers;
	released: PromiseWithResolvers;
}

interface Found {
	state: KeyState;
	/** The texts that holding it has added to the row. */
	added: string[];
}

interface PromiseWithResolvers {
	promise: Promise<void>;
	resolve: () => void;
	reject: (error: unknown) => void;
}

/** The rows, by workflow and node: all executions of a process share one queue and one memory per row. */
const rows = new Map<string, HistoryStore>();

/**
 * The store of one node. Call {@link HistoryStore.leave} when done with it.
 *
 * @returns undefined where n8n offers no store
 */
export function storeOf(context: IExecuteFunctions): HistoryStore | undefined {
	const helpers: Partial<Helpers> = context.helpers;
	if (!helpers.checkProcessedAndRecord) {
		context.logger.warn(
			`${context.getNode().name} cannot record what it sends in this version of n8n. Do not retry or repeat an execution that has sent messages.`,
		);
		return undefined;
	}
	const id = JSON.stringify([context.getWorkflow().id, context.getNode().id]);
	const store = rows.get(id) ?? new HistoryStore();
	rows.set(id, store);
	store.enter(context);
	return store;
}

/** Holds the keys of one message until it is settled. */
export interface Claim {
	/** What was found under each key. Rejects where the store fails. */
	states: Promise<ReadonlyMap<string, KeyState>>;
	/** @param outcome `notSent` also for a message that was not tried */
	settle: (outcome: Outcome) => void;
}

/**
 * One row of n8n's store, which n8n reads and writes as a whole and without a lock. So each access waits for
 * the one before it, and takes along all that has come up meanwhile.
 */
export class HistoryStore {
	/** Undefined while nobody uses the store: they hold all the data of an execution. */
	private context: { helpers: Helpers; logger: IExecuteFunctions['logger'] } | undefined;
	private users = 0;
	private readonly held = new Map<string, HeldKey>();
	private lookUps: HeldKey[] = [];
	private readonly removals = new Set<string>();
	private clears: PromiseWithResolvers[] = [];
	private flushes: Array<() => void> = [];
	/** The latest texts that stay, whatever another process has made of the row. */
	private recent: string[] = [];
	private isMarked = false;
	private markedDay = '';
	private work: Promise<void> | undefined;

	/** Makes further accesses with the functions of this execution. */
	enter({ helpers, logger }: IExecuteFunctions): void {
		this.users++;
		this.context = { helpers, logger };
	}

	/** Call this once for each {@link storeOf}. */
	leave(): void {
		this.users--;
		this.endIfIdle();
	}

	/** @returns a promise to wait for if any of the keys is held, which resolves when it is released */
	busy(keys: readonly string[]): Promise<void> | undefined {
		return keys.map((key) => this.held.get(key)?.released.promise).find((promise) => promise);
	}

	/** Records keys, and finds out what was recorded before. Keys that are held already are shared. */
	claim(keys: readonly string[]): Claim {
		const held = keys.map((key) => this.hold(key));
		const states = Promise.all(held.map(async ({ looked }) => await looked.promise)).then(
			() => new Map(held.map(({ key, found }) => [key, found!.state])),
		);
		states.catch(() => undefined);
		return { states, settle: (outcome) => held.forEach((one) => this.release(one, outcome)) };
	}

	/**
	 * Whether everything that was recorded since a time is still there.
	 *
	 * @param since Unix time in ms; undefined for ever
	 * @throws Error where the store fails
	 */
	async isCompleteSince(since: number | undefined): Promise<boolean> {
		if (await this.isSettled([EMPTY])) return true;
		if (since === undefined) return false;
		const days = Array.from({ length: DAYS_BACK }, (_, index) => index + 1);
		return await this.isSettled(days.map((count) => day(since - count * DAY_MS)));
	}

	/** Removes settled keys. Never throws. */
	async forget(keys: ReadonlySet<string>): Promise<void> {
		for (const key of keys) this.removals.add(known(key));
		this.recent = this.recent.filter((text) => !this.removals.has(text));
		await this.flush();
	}

	/**
	 * Removes everything but what is being sent now.
	 *
	 * @throws Error where the store fails
	 */
	async clear(): Promise<void> {
		const cleared = withResolvers();
		this.clears.push(cleared);
		this.start();
		await cleared.promise;
	}

	/** Writes what is due. Never throws. */
	async flush(): Promise<void> {
		await new Promise<void>((resolve) => {
			this.flushes.push(resolve);
			this.start();
		});
	}

	private hold(key: string): HeldKey {
		const shared = this.held.get(key);
		if (shared) {
			shared.holders++;
			return shared;
		}
		const held: HeldKey = {
			key,
			holders: 1,
			found: undefined,
			outcomes: new Set(),
			looked: withResolvers(),
			released: withResolvers(),
		};
		this.held.set(key, held);
		this.lookUps.push(held);
		this.start();
		return held;
	}

	/** Gives up a key. The last one to do so decides what stays in the row. */
	private release(held: HeldKey, outcome: Outcome): void {
		const { key, found, outcomes } = held;
		outcomes.add(outcome);
		if (--held.holders > 0) return;
		this.held.delete(key);
		const [isUncertain, isSent] = [outcomes.has('uncertain'), outcomes.has('sent')];
		// A key that was open before is settled too by a message that went out.
		const gone = isUncertain ? [] : isSent ? [open(key)] : (found?.added ?? []);
		const staying = isUncertain ? [known(key), open(key)] : isSent ? [known(key)] : [];
		for (const text of gone) this.removals.add(text);
		this.recent = [...this.recent.filter((text) => !gone.includes(text)), ...staying].slice(
			-REPEATED,
		);
		held.released.resolve();
	}

	private async isSettled(keys: string[]): Promise<boolean> {
		const claim = this.claim(keys);
		try {
			return [...(await claim.states).values()].includes('settled');
		} finally {
			claim.settle('notSent');
		}
	}

	private start(): void {
		this.work ??= this.run();
	}

	private async run(): Promise<void> {
		// Whatever comes up in the same moment shares the first write.
		await Promise.resolve();
		while (this.clears.length + this.flushes.length + this.lookUps.length > 0) await this.step();
		this.work = undefined;
		this.endIfIdle();
	}

	private endIfIdle(): void {
		if (this.users > 0 || this.work) return;
		this.context = undefined;
		this.isMarked = false;
		this.markedDay = '';
	}

	/** Removes before it looks up, all of what is due at one moment: a released key can be claimed again. */
	private async step(): Promise<void> {
		const clears = this.clears.splice(0);
		const removals = [...this.removals];
		const flushes = this.flushes.splice(0);
		const lookUps = this.lookUps.splice(0);
		try {
			if (clears.length > 0) await this.clearRow();
			for (const { resolve } of clears) resolve();
			if (removals.length > 0) await this.remove(removals);
			if (lookUps.length > 0) await this.lookUp(lookUps);
		} catch (error) {
			for (const { reject } of clears) reject(error);
			for (const { looked } of lookUps) looked.reject(error);
			this.context!.logger.warn(
				`Could not update what was sent: ${(error as Error).message}. Messages that were sent or refused may count as uncertain later.`,
			);
		}
		for (const resolve of flushes) resolve();
	}

	private async clearRow(): Promise<void> {
		await this.context!.helpers.clearAllProcessedItems('node', OPTIONS);
		this.isMarked = false;
		this.markedDay = '';
		this.recent = [];
		this.removals.clear();
		// Writes what is being sent at this moment again.
		await this.markEmpty();
	}

	private async remove(texts: string[]): Promise<void> {
		await this.context!.helpers.removeProcessed(texts, 'node', OPTIONS);
		for (const text of texts) this.removals.delete(text);
	}

	private async markEmpty(): Promise<void> {
		if (this.isMarked) return;
		const count = await this.context!.helpers.getProcessedDataCount('node', OPTIONS);
		if (count === 0) {
			// What this process remembers was cleared elsewhere, or is of another database.
			this.recent = [];
			await this.record([known(EMPTY)]);
		}
		this.isMarked = true;
	}

	private async lookUp(lookUps: HeldKey[]): Promise<void> {
		await this.markEmpty();
		const today = day(Date.now());
		const marks = this.markedDay === today ? [] : [known(today)];
		const remembered = new Set(this.recent);
		const added = await this.record([
			...marks,
			...lookUps.flatMap(({ key }) => [known(key), open(key)]),
		]);
		this.markedDay = today;
		for (const held of lookUps) {
			const texts = [known(held.key), open(held.key)];
			const missing = texts.filter((text) => added.has(text) && !remembered.has(text));
			const [isKnown, isOpen] = texts.map((text) => !missing.includes(text));
			held.found = {
				state: isOpen ? 'open' : isKnown ? 'settled' : 'absent',
				added: missing,
			};
			held.looked.resolve();
		}
	}

	/**
	 * Records texts, and again those that another process may have overwritten.
	 *
	 * @returns the texts that were not recorded before
	 */
	private async record(texts: readonly string[]): Promise<Set<string>> {
		const current = [...this.held.values()]
			.filter(({ found }) => found)
			.flatMap(({ key }) => [known(key), open(key)]);
		const all = [...new Set([...this.recent, ...current, ...texts])];
		const access = async () =>
			await this.context!.helpers.checkProcessedAndRecord(all, 'node', OPTIONS);
		// Two processes that create the row at the same time collide once.
		const { new: added, processed } = await access().catch(access);
		if (added.length + processed.length !== all.length) {
			throw new Error("n8n's record of processed data cannot be used");
		}
		return new Set(added.map(String));
	}
}

function withResolvers(): PromiseWithResolvers {
	const resolvers = {} as PromiseWithResolvers;
	resolvers.promise = new Promise<void>((resolve, reject) =>
		Object.assign(resolvers, { resolve, reject }),
	);
	resolvers.promise.catch(() => undefined);
	return resolvers;
}
