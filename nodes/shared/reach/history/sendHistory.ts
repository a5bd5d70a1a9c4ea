import type { IExecuteFunctions } from 'n8n-workflow';
import type { Delivery, DeliveryProblem, Sent } from '../../../../sendpilot/delivery';
import { ExplainedError } from '../../explanation';
import { withResolvers } from '../../withResolvers';
import { aboutExecution, dayKey, keysOf, nameOf, type MessageKeys, type Recipient } from './keys';
import { originOf, type Origin } from './origin';
import { decide, NOTHING_KNOWN, type Known, type Repeats } from './rules';
import { INTERRUPTED, type RunResults } from './runResults';
import { DAYS_BACK, storeOf, type Claim, type HistoryStore } from './store';
import { DAY_MS, dayOf, type KeyState } from './texts';

/*
 * How the package makes sure that nobody is messaged twice.
 *
 * What is remembered. Of each message a few facts, each under a key (`keys.ts`): this execution has sent this
 * person this text, and how many messages it had sent them before; this node has sent this person this text, and
 * anything at all. `rules.ts` decides by them. `claim` records them before the call, `settle` after it. A key
 * has two parts, `known` and `open`:
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
 * - n8n writes rows without a lock. All executions in a process share one queue per row, and a person is
 *   messaged by one of them at a time. What another process claims in the same moment shows when claims are read
 *   back (`HistoryStore`).
 * - If nothing is found, that proves something only while nothing was dropped. Marks in the row tell. What may
 *   be a retry and finds no mark does not send what it cannot find.
 * - A retry may find other texts, because an AI wrote them, and a changed list. Whoever it may have messaged in
 *   other words is uncertain. So is, in sub-workflows, whoever an earlier attempt has messaged (`origin.ts`).
 *
 * For how long. Facts about an execution are removed when it ends: its saved data has the results. The others
 * stay until newer ones push them out (MAX_ENTRIES).
 */

/** How many messages of one sender are claimed at most; a crash leaves so many uncertain. */
export const MAX_CLAIMED = 16;

/** How many of these may be left when the next ones are claimed: with more, each write would claim too few. */
const MAX_LEFT = 13;

/** A message that may have been sent before. */
export interface Claimable {
	itemIndex: number;
	/** How many messages to the person come before it in this execution, sent or not. */
	position: number;
	recipient: Recipient;
}

/** A message whose person is claimed. */
interface NewClaim {
	message: Claimable;
	keys: MessageKeys;
	claim: Claim;
}

/** A message that may be sent. */
interface Claimed {
	keys: MessageKeys;
	claim: Claim;
	/** Whether this node may have sent this text to this person before. */
	wasSentBefore: boolean;
}

/** How a history is used. */
export interface HistorySettings {
	/** Messages and invitations to one person never meet. */
	kind: 'message' | 'invitation' | 'leadSearch' | 'leadExtraction';
	repeats: Repeats;
	/** Whether to clear the history first. Ignored in retries and sub-workflows, which are not the beginning. */
	forget: boolean;
	/** Ends waiting. */
	signal: AbortSignal | undefined;
}

/** The one memory of what was sent: `claim` comes before the call that reaches a person, `settle` after it. */
export class SendHistory {
	/** Messages that may be sent, by item. */
	private readonly claims = new Map<number, Claimed>();
	/** Claims that are under way for upcoming messages, by item. */
	private readonly upcoming = new Map<number, Promise<unknown>>();
	/** What was found of messages that must not be sent, by item. */
	private readonly found = new Map<number, { keys: MessageKeys; delivery: Delivery }>();
	/** Items whose message may be on its way, and since when, in Unix ms. */
	private readonly underWay = new Map<number, number>();
	/** How long the last message took, and the last write that claimed some, in ms. */
	private messageMs = 0;
	private claimMs = 0;

	private isProven = false;

	private constructor(
		private readonly store: HistoryStore | undefined,
		private readonly results: RunResults,
		private readonly origin: Origin,
		private readonly settings: HistorySettings,
		/** How many items the run has. */
		private readonly itemCount: number,
		private readonly own: OwnKeys,
	) {}

