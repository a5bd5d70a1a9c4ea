import pc from 'picocolors';

/** A measured figure, and what it may be at most. */
export interface Figure {
	name: string;
	value: number;
	limit: number;
	/** What else to know about it. */
	remark?: string;
}

/** @returns the middle one of the values, or the mean of the two in the middle */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

/** @returns the line about a figure, which says whether it is within its limit */
export function lineOf({ name, value, limit, remark = '' }: Figure): string {
	const verdict = value <= limit ? pc.green('PASS') : pc.red('FAIL');
	const figures = `${value.toFixed(2)}  at most ${limit}`.padEnd(22);
	return `  ${name.padEnd(44)}${figures}${verdict}  ${pc.dim(remark)}`.trimEnd();
}
