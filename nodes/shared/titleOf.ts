/**
 * Reads a value of SendPilot such as `rate_limited` or `ICP_MATCH` as people do: in Title Case.
 *
 * @param spellings of words, by their lower case, that are written otherwise
 */
export function titleOf(value: string, spellings: Readonly<Record<string, string>> = {}): string {
	return value
		.toLowerCase()
		.split('_')
		.map((word) => spellings[word] ?? word.charAt(0).toUpperCase() + word.slice(1))
		.join(' ');
}
