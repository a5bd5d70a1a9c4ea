/** How many ranges of item numbers an error lists before it only counts the items. */
const MAX_LISTED = 20;

/** Joins neighbours, e.g. ` (items 0–41, 43)`; empty for none, and for more than anyone would read. */
export function itemsIn(indexes: readonly number[]): string {
	const ranges: Array<[first: number, last: number]> = [];
	for (const index of indexes) {
		const range = ranges.at(-1);
		if (range && range[1] === index - 1) range[1] = index;
		else ranges.push([index, index]);
	}
	if (ranges.length === 0 || ranges.length > MAX_LISTED) return '';
	const list = ranges
		.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`))
		.join(', ');
	return ` (${indexes.length === 1 ? 'item' : 'items'} ${list})`;
}
