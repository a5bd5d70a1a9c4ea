/** The lane of everything that must keep its order because its sender is not known yet. */
const ONE_LANE = 'one lane';

/**
 * Deals items out to lanes: one lane for each sender, in the order of the items. Where the sender of
 * any item is left to SendPilot, all items share one lane, as any of them may meet in one sender.
 *
 * @param senderOf undefined where SendPilot chooses the sender
 */
export function lanesOf<Item>(
	items: readonly Item[],
	senderOf: (item: Item) => string | undefined,
): Item[][] {
	const senders = items.map(senderOf);
	const isShared = senders.includes(undefined);
	const lanes = new Map<string | undefined, Item[]>();
	items.forEach((item, index) => {
		const name = isShared ? ONE_LANE : senders[index];
		const lane = lanes.get(name);
		if (lane) lane.push(item);
		else lanes.set(name, [item]);
	});
	return [...lanes.values()];
}

/**
 * Works lanes off side by side, and the items of a lane one after another.
 *
 * @param width how many lanes are worked at one time, 1 or more
 */
export async function runLanes<Item>(
	lanes: ReadonlyArray<readonly Item[]>,
	width: number,
	work: (item: Item) => Promise<void>,
): Promise<void> {
	const waiting = lanes.values();
	const worker = async () => {
		// All workers draw from one iterator, so that each lane is worked once.
		for (const lane of waiting) {
			for (const item of lane) await work(item);
		}
	};
	await Promise.all(Array.from({ length: Math.min(width, lanes.length) }, worker));
}
