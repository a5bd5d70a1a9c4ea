/** The headers of an HTTP request, as Node provides them; names may have any case. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Reads all values of a header, whatever the case of its name. A repeated header arrives as an array or
 * joined by commas; equal values count once.
 *
 * @param name in lower case
 * @param separator where to split the values of a repeated header
 * @returns the distinct values, trimmed; empty if the header is missing
 */
export function valuesOf(headers: RequestHeaders, name: string, separator: RegExp): string[] {
	const values = Object.entries(headers)
		.filter(([key]) => key.toLowerCase() === name)
		.flatMap(([, value]) => value ?? [])
		.flatMap((value) => value.split(separator))
		.map((value) => value.trim());
	return [...new Set(values)];
}
