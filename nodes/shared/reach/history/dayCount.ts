import type { IExecuteFunctions } from 'n8n-workflow';
import { storeOf, type Claim, type HistoryStore } from './store';

/** A place in the count of a day. Call it with what became of the message. */
export type Place = Pick<Claim, 'settle'>;

/**
 * Counts how many messages each sender sends in a day, over all executions of the node. Each message takes one of
 * so many places, which are claimed like messages: two executions never have the same, and those of a crash stay
 * taken.
 */
export class DayCount {
	private readonly taken = new Set<string>();
	private readonly free = new Map<string, string[]>();

	private constructor(
		private readonly store: HistoryStore | undefined,
		private readonly kind: string,
		private readonly max: number,
	) {}

	/**
	 * Opens the count of a node for one run. {@link close} must follow.
	 *
	 * @param max how many places a day has
	 */
	static open(context: IExecuteFunctions, kind: string, max: number): DayCount {
		return new DayCount(storeOf(context), kind, max);
	}

	/**
	 * @param day in ISO 8601
	 * @returns a place; undefined if none is left
	 * @throws Error where n8n's store fails
	 */
	async take(senderId: string, day: string): Promise<Place | undefined> {
		const { store } = this;
		const isFree = (name: string) => !this.taken.has(name) && !store?.busy(name);
		const key = JSON.stringify([senderId, day]);
		const places = this.free.get(key) ?? (await this.freePlaces(senderId, day));
		this.free.set(key, places);
		for (const name of places) {
			if (!isFree(name)) continue;
			this.taken.add(name);
			const claim = store?.claim(name, [name]);
			const place: Place = {
				settle: (outcome) => {
					if (outcome === 'notSent') this.taken.delete(name);
					claim?.settle(outcome);
				},
			};
			const [state] = (await claim?.states) ?? [];
			if (state === undefined || state === 'absent') return place;
			claim?.settle('notSent');
		}
		return undefined;
	}

	/** Call this at the end of the run. */
	async close(): Promise<void> {
		await this.store?.flush();
		this.store?.leave();
	}

	/** Asks for all places at once. */
	private async freePlaces(senderId: string, day: string): Promise<string[]> {
		const { store, kind, max } = this;
		const names = Array.from({ length: max }, (_, place) =>
			JSON.stringify(['day', kind, senderId, day, place]),
		);
		if (!store) return names;
		const states = await store.peek(names);
		return names.filter((_, place) => states[place] === 'absent');
	}
}
