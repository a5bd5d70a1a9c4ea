import { sleep, type IExecuteFunctions } from 'n8n-workflow';
import type { Delivery } from '../../../../sendpilot/delivery';
import { keepLatest } from '../../keepLatest';
import { withResolvers, type PromiseWithResolvers } from '../../withResolvers';
import { Row, type Helpers } from './row';
import {
	DAY_MS,
	EMPTY,
	known,
	markOf,
	newStamp,
	open,
	otherPartOf,
	textsOf,
	type KeyState,
} from './texts';

/**
 * How many texts n8n keeps per node, with the oldest dropped: two for each person and text that stay, and five
 * for each message of an execution that runs, has crashed or is a retry, or seven in a sub-workflow.
 */
export const MAX_ENTRIES = 10_000;

/** How many texts a message has at most, while it is being sent. */
const TEXTS_PER_MESSAGE = 16;

type Outcome = Delivery['outcome'];

/** How many days before an execution are searched for a mark. */
export const DAYS_BACK = 31;

/** How many of the latest texts that stay each write repeats, so that what another process has overwritten comes back. */
const REPEATED = 60;

/** How often other processes may overwrite what this one claims. */
const MAX_ROUNDS = 20;

/** Keys that are looked up together. */
interface LookUp {
	keys: readonly string[];
	/** Undefined until they were looked up. */
	found: Found | undefined;
	looked: PromiseWithResolvers;
	/** Whether they are only looked up: what that adds is removed with the next step. */
	isPeek: boolean;
}

interface Found {
	states: KeyState[];
	/** The texts that were not there before. */
	added: string[];
	/** How many texts had been added to the row by then. */
	at: number;
}

/** What one write has claimed, until it is read back. */
interface Unproven {
	/** Undefined once the store has failed: then the texts are removed as soon as they are proven. */
	lookUps: LookUp[] | undefined;
	/** The texts that were not there before. */
	texts: readonly string[];
	/** Recorded along: as long as it is there, no other process has overwritten them. */
	stamp: string;
	/** How often they have been overwritten. */
	rounds: number;
	/** Whether it is time to read them back. */
	isDue: boolean;
}

/** The rows in use, by workflow and node: all executions of a process share one queue per row. */
const rows = new Map<string, HistoryStore>();

/** The latest texts of rows that nobody uses now, as between two runs of a loop. */
const memories = new Map<string, string[]>();

/** Of how many rows the latest texts are kept. */
const MAX_MEMORIES = 500;

/**
 * The store of one node. Call {@link HistoryStore.leave} when done with it.
 *
 * @param maxEntries always the same for a node
 * @returns undefined where n8n offers no store
 */
export function storeOf(
	context: IExecuteFunctions,
	maxEntries = MAX_ENTRIES,
): HistoryStore | undefined {
	const helpers: Partial<Helpers> = context.helpers;
	if (!helpers.checkProcessedAndRecord) {
		context.logger.warn(
			`${context.getNode().name} cannot record what it sends in this version of n8n. Do not retry or repeat an execution that has sent messages.`,
		);
		return undefined;
	}
	const id = rowIdOf(context);
	const leave = (recent: string[]) => {
		rows.delete(id);
		keepLatest(memories, id, recent, MAX_MEMORIES);
	};
	const recent = memories.get(id) ?? [];
	const store = rows.get(id) ?? new HistoryStore(new Row(maxEntries), recent, leave);
	rows.set(id, store);
	store.enter(context);
	return store;
}

/** @returns what tells the row of a node from others */
export function rowIdOf(context: Pick<IExecuteFunctions, 'getWorkflow' | 'getNode'>): string {
	return JSON.stringify([context.getWorkflow().id, context.getNode().id]);
}

/** A person who is being messaged, or claimed for it. */
export interface Claim {
	/** What was found under each key. Rejects where the store fails. */
	states: Promise<KeyState[]>;
	/** @param outcome `notSent` also for a message that was not tried */
	settle: (outcome: Outcome) => void;
}

/**
 * The memory of one node. All executions in a process share it, and each access to the row waits for the one before
 * it, and takes along all that has come up meanwhile.
 *
 * Other processes, as in n8n's queue mode, can overwrite the row in the same moment. So what was claimed is read
 * back, after a wait in which a write that had started before must have ended: of several processes that claim a
 * person in one moment, the last one to write finds its stamp, and the others find that theirs is gone. (Fischer's
 * mutual exclusion, with n8n's row as the shared variable.) A process that was held up must not undo what others
 * have written since: see {@link Row}. If it was held up while it wrote, it waits for longer, until those whose
 * claims it may have undone have written again.
 */
