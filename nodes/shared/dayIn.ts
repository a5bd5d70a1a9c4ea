/**
 * Reads the day of a date and time, in whatever zone it is given.
 *
 * @param value ISO 8601, `dd/mm/yyyy`, or a date of n8n's expressions
 * @returns the day in ISO 8601; undefined for anything else
 */
export function dayIn(value: unknown): string | undefined {
	const text = textOf(value);
	const iso = /^(\d{4})-(\d{2})-(\d{2})(?![\d-])/.exec(text);
	const european = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text);
	const [year, month, day] = iso?.slice(1) ?? european?.slice(1).reverse() ?? [];
	const found = `${year}-${month}-${day}`;
	const date = new Date(`${found}T00:00:00Z`);
	// A day such as 31 February becomes another one.
	const isReal = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(found);
	return isReal ? found : undefined;
}

function textOf(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
	const luxon = value as { toISODate?: () => string | null } | null;
	return luxon?.toISODate?.() ?? '';
}
