/** @returns a copy of an object without one field */
export function without<From extends object, Field extends keyof From>(
	from: From,
	field: Field,
): Omit<From, Field> {
	const copy = { ...from };
	delete copy[field];
	return copy;
}
