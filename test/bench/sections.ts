/**
 * Chooses parts of the benchmark.
 *
 * @param names of all parts, in their order
 * @param wanted on the command line; all parts where it is empty
 * @throws Error for a part that does not exist
 */
export function chosenSections<Name extends string>(
	names: readonly Name[],
	wanted: readonly string[],
): Name[] {
	const unknown = wanted.find((one) => !names.some((name) => name === one));
	if (unknown !== undefined) {
		throw new Error(`There is no "${unknown}" to measure, only ${names.join(', ')}`);
	}
	return names.filter((name) => wanted.length === 0 || wanted.includes(name));
}
