/** Where in a text something was left open. */
export interface Place {
	/** The index of its first character. */
	start: number;
	/** The index behind its last character. */
	end: number;
	/** The field that should have filled it, if it can be told. */
	field?: string;
}

/**
 * The places that a pattern matches.
 *
 * @param pattern with the flag `g`. Each of its repetitions needs an upper limit, so that no text makes it slow.
 */
export function placesOf(pattern: RegExp, text: string): Place[] {
	return [...text.matchAll(pattern)].map(({ index, 0: { length } }) => ({
		start: index,
		end: index + length,
	}));
}