	/**
	 * Opens the history of a node for one run. {@link close} must follow.
	 *
	 * @throws ExplainedError if the history cannot be cleared
	 */
	static async open(
		context: IExecuteFunctions,
		results: RunResults,
		settings: HistorySettings,
	): Promise<SendHistory> {
		const origin = await originOf(context);
		if (origin.isLost) {
			context.logger.warn(
				`n8n does not say which execution ${context.getNode().name} retries, so a person whom it has reached before is not reached again now.`,
			);
		}
		const own = ownKeysOf(context, results, origin);
		const store = storeOf(context);
		const isFirst = !origin.isRetry && !origin.isCalled && !results.data.isCleared;
		if (store && settings.forget && isFirst) {
			const failure = await store.clear();
			if (failure) {
				store.leave();
				throw new ExplainedError(
					`the history could not be cleared in n8n: ${failure.message}`,
					"Check n8n's database. Part of the history may be gone.",
				);
			}
			results.data.isCleared = true;
		}
		const itemCount = context.getInputData().length;
		return new SendHistory(store, results, origin, settings, itemCount, own);
	}

	/**
	 * Claims a message right before the call that sends it. Waits while the person is being messaged elsewhere.
	 *
	 * @param upcoming the next messages, if they follow without a delay; several are claimed in one write
	 * @returns undefined if the message may be sent now, and then {@link settle} must follow; otherwise what is
	 * known of it
	 */
	async claim(message: Claimable, upcoming: readonly Claimable[]): Promise<Delivery | undefined> {
		const { itemIndex, recipient } = message;
		await this.upcoming.get(itemIndex);
		if (!this.isLookedUp(message)) {
			const name = nameOf(recipient.person);
			// Nothing may be awaited from the last check to the claim, or two could claim at once.
			for (let busy; (busy = this.store?.busy(name)); ) {
				if (this.settings.signal?.aborted) return NOT_STARTED;
				await this.waitFor(busy, upcoming);
			}
			const result = this.results.recall(itemIndex, recipient);
			if (result) return result;
			if (this.store) {
				const claimed = this.claimFree(this.store, [message, ...upcoming]);
				const failure = await this.conclude(this.store, claimed);
				if (failure) return failure;
			}
		}
		this.refill(upcoming);
		const found = this.found.get(itemIndex);
		if (found) return found.delivery;
		this.underWay.set(itemIndex, Date.now());
		this.results.begin(itemIndex, recipient);
		return undefined;
	}

	/** Call this with the delivery of a claimed message; `notSent` if its call was not made after all. */
	settle({ itemIndex, recipient }: Claimable, delivery: Delivery): void {
		this.results.end(itemIndex, recipient, delivery);
		this.messageMs = Date.now() - (this.underWay.get(itemIndex) ?? 0);
		this.underWay.delete(itemIndex);
		const outcome = reachedSomebody(delivery) ? delivery.outcome : 'notSent';
		if (outcome !== 'notSent') this.results.count(recipient.person);
		const isNeeded = delivery.outcome === 'sent' && !recipient.asSent;
		const answer = isNeeded ? delivery.result : undefined;
		this.settleClaim(itemIndex, outcome, answer);
	}

	/**
	 * @returns since when an uncertain message of an earlier try or execution must have been sent, in Unix ms;
	 * undefined if nobody knows
	 */
	async uncertainSince({ itemIndex, recipient }: Claimable): Promise<number | undefined> {
		const { origin, settings, store } = this;
		const startedAt = this.results.startOf(itemIndex, recipient);
		// What is sent again goes out once in an execution, so its beginning is what tells.
		if (startedAt !== undefined && settings.repeats !== 'sendAgain') return startedAt;
		const found = this.found.get(itemIndex);
		const isOwn = !found || origin.isRetry || this.own.states.has(found.keys.inExecution);
		if (isOwn || !store) return origin.since;
		const now = Date.now();
		const days = Array.from({ length: DAYS_BACK }, (_, index) => dayOf(now - index * DAY_MS));
		const keys = days.map((day) => dayKey(settings.kind, recipient, day));
		const states = await store.peek(keys).catch(() => []);
		const day = days.find((_, index) => (states[index] ?? 'absent') !== 'absent');
		return day === undefined ? undefined : Date.parse(day);
	}

