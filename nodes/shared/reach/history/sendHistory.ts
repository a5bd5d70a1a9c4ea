import type { IExecuteFunctions } from 'n8n-workflow';
import type { Delivery } from '../../../../sendpilot/delivery';
import { keysOf, knownOf, type MessageKeys, type Recipient } from './keys';
import { originOf, type Origin } from './origin';
import { areReordered, decide, hasOtherText, type Repeats } from './rules';
import { INTERRUPTED, type RunResults } from './runResults';
import { storeOf, type Claim, type HistoryStore } from './store';

/*
 * How the package makes sure that nobody is messaged twice. This file and `rules.ts` say it all.
 *
 * What is remembered. Of each message three facts, each under a key (`keys.ts`): this execution has messaged
 * this person; this person was sent this text; this person was sent something. `claim` records them before the
 * call, `settle` after it. A key has two parts, `known` and `open`:
 *
 *     neither          not sent, as far as anybody remembers
 *     known and open   claimed: it is being sent, or was interrupted, and nobody knows how it ended
 *     known            sent
 *
 * So `claim` adds both parts. `settle` removes `open` if the message was sent, removes both if it certainly was
 * not, and leaves both if nobody knows.
 *
 * Where. In n8n's store of processed data, one row per node, which outlives crashes (`store.ts`). The results
 * of the current run are also kept with the execution (`runResults.ts`), so that retries can return them.
 *
 * Why that is safe.
 * - The store records whatever it looks up. Here a look-up is a claim, so whatever a crash leaves behind reads
 *   as "nobody knows", and never as "sent" or "not sent".
 * - A full row drops its oldest texts. Of a key, `known` is older than `open`, so half a key reads the same way.
 * - n8n writes rows without a lock. All executions in a process share one queue per row, and wait for a message
 *   that another one is sending.
 * - If nothing is found, that proves something only while nothing was dropped. Marks in the row tell. A retry
 *   that finds no mark does not send what it cannot find.
 * - An execution that calls others, or is called, can run again without n8n saying so (`origin.ts`). Then a
 *   person who is known gets no other text.
 *
 * For how long. Facts about an execution are removed when it ends: its saved data has the results. The others stay
 * until newer ones push them out (MAX_ENTRIES).
 */

/** How many messages of one sender are claimed in one write; a crash leaves at most so many uncertain. */
export const CLAIMED_AT_ONCE = 12;

/** A message that may have been sent before. */
export interface Claimable {
	itemIndex: number;
	recipient: Recipient;
}

/** How a history is used. */
export interface HistorySettings {
	/** Messages and invitations to one person never meet. */
	kind: 'message';
	repeats: Repeats;
	/** Whether to clear the history first. Ignored in retries and sub-workflows, which are not the beginning. */
	forget: boolean;
	/** Ends waiting. */
	signal: AbortSignal | undefined;
}

/** The one memory of what was sent: `claim` comes before the call that reaches a person, `settle` after it. */
export class SendHistory {
	/** Messages that are claimed, by item. */
	private readonly claims = new Map<number, Claim>();
	/** What was found of messages that must not be sent, by item. */
	private readonly found = new Map<number, Delivery>();
	/** The people with several messages whose order is known to be that of earlier tries, or not. */
	private readonly ordered = new Set<string>();

	private constructor(
		private readonly store: HistoryStore | undefined,
		private readonly results: RunResults,
		private readonly origin: Origin,
		private readonly settings: HistorySettings,
		/** By item. */
		private readonly keys: ReadonlyArray<MessageKeys | undefined>,
		/** The items whose person gets several messages. */
		private readonly severals: ReadonlySet<number>,
		/** Settled execution keys, to remove when the execution ends. */
		private readonly temporary: Set<string>,
	) {}

	/**
	 * Opens the history of a node for one run. {@link close} must follow.
	 *
	 * @param recipients of all items of the run; undefined where one cannot be read
	 * @throws Error if the history cannot be cleared
	 */
	static async open(
		context: IExecuteFunctions,
		results: RunResults,
		recipients: ReadonlyArray<Recipient | undefined>,
		settings: HistorySettings,
	): Promise<SendHistory> {
		const origin = await originOf(context);
		const occurrences = results.occurrences(recipients);
		const keys = recipients.map(
			(recipient, index) =>
				recipient && keysOf(settings.kind, origin, recipient, occurrences[index]),
		);
		const store = storeOf(context);
		const history = new SendHistory(
			store,
			results,
			origin,
			settings,
			keys,
			severalsOf(keys, occurrences),
			cleanUpAtEnd(context, results, origin),
		);
		if (
			store &&
			settings.forget &&
			!origin.isRetry &&
			!origin.isCalled &&
			!results.data.isCleared
		) {
			await store.clear().catch((error: unknown) => {
				store.leave();
				throw error;
			});
			results.data.isCleared = true;
		}
		return history;
	}

