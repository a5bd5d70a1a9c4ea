/**
 * Writes a whole number as people read it: `8,000`. Unlike `toLocaleString`, it doesn't make Node load the data of
 * all languages, which takes longer than loading our nodes.
 */
export function withCommas(count: number): string {
	return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