	/** Only looks a message up, for a run that sends nothing. @returns what {@link claim} would */
	async look(message: Claimable): Promise<Delivery | undefined> {
		const { itemIndex, recipient } = message;
		const result = this.results.recall(itemIndex, recipient);
		if (result || !this.store) return result;
		const keys = this.keysOf(message);
		try {
			const isComplete = await this.isComplete(this.store);
			return this.judge(message, keys, await this.store.peek(Object.values(keys)), isComplete);
		} catch (error) {
			return { outcome: 'notSent', problem: unavailable(error) };
		}
	}

	/** Whether this node may have sent a claimed message to this person before; a cleared history doesn't know. */
	wasSentBefore({ itemIndex }: Claimable): boolean {
		return this.results.data.isCleared ?? this.claims.get(itemIndex)?.wasSentBefore ?? false;
	}

	/** Call this if the end of a claimed message is unknown. Does nothing if it was settled. */
	abandon(message: Claimable, delivery: Delivery): void {
		if (this.underWay.has(message.itemIndex)) this.settle(message, delivery);
	}

	/**
	 * Call this with the delivery of a message that was uncertain, and is not any more.
	 *
	 * @param upcoming the next messages, which may be claimed
	 */
	async confirm(
		{ itemIndex, recipient }: Claimable,
		delivery: Delivery,
		upcoming: readonly Claimable[],
	): Promise<void> {
		this.results.confirm(itemIndex, recipient, delivery);
		const { store, settings, origin } = this;
		if (!store) return;
		const name = nameOf(recipient.person);
		const keys =
			this.found.get(itemIndex)?.keys ??
			keysOf(settings.kind, origin, recipient, undefined, dayOf(Date.now()));
		for (let busy; (busy = store.busy(name)); ) {
			if (settings.signal?.aborted) return;
			await this.waitFor(busy, upcoming);
		}
		const claim = store.claim(name, Object.values(keys));
		// If the store fails, it stays uncertain there.
		const isRecorded = await claim.states.then(
			() => true,
			() => false,
		);
		this.record({ keys, claim }, isRecorded ? 'sent' : 'notSent');
	}

	/** Call this for a message that is not tried after all: others may wait for the person. */
	async release({ itemIndex }: Claimable): Promise<void> {
		await this.upcoming.get(itemIndex);
		this.settleClaim(itemIndex, 'notSent');
	}

	/** Call this at the end of the run, and wait for it. */
	async close(): Promise<void> {
		await Promise.all(this.upcoming.values());
		for (const itemIndex of this.claims.keys()) {
			this.settleClaim(itemIndex, this.underWay.has(itemIndex) ? 'uncertain' : 'notSent');
		}
		await this.store?.flush();
		this.store?.leave();
	}

	/** A run that waits for a person must not hold claims, or two could wait for each other. */
	private async waitFor(busy: Promise<void>, upcoming: readonly Claimable[]): Promise<void> {
		for (const next of upcoming) await this.release(next);
		await firstOf(busy, this.settings.signal);
	}

	private settleClaim(itemIndex: number, outcome: Delivery['outcome'], answer?: Sent): void {
		const claimed = this.claims.get(itemIndex);
		if (!claimed) return;
		this.claims.delete(itemIndex);
		this.record(claimed, outcome, answer);
		// Otherwise the next look-up writes along what is due.
		if (this.claims.size === 0 && this.upcoming.size === 0) void this.store?.flush();
	}

	private record(
		{ keys, claim }: Pick<Claimed, 'keys' | 'claim'>,
		outcome: Delivery['outcome'],
		answer?: Sent,
	): void {
		claim.settle(outcome);
		if (outcome !== 'notSent') this.own.add(keys, outcome, answer);
		// Only of use as long as it is uncertain.
		if (outcome === 'sent') this.store?.forgetSoon([keys.onDay]);
	}

	private isLookedUp({ itemIndex }: Claimable): boolean {
		return this.claims.has(itemIndex) || this.found.has(itemIndex);
	}

