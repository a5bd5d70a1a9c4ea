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

/** What a {@link RepeatMemory} writes down: by event id, when it was admitted, in Unix ms. */
export type RepeatState = Record<string, number>;

/**
 * Remembers events, so that each is admitted once. All of it is synchronous: of many deliveries at the
 * same moment exactly one is admitted. It forgets by age and by number, and survives a restart by
 * {@link RepeatMemory.state} and {@link RepeatMemory.merge}.
 */
export class RepeatMemory {
	/** Admission times by id, oldest first. */
	private admitted = new Map<string, number>();
	/** The admissions taken back; state written before that must not bring them back. */
	private readonly takenBack = new Map<string, number>();

	/** @param limits both mean "at the most" */
	constructor(
		private readonly limits: { ageMs: number; events: number } = {
			ageMs: REMEMBER_MS,
			events: REMEMBER_EVENTS,
		},
	) {}

	/**
	 * Admits an event that is not remembered, and remembers it.
	 *
	 * @param nowMs Unix time in ms
	 * @returns false for a repeat
	 */
	admit(eventId: string, nowMs: number): boolean {
		this.prune(nowMs);
		const key = keyOf(eventId);
		if (this.admitted.has(key)) return false;
		this.admitted.set(key, nowMs);
		this.prune(nowMs);
		return true;
	}

	/** Takes an admission back, because the event could not be handed over: its repeat is admitted. */
	forget(eventId: string): void {
		const key = keyOf(eventId);
		const admittedAt = this.admitted.get(key);
		if (admittedAt === undefined) return;
		this.admitted.delete(key);
		this.takenBack.set(key, admittedAt);
	}

	/**
	 * Takes in what was written down, by itself before a restart or by another process. Whatever in it
	 * is not sound is left out; a time in the future counts as now.
	 *
	 * @param state a {@link RepeatState}, or anything
	 * @param nowMs Unix time in ms
	 */
	merge(state: unknown, nowMs: number): void {
		const added = entriesOf(state)
			.map(([key, atMs]) => [key, Math.min(atMs, nowMs)] as const)
			.filter(([key, atMs]) => !this.admitted.has(key) && !this.isTakenBack(key, atMs));
		if (added.length === 0) return;
		const all = [...this.admitted, ...added].sort(([, one], [, other]) => one - other);
		this.admitted = new Map(all);
		this.prune(nowMs);
	}

	/** @returns a copy to write down as JSON */
	state(): RepeatState {
		return Object.fromEntries(this.admitted);
	}

	private isTakenBack(key: string, atMs: number): boolean {
		const takenBack = this.takenBack.get(key);
		return takenBack !== undefined && atMs <= takenBack;
	}

	private prune(nowMs: number): void {
		for (const memory of [this.admitted, this.takenBack]) {
			for (const [key, atMs] of memory) {
				if (nowMs - atMs < this.limits.ageMs && memory.size <= this.limits.events) break;
				memory.delete(key);
			}
		}
	}
}

function keyOf(eventId: string): string {
	return PLAIN_ID.test(eventId) ? eventId : createHash('sha256').update(eventId).digest('hex');
}

function entriesOf(state: unknown): Array<[string, number]> {
	const isObject = typeof state === 'object' && state !== null && !Array.isArray(state);
	return isObject ? Object.entries(state).filter(isSound) : [];
}

function isSound(entry: [string, unknown]): entry is [string, number] {
	return PLAIN_ID.test(entry[0]) && Number.isFinite(entry[1]);
}
