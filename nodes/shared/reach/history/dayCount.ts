import type { IExecuteFunctions } from 'n8n-workflow';
import { keepLatest } from '../../keepLatest';
import { rowIdOf, storeOf, type Claim, type HistoryStore } from './store';
import type { KeyState } from './texts';

/** A place in the count of a day. Call it with what became of the message. */
export type Place = Pick<Claim, 'settle'>;

/** What is known of the places of a sender and a day: the first ones are all taken, then come others. */
interface Known {
	/** How many of the first ones are taken by messages that were sent. */
	sent: number;
	/** The others that were looked up, by number. */
	states: Map<number, KeyState>;
	/** The one that was found to be free; it is for the next message. */
	free?: { number: number; place: Place };
}

/** How many of the first places of a day are taken, by sender, of all nodes in this process. */
const sentBefore = new Map<string, number>();

/** Of how many senders and days that is kept. */
const MAX_KEPT = 1_000;

/**
 * Counts how many messages each sender sends in a day, over all executions of the node. Each message takes one of
 * so many places, which are claimed like messages: no two executions have the same, and those of a crash stay
 * taken.
 */
export class DayCount {
	/** Those of this run, by name. */
	private readonly taken = new Set<string>();
	private readonly known = new Map<string, Known>();

	private constructor(
		private readonly store: HistoryStore | undefined,
		private readonly rowId: string,
		private readonly kind: string,
		/** Whether nothing is claimed. */
		private readonly isDryRun: boolean,
	) {}

	/** Opens the count of a node for one run. {@link close} must follow. */
	static open(context: IExecuteFunctions, kind: string, isDryRun: boolean): DayCount {
		return new DayCount(storeOf(context), rowIdOf(context), kind, isDryRun);
	}

	/**
	 * @param day in ISO 8601
	 * @returns how many messages of the day have certainly been sent
	 * @throws Error where n8n's store fails
	 */
	async sentOn(senderId: string, day: string): Promise<number> {
		const { sent, states } = await this.lookUp(senderId, day);
		return sent + [...states.values()].filter((state) => state === 'settled').length;
	}

	/**
	 * @param day in ISO 8601
	 * @param max how many places the day has
	 * @returns a place; undefined if none is left
	 * @throws Error where n8n's store fails
	 */
	async take(senderId: string, day: string, max: number): Promise<Place | undefined> {
		const known = await this.lookUp(senderId, day);
		for (let number = known.sent; number < max; number++) {
			const { free, states } = known;
			if (free?.number === number) {
				known.free = undefined;
				return free.place;
			}
			if ((states.get(number) ?? 'absent') !== 'absent') continue;
			const place = await this.takeOne(this.nameOf(senderId, day, number), (state) => {
				states.set(number, state);
			});
			if (place) return place;
		}
		return undefined;
	}

	/** Call this at the end of the run. */
	async close(): Promise<void> {
		for (const { free } of this.known.values()) free?.place.settle('notSent');
		await this.store?.flush();
		this.store?.leave();
	}

	/** @returns undefined if the place is taken */
	private async takeOne(
		name: string,
		onState: (state: KeyState) => void,
	): Promise<Place | undefined> {
		if (this.taken.has(name) || this.store?.busy(name)) return undefined;
		this.taken.add(name);
		const claim = this.isDryRun ? undefined : this.store?.claim(name, [name]);
		const looked = claim?.states ?? this.store?.peek([name]);
		const [state = 'absent'] =
			(await looked?.catch((error: unknown) => {
				this.settle(name, claim, 'notSent');
				throw error;
			})) ?? [];
		onState(state);
		if (state === 'absent') return { settle: (outcome) => this.settle(name, claim, outcome) };
		claim?.settle('notSent');
		return undefined;
	}

	private settle(name: string, claim: Claim | undefined, outcome: Parameters<Place['settle']>[0]) {
		if (outcome === 'notSent') this.taken.delete(name);
		claim?.settle(outcome);
	}

	/** Looks up places until one is free. */
	private async lookUp(senderId: string, day: string): Promise<Known> {
		const key = JSON.stringify([this.rowId, this.kind, senderId, day]);
		const before = this.known.get(key);
		if (before) return before;
		const kept = sentBefore.get(key) ?? 0;
		// The last one of those shows whether the history was cleared since.
		let known = await this.lookUpFrom(senderId, day, Math.max(0, kept - 1));
		if (kept > 0 && known.sent < kept) {
			known.free?.place.settle('notSent');
			known = await this.lookUpFrom(senderId, day, 0);
		}
		this.known.set(key, known);
		keepLatest(sentBefore, key, known.sent, MAX_KEPT);
		return known;
	}

	private async lookUpFrom(senderId: string, day: string, start: number): Promise<Known> {
		const known: Known = { sent: start, states: new Map() };
		// One by one: what is looked up in vain is taken for a moment, also for other processes.
		for (let number = start; this.store && !known.free; number++) {
			const place = await this.takeOne(this.nameOf(senderId, day, number), (state) => {
				if (state === 'settled' && number === known.sent) known.sent++;
				else known.states.set(number, state);
			});
			if (place) known.free = { number, place };
		}
		return known;
	}

	private nameOf(senderId: string, day: string, number: number): string {
		return JSON.stringify(['day', this.kind, senderId, day, number]);
	}
}