	/**
	 * Claims a message right before the call that sends it. Waits while another execution is sending it.
	 *
	 * @param upcoming the next messages, if they follow without a delay; they are claimed in the same write
	 * @returns undefined if the message may be sent now, and then {@link settle} must follow; otherwise what is
	 * known of it
	 */
	async claim(message: Claimable, upcoming: readonly Claimable[]): Promise<Delivery | undefined> {
		const { itemIndex, recipient } = message;
		if (!this.claims.has(itemIndex) && !this.found.has(itemIndex)) {
			const { signal } = this.settings;
			const problem = await this.checkOrder(itemIndex);
			if (problem) return problem;
			// Nothing may be awaited from the last check to the claim, or two could claim at once.
			for (let busy; (busy = this.store?.busy(this.decisive(message))); ) {
				if (signal?.aborted) return NOT_STARTED;
				await firstOf(busy, signal);
			}
			const result = this.results.recall(itemIndex, recipient);
			if (result) return result;
			const failure = this.store && (await this.claimAll(this.store, [message, ...upcoming]));
			if (failure) return failure;
		}
		const found = this.found.get(itemIndex);
		if (!found) this.results.begin(itemIndex, recipient);
		return found;
	}

	/** Call this with the delivery of a claimed message; `notSent` if its call was not made after all. */
	settle({ itemIndex, recipient }: Claimable, delivery: Delivery): void {
		this.results.end(itemIndex, recipient, delivery);
		this.claims.get(itemIndex)?.settle(delivery.outcome);
		this.claims.delete(itemIndex);
		if (delivery.outcome === 'sent') this.temporary.add(this.keys[itemIndex]!.execution!);
		if (this.claims.size === 0) void this.store?.flush();
	}

	/** Call this at the end of the run, and wait for it. */
	async close(): Promise<void> {
		for (const claim of this.claims.values()) claim.settle('notSent');
		this.claims.clear();
		await this.store?.flush();
		this.store?.leave();
	}

	/**
	 * Finds out, before a retry sends one of several messages to one person, whether these are still in the order
	 * of earlier tries.
	 *
	 * @returns why that could not be found out, or undefined
	 */
	private async checkOrder(itemIndex: number): Promise<Delivery | undefined> {
		const { store, settings } = this;
		if (!store || !this.needsOrder(itemIndex)) return undefined;
		const person = this.keys[itemIndex]!.person!;
		const group = this.keys.filter((keys) => keys?.person === person) as MessageKeys[];
		const decisive = group.flatMap(({ execution, message }) => [execution!, message!]);
		for (let busy; (busy = store.busy(decisive)); ) {
			if (settings.signal?.aborted) return NOT_STARTED;
			await firstOf(busy, settings.signal);
		}
		const claim = store.claim(decisive);
		try {
			const states = await claim.states;
			const known = group.map((keys) => knownOf({ ...keys, ...ONLY_ITS_OWN }, states));
			if (areReordered(known, settings.repeats)) this.noteReordered(person);
			this.ordered.add(person);
			return undefined;
		} catch (error) {
			return unavailable(error);
		} finally {
			claim.settle('notSent');
		}
	}

	private needsOrder(itemIndex: number): boolean {
		const isKnown = this.ordered.has(this.keys[itemIndex]!.person!);
		return this.origin.isRetry && this.severals.has(itemIndex) && !isKnown;
	}

	private noteReordered(person: string): void {
		(this.results.data.reordered ??= {})[person] = true;
	}

	/**
	 * Claims messages, up to the first that is being sent elsewhere: a run that waits must not hold claims, or
	 * two could wait for each other.
	 *
	 * @returns why none could be claimed, or undefined
	 */
	private async claimAll(
		store: HistoryStore,
		messages: readonly Claimable[],
	): Promise<Delivery | undefined> {
		const window: Array<{ message: Claimable; claim: Claim }> = [];
		for (const message of messages) {
			if (this.needsOrder(message.itemIndex) || store.busy(this.decisive(message))) break;
			const keys = Object.values(this.keys[message.itemIndex]!);
			window.push({ message, claim: store.claim(keys) });
		}
		const { isRetry, since } = this.origin;
		try {
			const [isComplete, ...states] = await Promise.all([
				isRetry ? store.isCompleteSince(since) : true,
				...window.map(async ({ claim }) => await claim.states),
			]);
			window.forEach(({ message, claim }, index) =>
				this.note(message, claim, states[index], isComplete),
			);
			return undefined;
		} catch (error) {
			for (const { claim } of window) claim.settle('notSent');
			return unavailable(error);
		}
	}