export class HistoryStore {
	private logger!: IExecuteFunctions['logger'];
	private users = 0;
	/** By person: two messages to one person are never claimed at the same time. */
	private readonly claims = new Map<string, { lookUp: LookUp; released: PromiseWithResolvers }>();
	private lookUps: LookUp[] = [];
	private readonly removals = new Set<string>();
	/**
	 * Claims that are taken back. Only once: if an error hides that it was done, others may have claimed the same
	 * people since.
	 */
	private readonly retractions = new Set<string>();
	private unproven: Unproven[] = [];
	private clears: PromiseWithResolvers[] = [];
	private flushes: Array<() => void> = [];
	/** Whether the row has been marked as empty, or was not empty. */
	private isMarked = false;
	private markedDay = '';
	/** How many texts this process has added to the row. */
	private addedCount = 0;
	private work: Promise<void> | undefined;

	/**
	 * @param row the row itself
	 * @param recent the latest texts that stay, whatever another process has made of the row
	 * @param onIdle called with these when nobody uses the store any more
	 */
	constructor(
		private readonly row: Row,
		private recent: string[],
		private readonly onIdle: (recent: string[]) => void,
	) {}

	/** Makes further accesses with the functions of this execution. */
	enter({ helpers, logger }: IExecuteFunctions): void {
		this.users++;
		this.row.use(helpers);
		this.logger = logger;
	}

	/** Call this once for each {@link storeOf}. */
	leave(): void {
		this.users--;
		this.endIfIdle();
	}

	/** @returns a promise to wait for if the person is claimed, which resolves when that claim is settled */
	busy(person: string): Promise<void> | undefined {
		return this.claims.get(person)?.released.promise;
	}

	/** Claims a person who is not {@link busy}: records keys, and finds out what was recorded before. */
	claim(person: string, keys: readonly string[]): Claim {
		const lookUp = this.lookUp(keys, false);
		const released = withResolvers();
		this.claims.set(person, { lookUp, released });
		return {
			states: statesIn(lookUp),
			settle: (outcome) => {
				this.claims.delete(person);
				this.settle(lookUp, outcome);
				released.resolve();
			},
		};
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
		return await this.isSettled(days.map((count) => markOf(since - count * DAY_MS)));
	}

	/** Whether so many messages, and as much of others, can be recorded before the oldest texts are dropped. */
	async hasRoomFor(messages: number): Promise<boolean> {
		return (await this.row.count()) + messages * TEXTS_PER_MESSAGE < this.row.maxEntries / 2;
	}

	/**
	 * @returns what is known of keys, without recording them
	 * @throws Error where the store fails
	 */
	async peek(keys: readonly string[]): Promise<KeyState[]> {
		const states = await statesIn(this.lookUp(keys, true));
		// Left behind by a crash, a look-up of a mark would make the row look incomplete for ever.
		await this.flush();
		return states;
	}

	/** Removes settled keys. Never throws. */
	async forget(keys: ReadonlySet<string>): Promise<void> {
		this.forgetSoon(keys);
		await this.flush();
	}

	/** Removes settled keys with the next step. */
	forgetSoon(keys: Iterable<string>): void {
		for (const key of keys) this.removals.add(known(key));
		this.recent = this.recent.filter((text) => !this.removals.has(text));
	}

	/**
	 * Removes everything but what is being sent now.
	 *
	 * @returns what went wrong, or undefined
	 */
	async clear(): Promise<Error | undefined> {
		const cleared = withResolvers();
		this.clears.push(cleared);
		this.start();
		return await cleared.promise.then(
			() => undefined,
			(error: Error) => error,
		);
	}

	/** Writes what is due. Never throws. */
	async flush(): Promise<void> {
		await new Promise<void>((resolve) => {
			this.flushes.push(resolve);
			this.start();
		});
	}

	private lookUp(keys: readonly string[], isPeek: boolean): LookUp {
		const lookUp = { keys, found: undefined, looked: withResolvers(), isPeek };
		this.lookUps.push(lookUp);
		this.start();
		return lookUp;
	}