	/** Whether it is or was claimed, or that is under way. */
	private isClaimed(message: Claimable): boolean {
		return this.isLookedUp(message) || this.upcoming.has(message.itemIndex);
	}

	/** Claims the next messages while those that are claimed are sent, so that none waits for the store. */
	private refill(upcoming: readonly Claimable[]): void {
		const start = upcoming.findIndex((message) => !this.isClaimed(message));
		const isDue = start === 0 || (start > 0 && start <= this.sentMeanwhile);
		if (!this.store || !isDue || this.settings.signal?.aborted) return;
		const claimed = this.claimFree(this.store, upcoming.slice(start));
		if (claimed.length === 0) return;
		const work = this.conclude(this.store, claimed).finally(() => {
			for (const { message } of claimed) this.upcoming.delete(message.itemIndex);
		});
		for (const { message } of claimed) this.upcoming.set(message.itemIndex, work);
	}

	/** How many messages of a sender go out while others are claimed; 0 if waiting cannot be avoided. */
	private get sentMeanwhile(): number {
		const count = this.claimMs / Math.max(1, this.messageMs);
		if (count > MAX_LEFT) return 0;
		// The next ones may take longer than the last.
		return Math.min(MAX_LEFT, Math.ceil(1.25 * count) + 1);
	}

	/** Claims messages in their order, up to the first to a person who is being messaged, or that was claimed before. */
	private claimFree(store: HistoryStore, messages: readonly Claimable[]): NewClaim[] {
		const claimed: NewClaim[] = [];
		for (const message of messages) {
			if (this.isClaimed(message) || store.busy(nameOf(message.recipient.person))) break;
			const keys = this.keysOf(message);
			const claim = store.claim(nameOf(message.recipient.person), Object.values(keys));
			claimed.push({ message, keys, claim });
		}
		return claimed;
	}

	/**
	 * Finds out which of the claimed messages may be sent.
	 *
	 * @returns why none may, or undefined
	 */
	private async conclude(
		store: HistoryStore,
		claimed: readonly NewClaim[],
	): Promise<Delivery | undefined> {
		const startedAt = Date.now();
		const completeness = this.isComplete(store);
		const looked = claimed.map(async ({ claim }) => await claim.states);
		// Only what has been looked up can be taken back.
		await Promise.allSettled([completeness, ...looked]);
		this.claimMs = Date.now() - startedAt;
		try {
			const [isComplete, ...states] = await Promise.all([completeness, ...looked]);
			claimed.forEach(({ message, keys, claim }, index) => {
				const delivery = this.judge(message, keys, states[index], isComplete);
				if (delivery) {
					claim.settle('notSent');
					this.found.set(message.itemIndex, { keys, delivery });
				} else {
					const wasSentBefore = this.knownOf(keys, states[index]).message !== 'absent';
					this.claims.set(message.itemIndex, { keys, claim, wasSentBefore });
				}
			});
			return undefined;
		} catch (error) {
			for (const { claim } of claimed) claim.settle('notSent');
			return { outcome: 'notSent', problem: unavailable(error) };
		}
	}

	private keysOf({ recipient, position }: Claimable): MessageKeys {
		const { results, settings, origin } = this;
		const place = results.countOf(recipient.person);
		const order = results.isTool ? undefined : { place, position };
		return keysOf(settings.kind, origin, recipient, order, dayOf(Date.now()));
	}

	/** Whether what is not found in the store was never there. */
	private async isComplete(store: HistoryStore): Promise<boolean> {
		const { isRetry, isCalled, since } = this.origin;
		if (this.isProven || (!isRetry && !isCalled)) return true;
		const isComplete = await store.isCompleteSince(since);
		// Then nothing can be dropped during this run either, so it need not be asked again.
		this.isProven = isComplete && (await store.hasRoomFor(this.itemCount));
		return isComplete;
	}

	/** What is known of a message, by what this execution did itself and what was found in the store. */
	private knownOf(keys: MessageKeys, states: readonly KeyState[]): Known {
		const known = Object.entries(keys).map(([name, key], index) => {
			// Two executions can begin in the same millisecond. Only a retry finds what others have left.
			const isOthers = !this.origin.isRetry && aboutExecution(keys).includes(key);
			return [name, this.own.states.get(key) ?? (isOthers ? 'absent' : states[index])];
		});
		return { ...NOTHING_KNOWN, ...Object.fromEntries(known) } as Known;
	}