	private note(
		{ itemIndex, recipient }: Claimable,
		claim: Claim,
		states: Awaited<Claim['states']>,
		isComplete: boolean,
	): void {
		const known = knownOf(this.keys[itemIndex]!, states);
		const { repeats } = this.settings;
		const { isLost } = this.origin;
		const isOneOfSeveral = this.severals.has(itemIndex);
		const person = this.keys[itemIndex]!.person!;
		const isReordered = this.results.data.reordered?.[person] ?? false;
		const verdict = decide(known, { repeats, isLost, isOneOfSeveral, isReordered });
		// In a loop, other messages to the person come later.
		if (this.origin.isRetry && hasOtherText(known)) this.noteReordered(person);
		if (verdict === 'send' && isComplete) {
			this.claims.set(itemIndex, claim);
			return;
		}
		claim.settle('notSent');
		if (verdict === 'skip') {
			this.found.set(itemIndex, {
				outcome: 'sent',
				message: recipient.asSent,
				alreadySent: true,
			});
		} else this.found.set(itemIndex, verdict === 'uncertain' ? INTERRUPTED : FORGOTTEN);
	}

	/** The keys that decide whether a message may be sent. */
	private decisive({ itemIndex }: Claimable): string[] {
		const { execution, message, person, root, attempt } = this.keys[itemIndex]!;
		const { repeats } = this.settings;
		const keys = [
			execution,
			repeats !== 'sendAgain' && message,
			(repeats === 'skipSamePerson' || this.origin.isLost) && person,
			root,
			attempt,
		];
		return keys.filter((key) => typeof key === 'string');
	}
}

/** @returns the items whose person gets several messages in this execution, as far as this run knows */
function severalsOf(
	keys: ReadonlyArray<MessageKeys | undefined>,
	occurrences: readonly string[],
): Set<number> {
	const counts = new Map<string, number>();
	for (const { person } of keys.filter((key) => key !== undefined)) {
		counts.set(person!, (counts.get(person!) ?? 0) + 1);
	}
	const isSeveral = (index: number) =>
		occurrences[index] !== '0' || counts.get(keys[index]!.person!)! > 1;
	return new Set([...keys.keys()].filter((index) => keys[index] && isSeveral(index)));
}

/** Waits for a promise, at most until the signal. */
async function firstOf(promise: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
	let stop = () => undefined as void;
	const stopped = new Promise<void>((resolve) => (stop = resolve));
	signal?.addEventListener('abort', stop);
	await Promise.race([promise, stopped]);
	signal?.removeEventListener('abort', stop);
}

/** The keys that say nothing about the order. */
const ONLY_ITS_OWN: MessageKeys = { person: undefined, root: undefined, attempt: undefined };

const NOT_STARTED: Delivery = {
	outcome: 'notSent',
	problem: { reason: 'notStarted', step: 'send', said: [] },
};

const FORGOTTEN: Delivery = {
	outcome: 'uncertain',
	problem: { reason: 'forgotten', step: 'send', said: [] },
};

function unavailable(error: unknown): Delivery {
	const said = error instanceof Error ? [error.message] : [];
	return { outcome: 'notSent', problem: { reason: 'historyUnavailable', step: 'send', said } };
}

/** The keys to remove at the end, by the data of their execution. */
const temporaries = new WeakMap<object, Set<string>>();

/**
 * Removes the execution keys once n8n has saved an execution. Those of a retry stay, because the execution that it
 * retries can be retried again; those of sub-workflows and tools too, because the main execution can.
 *
 * @returns where to put the keys
 */
function cleanUpAtEnd(
	context: IExecuteFunctions,
	results: RunResults,
	origin: Origin,
): Set<string> {
	const keys = temporaries.get(results.data) ?? new Set<string>();
	if (temporaries.has(results.data)) return keys;
	temporaries.set(results.data, keys);
	if (origin.isRetry || origin.root) return keys;
	context.onExecutionFinish?.(async () => {
		// n8n saves a cancelled execution before the node is done.
		if (context.getExecutionCancelSignal()?.aborted || keys.size === 0) return;
		const store = storeOf(context);
		await store?.forget(keys);
		store?.leave();
		keys.clear();
	});
	return keys;
}
