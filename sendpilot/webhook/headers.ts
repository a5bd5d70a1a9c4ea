/** The headers of an HTTP request as Node gives them; names may come in any case. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Everything that a request says under one header name, whatever its case. A header that was sent
 * twice arrives as an array, or joined by a comma; one that says the same twice says it once.
 *
 * @param name in lower case
 * @param joint where to part the values of a repeated header
 * @returns the different values, trimmed; none where the header is missing
 */
export function valuesOf(headers: RequestHeaders, name: string, joint: RegExp): string[] {
	const values = Object.entries(headers)
		.filter(([key]) => key.toLowerCase() === name)
		.flatMap(([, value]) => value ?? [])
		.flatMap((value) => value.split(joint))
		.map((value) => value.trim());
	return [...new Set(values)];
}
