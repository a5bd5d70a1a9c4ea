/**
 * Cuts a text that is too long, and shows that.
 *
 * @param limit how many characters to keep; the mark of the cut is one more
 */
export function shortened(text: string, limit: number): string {
	// A character has up to two units, so this tells whether there are more characters without counting them all.
	const characters = [...text.slice(0, 2 * (limit + 1))];
	return characters.length <= limit ? text : `${characters.slice(0, limit).join('')}…`;
}

/**
 * Takes characters off the end of a text. A regular expression for that takes time that grows with the square of
 * the length, which can hold up n8n.
 *
 * @param removed matches each of them
 */
export function withoutEnd(text: string, removed: RegExp): string {
	let end = text.length;
	while (end > 0 && removed.test(text[end - 1])) end--;
	return text.slice(0, end);
}
