/** What takes the place of the API key. */
const KEY_MARK = '[API key]';

/** How many objects and lists may be inside each other; SendPilot's own answers have fewer than ten. */
const MAX_DEPTH = 100;

/** What takes the place of parts that are nested deeper, which n8n itself could neither show nor store. */
const DEPTH_MARK = '[nested too deeply]';

/**
 * Leaves the API key out of an answer, in names as well as in values, and whatever is nested deeper than
 * {@link MAX_DEPTH}. Nearly all answers need neither, so they are only looked through, and not copied.
 *
 * @param body parsed JSON, or a text
 * @param key must not be empty
 * @returns the body itself if there is nothing to leave out
 */
export function withoutKey(body: unknown, key: string): unknown {
	return isClean(body, key, MAX_DEPTH) ? body : cleaned(body, key, MAX_DEPTH);
}

function isClean(value: unknown, key: string, depth: number): boolean {
	if (typeof value === 'string') return !value.includes(key);
	if (typeof value !== 'object' || value === null) return true;
	if (depth === 0) return false;
	if (Array.isArray(value)) return value.every((one) => isClean(one, key, depth - 1));
	for (const name of Object.keys(value)) {
		if (name.includes(key)) return false;
		if (!isClean((value as Record<string, unknown>)[name], key, depth - 1)) return false;
	}
	return true;
}

function cleaned(value: unknown, key: string, depth: number): unknown {
	if (typeof value === 'string') return value.replaceAll(key, KEY_MARK);
	if (typeof value !== 'object' || value === null) return value;
	if (depth === 0) return DEPTH_MARK;
	if (Array.isArray(value)) return value.map((one) => cleaned(one, key, depth - 1));
	return Object.fromEntries(
		Object.entries(value).map(([name, one]) => [
			name.replaceAll(key, KEY_MARK),
			cleaned(one, key, depth - 1),
		]),
	);
}
