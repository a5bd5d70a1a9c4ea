import { blankCode } from './unfinished/code';
import { greetings } from './unfinished/greetings';
import { placeholders } from './unfinished/placeholders';
import type { Place } from './unfinished/place';
import { values } from './unfinished/values';

/** A part of a text that nobody means to send. */
export interface UnfinishedPart {
	/** As it is in the text, shortened if it is long: `{{firstName}}`, `Hi ,`. */
	found: string;
	/**
	 * The field that is probably empty or wrong, as far as the text tells: `firstName`, or `name` where a greeting
	 * has none; undefined if it doesn't.
	 */
	field?: string;
}

/** Characters of a part that are enough to find it in the text. */
const MAX_FOUND = 60;

const shortened = (part: string): string =>
	part.length > MAX_FOUND ? `${part.slice(0, MAX_FOUND - 1)}…` : part;

/**
 * Finds what was left open in a text: placeholders, expressions that n8n did not evaluate, the words that stand for
 * missing data, and greetings without a name. Code, JSON, prices and links are left alone. Takes time in proportion
 * to the length of the text.
 *
 * @returns all such parts in their order, each once; empty for a finished text
 */
export function unfinishedParts(text: string): UnfinishedPart[] {
	const prose = blankCode(text);
	const places: Place[] = [...placeholders(text, prose), ...values(prose), ...greetings(prose)];
	// Of two that begin at the same character, such as `{{name` and `{{name}}`, the longer one says more.
	places.sort((a, b) => a.start - b.start || b.end - a.end);

	const parts = new Map<string, UnfinishedPart>();
	let end = 0;
	for (const place of places) {
		if (place.start < end) continue;
		end = place.end;
		const found = shortened(text.slice(place.start, place.end));
		if (!parts.has(found))
			parts.set(found, place.field ? { found, field: place.field } : { found });
	}
	return [...parts.values()];
}
