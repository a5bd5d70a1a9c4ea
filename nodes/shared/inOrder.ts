/**
 * Sorts the entries of a list by what people read in it, whatever its case. Our texts are English, so this needs
 * none of the rules of other languages, which Node would load for `localeCompare`.
 */
export function inOrder<Entry>(
	entries: readonly Entry[],
	textOf: (entry: Entry) => string,
): Entry[] {
	const key = (entry: Entry) => textOf(entry).toLowerCase();
	return [...entries].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