	private settle({ keys, found }: LookUp, outcome: Outcome): void {
		// Whatever was open before is settled too by a message that went out.
		const parts: Record<Outcome, { gone: string[]; stays: string[] }> = {
			sent: { gone: keys.map(open), stays: keys.map(known) },
			uncertain: { gone: [], stays: keys.flatMap(textsOf) },
			notSent: { gone: found?.added ?? [], stays: [] },
		};
		const { gone, stays } = parts[outcome];
		const due = outcome === 'notSent' ? this.retractions : this.removals;
		for (const text of gone) due.add(text);
		const others = this.recent.filter((text) => !gone.includes(text));
		this.recent = [...others, ...stays].slice(-REPEATED);
	}

	private async isSettled(keys: string[]): Promise<boolean> {
		return (await this.peek(keys)).includes('settled');
	}

	private start(): void {
		this.work ??= this.run();
	}

	private async run(): Promise<void> {
		// Whatever comes up in the same moment shares the first write.
		await Promise.resolve();
		while (this.isWorkDue) await this.step();
		this.work = undefined;
		this.endIfIdle();
	}

	private get isWorkDue(): boolean {
		const { clears, flushes, lookUps, due } = this;
		const isClaimDue = due.some((one) => !isGivenUp(one));
		return clears.length + flushes.length + lookUps.length > 0 || isClaimDue;
	}

	private get due(): Unproven[] {
		return this.unproven.filter(({ isDue }) => isDue);
	}

	private endIfIdle(): void {
		const isIdle = this.users === 0 && this.unproven.length === 0 && !this.work;
		if (isIdle) this.onIdle(this.recent);
	}

	/** Removes before it looks up, all of what is due at one moment: a released key can be claimed again. */
	private async step(): Promise<void> {
		const clears = this.clears.splice(0);
		const flushes = this.flushes.splice(0);
		const lookUps = this.lookUps.splice(0);
		try {
			if (clears.length > 0) await this.clearRow();
			for (const { resolve } of clears) resolve();
			// What is left of a failure must not be found by those who look it up now.
			if (this.due.some(isGivenUp)) await this.lookUpNow([]);
			// What is only read back needs no removal before it.
			const isNeeded = clears.length + flushes.length + lookUps.length > 0;
			const isAnyDue = this.removals.size + this.retractions.size > 0;
			if (isNeeded && isAnyDue) await this.remove();
			if (lookUps.length + this.due.length > 0) await this.lookUpNow(lookUps);
		} catch (error) {
			for (const { reject } of clears) reject(error);
			for (const { looked } of lookUps) looked.reject(error);
			for (const one of this.due) giveUp(one, error);
			this.logger.warn(
				`Could not update what was sent: ${(error as Error).message}. Messages that were sent or refused may count as uncertain later.`,
			);
		}
		for (const resolve of flushes) resolve();
	}

	private async clearRow(): Promise<void> {
		await this.row.clear();
		this.recent = [];
		this.removals.clear();
		this.retractions.clear();
		for (const lookUp of this.claimedLookUps()) {
			lookUp.found = { ...lookUp.found!, added: textsIn(lookUp), at: this.addedCount };
		}
		// Not marked as empty: executions that are retried may have sent what is gone now. Writes what is being
		// sent at this moment again.
		this.isMarked = true;
		this.markedDay = markOf(Date.now());
		await this.record([known(this.markedDay)]);
	}

	private async remove(): Promise<void> {
		const [removals, retractions] = [[...this.removals], [...this.retractions]];
		this.retractions.clear();
		await this.row.remove([...new Set([...removals, ...retractions])]).catch((error: unknown) => {
			if (!this.row.mayHaveChanged) for (const text of retractions) this.retractions.add(text);
			throw error;
		});
		for (const text of removals) this.removals.delete(text);
	}

	private async lookUpNow(lookUps: LookUp[]): Promise<void> {
		const { due } = this;
		const today = markOf(Date.now());
		const isEmpty = !this.isMarked && (await this.row.count()) === 0;
		// What this process remembers was cleared elsewhere, or is of another database.
		if (isEmpty) this.recent = [];
		const marks = [...(isEmpty ? [EMPTY] : []), ...(this.markedDay === today ? [] : [today])];
		const remembered = new Set([...this.recent, ...(isEmpty ? [known(EMPTY)] : [])]);
		const stamp = newStamp();
		const texts = [
			...marks.map(known),
			...lookUps.flatMap(textsIn),
			...(lookUps.some(({ isPeek }) => !isPeek) ? [stamp] : []),
			...due.flatMap((one) => [...one.texts, one.stamp]),
		];
		// Two processes that create the row at the same time collide once.
		const added = await this.record(texts).catch(async (error: unknown) => {
			if (isEmpty) return await this.record(texts);
			throw error;
		});
		this.isMarked = true;
		this.markedDay = today;
		for (const one of due) this.readBack(one, added);
		const isMissing = (text: string) => added.has(text) && !remembered.has(text);
		const missing = new Set(lookUps.flatMap(textsIn).filter(isMissing));
		// Who finds that others have claimed all of it needs no proof.
		const isAbsent = (key: string) => textsOf(key).every((text) => missing.has(text));
		const isClaim = ({ isPeek, keys }: LookUp) => !isPeek && keys.some(isAbsent);
		for (const lookUp of lookUps) if (!isClaim(lookUp)) this.conclude(lookUp, missing);
		const claims = lookUps.filter(isClaim);
		if (claims.length > 0) {
			const claimed = claims.flatMap(textsIn).filter((text) => missing.has(text));
			this.prove({ lookUps: claims, texts: claimed, stamp, rounds: 0, isDue: false });
		} else if (added.has(stamp)) this.removals.add(stamp);
	}

