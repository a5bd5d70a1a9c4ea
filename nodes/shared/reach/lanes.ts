import { withResolvers } from '../withResolvers';

/**
 * Items in lanes: one lane per sender, in the order of the items. From the first item whose sender SendPilot
 * chooses, all share one lane, which begins when the others are done, because any two of them may turn out to
 * have the same sender.
 *
 * Items may be added while others are worked on; {@link Lanes.end} must follow.
 */
export class Lanes<Item> {
	private readonly lanes = new Map<string, Item[]>();
	/** Those that nobody works on yet. */
	private readonly waiting: Item[][] = [];
	private readonly shared: Item[] = [];
	private hasEnded = false;
	/** The next time that something is added, or all has been. */
	private change = withResolvers();

	/** @param senderOf undefined if SendPilot chooses the sender */
	constructor(private readonly senderOf: (item: Item) => string | undefined) {}

	add(item: Item): void {
		this.laneOf(item).push(item);
		this.announce();
	}

	/** Call this when all items have been added. */
	end(): void {
		this.hasEnded = true;
		this.announce();
	}

	/**
	 * Works through the lanes in parallel, and through the items of a lane one after another, until the end.
	 *
	 * @param width how many lanes run at the same time, 1 or more
	 * @param work does one item of a lane
	 */
	async run(
		width: number,
		work: (lane: readonly Item[], index: number) => Promise<void>,
	): Promise<void> {
		const areComplete = () => this.hasEnded || this.shared.length > 0;
		const runLane = async (lane: readonly Item[], isComplete: () => boolean) => {
			for (let index = 0; ; index++) {
				while (index === lane.length && !isComplete()) await this.change.promise;
				if (index === lane.length) return;
				await work(lane, index);
			}
		};
		const worker = async () => {
			for (;;) {
				const lane = this.waiting.shift();
				if (lane) await runLane(lane, areComplete);
				else if (areComplete()) return;
				else await this.change.promise;
			}
		};
		await Promise.all(Array.from({ length: width }, worker));
		await runLane(this.shared, () => this.hasEnded);
	}

	private laneOf(item: Item): Item[] {
		const sender = this.shared.length > 0 ? undefined : this.senderOf(item);
		if (sender === undefined) return this.shared;
		const lane = this.lanes.get(sender) ?? [];
		if (!this.lanes.has(sender)) {
			this.lanes.set(sender, lane);
			this.waiting.push(lane);
		}
		return lane;
	}

	private announce(): void {
		const { resolve } = this.change;
		this.change = withResolvers();
		resolve();
	}
}
