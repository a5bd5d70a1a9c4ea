import { createHash } from 'node:crypto';

/**
 * How long an event is remembered, in ms. SendPilot's own last retry comes 1 h 18 min after the first
 * attempt; the sender behind it is Svix, whose schedule ends after 27 h 35 min.
 */
export const REMEMBER_MS = 28 * 60 * 60 * 1_000;

/** How many events are remembered; the oldest go first. About 200 KB as JSON. */
export const REMEMBER_EVENTS = 5_000;

/** Ids that are safe and small as a key; SendPilot's are. Others are remembered by their hash. */
const PLAIN_ID = /^[A-Za-z0-9][\w.:-]{0,99}$/;

/** Events by the key of their id, with the Unix time in ms at which they were handed over. */
export type RepeatRecord = Record<string, number>;

/** An event that was admitted and whose handing over is under way. */
export interface Admission {
	/**
	 * Ends the admission, once; a second call does nothing.
	 *
	 * @param isHandedOver whether a repeat is to be dropped from now on, or admitted in its place
	 */
	settle(isHandedOver: boolean): void;
}

/**
 * Remembers events, so that each is handed over once. Admitting is synchronous: of many deliveries at
 * the same moment exactly one is admitted, and the others can wait for what becomes of it. Only what
 * was handed over is remembered, so that nothing is lost where that failed. It forgets by age and by
 * number, and survives a restart by {@link RepeatMemory.record} and {@link RepeatMemory.merge}.
 */
export class RepeatMemory {
	/**
	 * What was handed over, to be written down as JSON. It is always the same object, kept up to date, so
	 * that whoever holds it writes down what is known when it writes, not when it got it.
	 */
	readonly record: RepeatRecord = Object.create(null) as RepeatRecord;
	/** The keys of {@link record} in the order of their times, the oldest first. */
	private order = new Map<string, number>();
	private readonly pending = new Map<string, Promise<void>>();

	/** @param limits both mean "at the most" */
	constructor(
		private readonly limits: { ageMs: number; events: number } = {
			ageMs: REMEMBER_MS,
			events: REMEMBER_EVENTS,
		},
	) {}

	/**
	 * Admits an event that was not handed over and is not being handed over.
	 *
	 * @param nowMs Unix time in ms
	 * @returns undefined for a repeat
	 */
	admit(eventId: string, nowMs: number): Admission | undefined {
		this.prune(nowMs);
		const key = keyOf(eventId);
		if (this.order.has(key) || this.pending.has(key)) return undefined;

		let release = () => {};
		let isSettled = false;
		this.pending.set(key, new Promise((resolve) => (release = resolve)));
		return {
			settle: (isHandedOver) => {
				if (isSettled) return;
				isSettled = true;
				this.pending.delete(key);
				if (isHandedOver) this.remember(key, nowMs);
				this.prune(nowMs);
				release();
			},
		};
	}

	/** @returns a promise for the end of the event's handing over, undefined where that is not under way */
	settled(eventId: string): Promise<void> | undefined {
		return this.pending.get(keyOf(eventId));
	}

	/**
	 * Takes in what was written down, by itself before a restart or by another process. Whatever in it
	 * is not sound is left out; a time in the future counts as now.
	 *
	 * @param record a {@link RepeatRecord}, or anything
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
	return isObject ? Object.entries(record).filter(isSound) : [];
}

function isSound(entry: [string, unknown]): entry is [string, number] {
	return PLAIN_ID.test(entry[0]) && Number.isFinite(entry[1]);
}
