/** The lane for messages that must keep their order because a sender is not known yet. */
const ONE_LANE = 'one lane';

/**
 * Sorts items into lanes: one lane per sender, in the order of the items. If SendPilot chooses the sender of
 * any item, all items share one lane, because any two may turn out to have the same sender.
 *
 * @param senderOf undefined if SendPilot chooses the sender
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
 * Works through the lanes in parallel, and through the items of a lane one after another.
 *
 * @param width how many lanes run at the same time, 1 or more
 * @param work does one item of a lane
 */
export async function runLanes<Item>(
	lanes: ReadonlyArray<readonly Item[]>,
	width: number,
	work: (lane: readonly Item[], index: number) => Promise<void>,
): Promise<void> {
	const waiting = lanes.values();
	const worker = async () => {
		// All workers share one iterator, so each lane runs once.
		for (const lane of waiting) {
			for (let index = 0; index < lane.length; index++) await work(lane, index);
		}
	};
	await Promise.all(Array.from({ length: Math.min(width, lanes.length) }, worker));
}
