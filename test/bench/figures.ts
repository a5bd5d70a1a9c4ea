import pc from 'picocolors';
import type { Row, Target } from './rows';

/** @returns the middle one of the values, or the mean of the two in the middle */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

/** @returns what counts of the rounds of a row */
export function resultOf({ pick }: Pick<Row, 'pick'>, rounds: readonly number[]): number {
	return pick === 'fastest' ? Math.min(...rounds) : median(rounds);
}

/** @returns whether a result is as good as it must be; undefined if it is only there to compare */
export function meets(target: Target, result: number): boolean | undefined {
	if (target === 'none') return undefined;
	return 'atMost' in target ? result <= target.atMost : result >= target.atLeast;
}

/** A target as people read it: `≤ 0.6`. */
export function targetText(target: Target, unit = ''): string {
	if (target === 'none') return '–';
	const text = 'atMost' in target ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`;
	return `${text} ${unit}`.trim();
}

/** A result in as many digits as mean something: `0.54`, `42 kB`. */
export function resultText(result: number, unit?: string): string {
	if (unit !== undefined) return `${result.toFixed(0)} ${unit}`;
	return result.toFixed(Math.abs(result) < 0.1 ? 3 : 2);
}

/** @returns the range of several rounds, as people read it; nothing for one round */
export function rangeOf({ unit }: Pick<Row, 'unit'>, rounds: readonly number[]): string[] {
	if (rounds.length < 2) return [];
	const ends = [Math.min(...rounds), Math.max(...rounds)];
	return [ends.map((end) => resultText(end, unit)).join(' to ')];
}

/** @returns the line about a row on the console, which says whether it is as good as it must be */
export function lineOf(row: Row, rounds: readonly number[], isJudged: boolean): string {
	const { job, measure, against, unit, target } = row;
	const result = resultOf(row, rounds);
	const isMet = isJudged ? meets(target, result) : undefined;
	const verdict = { true: pc.green('PASS  '), false: pc.red('FAIL  '), undefined: '      ' };
	const figures = `${resultText(result, unit)}  ${targetText(target, unit)}`.padEnd(18);
	const remark = pc.dim([`${measure}, against ${against}`, ...rangeOf(row, rounds)].join('; '));
	return `  ${job.padEnd(42)}${figures}${verdict[`${isMet}`]}${remark}`;
}
