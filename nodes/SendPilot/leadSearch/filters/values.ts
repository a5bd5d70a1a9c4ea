/** A value in quotes, or one up to the next comma. */
const VALUE = /"([^"]*)"|[^,]+/g;

/**
 * Reads a list: one from an expression, or a text with commas or lines. In a text of several lines, commas belong to
 * the values; in one line, quotes keep them together.
 *
 * @returns the values, trimmed, each once; undefined for anything but a list of texts and numbers
 */
export function listIn(value: unknown): string[] | undefined {
	const parts = Array.isArray(value) ? (value as unknown[]) : partsOf(value);
	if (!parts?.every((one) => typeof one === 'string' || typeof one === 'number')) return undefined;
	return [...new Set(parts.map((one) => String(one).trim()).filter((one) => one !== ''))];
}

function partsOf(value: unknown): string[] | undefined {
	if (typeof value === 'number') return [String(value)];
	if (typeof value !== 'string') return undefined;
	const lines = value.trim().split(/\r?\n/);
	if (lines.length > 1) return lines;
	return [...lines[0].matchAll(VALUE)].map(([whole, quoted]) => quoted ?? whole);
}

/** A day in ISO 8601 as SendPilot wants it. */
export function asDay(iso: string): string {
	return iso.split('-').reverse().join('/');
}