	/** Has claims read back once other processes must have ended their writes. */
	private prove(unproven: Unproven): void {
		this.unproven.push(unproven);
		// Of different length, or two processes could overwrite each other for ever.
		void sleep(this.row.waitMs * (1 + Math.random() / 4)).then(() => {
			unproven.isDue = true;
			this.start();
		});
	}

	/** Finds out which texts no other process has recorded in the same moment. */
	private readBack(unproven: Unproven, added: ReadonlySet<string>): void {
		this.unproven = this.unproven.filter((one) => one !== unproven);
		const { lookUps, stamp } = unproven;
		const isOverwritten = added.has(stamp);
		const gone = unproven.texts.filter((text) => added.has(text));
		if (isOverwritten && gone.length > 0) {
			// What is there all the same is in what another process has written.
			this.claimAgain({ ...unproven, texts: gone });
			return;
		}
		this.removals.add(stamp);
		// Somebody else has settled what is gone, and what is left of the same key is theirs.
		const isTheirs = (text: string) => gone.includes(text) || gone.includes(otherPartOf(text));
		const own = isOverwritten ? [] : unproven.texts.filter((text) => !isTheirs(text));
		if (!isOverwritten) for (const text of gone) this.retractions.add(text);
		if (lookUps) for (const lookUp of lookUps) this.conclude(lookUp, new Set(own));
		else for (const text of own) this.retractions.add(text);
	}

	private claimAgain(unproven: Unproven): void {
		if (unproven.rounds === MAX_ROUNDS) {
			giveUp(unproven, new Error('other n8n processes kept changing the record'));
		}
		this.prove({ ...unproven, rounds: unproven.rounds + 1, isDue: false });
	}

	/** @param own the texts that were not there before, and that no other process has claimed */
	private conclude(lookUp: LookUp, own: ReadonlySet<string>): void {
		const stateOf = (key: string): KeyState => {
			if (!own.has(open(key))) return 'open';
			return own.has(known(key)) ? 'absent' : 'settled';
		};
		lookUp.found = {
			states: lookUp.keys.map(stateOf),
			added: textsIn(lookUp).filter((text) => own.has(text)),
			at: this.addedCount,
		};
		if (lookUp.isPeek) this.settle(lookUp, 'notSent');
		lookUp.looked.resolve();
	}

	private claimedLookUps(): LookUp[] {
		return [...this.claims.values()].map(({ lookUp }) => lookUp).filter(({ found }) => found);
	}

	/**
	 * Records texts, and again those that another process may have overwritten.
	 *
	 * @returns those that were not recorded before
	 */
	private async record(texts: readonly string[]): Promise<Set<string>> {
		const current = this.claimedLookUps()
			// The row may already have dropped a part of an older one, which would come back in the wrong order.
			.filter(({ found }) => this.addedCount - found!.at < this.row.maxEntries / 2)
			.flatMap(textsIn);
		const recorded = await this.row.record([...new Set([...this.recent, ...current, ...texts])]);
		this.addedCount += recorded.size;
		return recorded;
	}
}

function giveUp(unproven: Unproven, error: unknown): void {
	for (const { looked } of unproven.lookUps ?? []) looked.reject(error);
	unproven.lookUps = undefined;
}

function isGivenUp({ lookUps }: Unproven): boolean {
	return lookUps === undefined;
}

function textsIn({ keys }: LookUp): string[] {
	return keys.flatMap(textsOf);
}

async function statesIn(lookUp: LookUp): Promise<KeyState[]> {
	await lookUp.looked.promise;
	return lookUp.found!.states;
}
