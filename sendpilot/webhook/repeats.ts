import { createHash } from 'node:crypto';

/**
 * How long an event is remembered, in ms. SendPilot documents its last retry 1 h 18 min after the first
 * attempt; it sends through Svix, whose own schedule ends after 27 h 35 min.
 */
export const REMEMBER_MS = 28 * 60 * 60 * 1_000;

/** How many events are remembered; the oldest are forgotten first. About 200 KB as JSON. */
export const REMEMBER_EVENTS = 5_000;

/** Ids that are safe and short enough to be keys, as SendPilot's are. Others are stored as a hash. */
const PLAIN_ID = /^[A-Za-z0-9][\w.:-]{0,99}$/;

/** The time each event was accepted, in Unix ms, by the key of its id. */
export type RepeatRecord = Record<string, number>;

/** An event that one delivery has claimed, and that is in progress. */
export interface Claim {
	/**
	 * Ends the claim. Only the first call counts.
	 *
	 * @param isAccepted true to drop repeats from now on, false to let the next delivery claim the event
	 */
	settle(isAccepted: boolean): void;
}

/**
 * Remembers events so that each is accepted once. Claiming is synchronous: of many simultaneous
 * deliveries, exactly one gets the event, and the others can wait for its result. Only accepted events
 * are remembered, so a failure loses nothing. Old and surplus events are forgotten.
 * {@link RepeatMemory.record} and {@link RepeatMemory.merge} carry the memory over a restart.
 */
export class RepeatMemory {
	/**
	 * The accepted events, to be saved as JSON. It is always the same object and always up to date, so
	 * whoever saves it saves the latest state.
	 */
	readonly record: RepeatRecord = Object.create(null) as RepeatRecord;
	/** The entries of {@link record}, oldest first. */
	private order = new Map<string, number>();
	private readonly pending = new Map<string, Promise<void>>();

	/** @param limits the maximum age and number of the remembered events */
	constructor(
		private readonly limits: { ageMs: number; events: number } = {
			ageMs: REMEMBER_MS,
			events: REMEMBER_EVENTS,
		},
	) {}

	/**
	 * Claims an event that is neither accepted nor in progress.
	 *
	 * @param nowMs Unix time in ms
	 * @returns undefined for a repeat
	 */
	claim(eventId: string, nowMs: number): Claim | undefined {
		this.prune(nowMs);
		const key = keyOf(eventId);
		if (this.order.has(key) || this.pending.has(key)) return undefined;

		let release = () => {};
		let isSettled = false;
		this.pending.set(key, new Promise((resolve) => (release = resolve)));
		return {
			settle: (isAccepted) => {
				if (isSettled) return;
				isSettled = true;
				this.pending.delete(key);
				if (isAccepted) this.remember(key, nowMs);
				this.prune(nowMs);
				release();
			},
		};
	}

	/** @returns a promise that resolves when the event's claim ends; undefined if there is none */
	settled(eventId: string): Promise<void> | undefined {
		return this.pending.get(keyOf(eventId));
	}

	/**
	 * Adds what was saved, by this memory before a restart or by another process. Damaged entries are
	 * skipped; a time in the future counts as now.
	 *
	 * @param record a {@link RepeatRecord}, or anything else if it is damaged
	 * @param nowMs Unix time in ms
	 */
	merge(record: unknown, nowMs: number): void {
		const added = entriesOf(record)
			.filter(([key]) => !this.order.has(key))
			.map(([key, atMs]) => [key, Math.min(atMs, nowMs)] as const);
		if (added.length === 0) return;
		for (const [key, atMs] of added) this.remember(key, atMs);
		this.order = new Map([...this.order].sort(([, one], [, other]) => one - other));
		this.prune(nowMs);
	}

	private remember(key: string, atMs: number): void {
		this.order.set(key, atMs);
		this.record[key] = atMs;
	}

	private prune(nowMs: number): void {
		for (const [key, atMs] of this.order) {
			if (nowMs - atMs < this.limits.ageMs && this.order.size <= this.limits.events) break;
			this.order.delete(key);
			delete this.record[key];
		}
	}
}

function keyOf(eventId: string): string {
	return PLAIN_ID.test(eventId) ? eventId : createHash('sha256').update(eventId).digest('hex');
}

function entriesOf(record: unknown): Array<[string, number]> {
	const isObject = typeof record === 'object' && record !== null && !Array.isArray(record);
	return isObject ? Object.entries(record).filter(isValid) : [];
}

function isValid(entry: [string, unknown]): entry is [string, number] {
	return PLAIN_ID.test(entry[0]) && Number.isFinite(entry[1]);
}