	/** @returns what is known of a message that must not be sent; undefined if it may */
	private judge(
		{ recipient }: Claimable,
		keys: MessageKeys,
		states: readonly KeyState[],
		isComplete: boolean,
	): Delivery | undefined {
		const known = this.knownOf(keys, states);
		const { person } = recipient;
		const name = nameOf(person);
		const ambiguous = (this.results.data.ambiguous ??= {});
		const verdict = decide(known, {
			repeats: this.settings.repeats,
			isLost: this.origin.isLost,
			isAmbiguous: this.results.isRepeated(person) || name in ambiguous,
		});
		if (known.inExecution !== 'absent') this.results.count(person);
		else if (known.place !== 'absent' && verdict !== 'skip') ambiguous[name] = true;
		if (verdict === 'send') return isComplete ? undefined : FORGOTTEN;
		if (verdict === 'check') return INTERRUPTED;
		if (verdict === 'skipReworded') this.results.count(person);
		const result = recipient.asSent ?? this.own.answers.get(keys.inExecution);
		return result ? { outcome: 'sent', result, alreadySent: true } : INTERRUPTED;
	}
}

/** Whether a person was reached, or may have been. */
export function reachedSomebody(delivery: Delivery): boolean {
	return delivery.outcome === 'sent' ? !delivery.isNeedless : delivery.outcome === 'uncertain';
}

/** Waits for a promise, at most until the signal. */
async function firstOf(promise: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
	const stopped = withResolvers();
	signal?.addEventListener('abort', stopped.resolve);
	await Promise.race([promise, stopped.promise]);
	signal?.removeEventListener('abort', stopped.resolve);
}

/** Of a message whose call was not made. */
export const NOT_STARTED: Delivery = {
	outcome: 'notSent',
	problem: { reason: 'notStarted', step: 'send', said: [] },
};

const FORGOTTEN: Delivery = {
	outcome: 'uncertain',
	problem: { reason: 'forgotten', step: 'send', said: [] },
};

/** @returns the problem of a message that could not be recorded, so that it was not sent */
export function unavailable(error: unknown): DeliveryProblem {
	const said = error instanceof Error ? [error.message] : [];
	return { reason: 'historyUnavailable', step: 'send', said };
}

/** What an execution has settled itself, in this process. */
class OwnKeys {
	/** Also of what the row has dropped since. */
	readonly states = new Map<string, KeyState>();
	/** Settled keys about the execution alone. */
	readonly temporary = new Set<string>();
	/** SendPilot's answers, by the key about the execution and the text. */
	readonly answers = new Map<string, Sent>();

	add(keys: MessageKeys, outcome: 'sent' | 'uncertain', answer?: Sent): void {
		if (answer) this.answers.set(keys.inExecution, answer);
		const state = outcome === 'sent' ? 'settled' : 'open';
		for (const key of Object.values(keys)) this.states.set(key, state);
		if (outcome === 'sent') for (const key of aboutExecution(keys)) this.temporary.add(key);
	}
}

/** By the data of their executions. */
const ownKeys = new WeakMap<object, OwnKeys>();

/**
 * Opens what an execution has settled itself. Keys that are about it alone are removed once n8n has saved it. Those
 * of a retry stay, because the execution that it retries can be retried again; those of sub-workflows and tools
 * too, because the main execution can.
 */
function ownKeysOf(context: IExecuteFunctions, { data }: RunResults, origin: Origin): OwnKeys {
	const before = ownKeys.get(data);
	if (before) return before;
	const own = new OwnKeys();
	ownKeys.set(data, own);
	if (origin.isRetry || origin.root) return own;
	context.onExecutionFinish?.(async () => {
		// n8n saves a cancelled execution before the node is done.
		if (context.getExecutionCancelSignal()?.aborted || own.temporary.size === 0) return;
		const store = storeOf(context);
		await store?.forget(own.temporary);
		store?.leave();
		own.temporary.clear();
	});
	return own;
}
