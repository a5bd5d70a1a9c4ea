import { lineOf, median, meets, resultOf, resultText, targetText } from '../../bench/figures';
import { ROWS, type Row } from '../../bench/rows';
import { countStatements } from '../../bench/storeCost';
import { shortestTime } from '../../bench/timeCost';

describe('the figures of the benchmark', () => {
	it('are medians, whatever the order of the rounds', () => {
		expect(median([30, 1, 2])).toBe(2);
		expect(median([30, 1, 2, 3])).toBe(2.5);
		expect(median([7])).toBe(7);
	});

	it('are those of the fastest round where a row says so', () => {
		expect(resultOf({}, [3, 1, 2])).toBe(2);
		expect(resultOf({ pick: 'fastest' }, [3, 1, 2])).toBe(1);
	});

	it('meet their target up to it, and miss it beyond', () => {
		expect([0.6, 0.601, NaN].map((result) => meets({ atMost: 0.6 }, result))).toEqual([
			...[true, false, false],
		]);
		expect([1.05, 1.049, NaN].map((result) => meets({ atLeast: 1.05 }, result))).toEqual([
			...[true, false, false],
		]);
		expect(meets('none', 5)).toBeUndefined();
	});

	it('read as people write them', () => {
		expect([0.0612, 0.6, 1.234].map((result) => resultText(result))).toEqual([
			...['0.061', '0.60', '1.23'],
		]);
		expect(resultText(118.6, 'kB')).toBe('119 kB');
		expect(targetText({ atMost: 120 }, 'kB')).toBe('≤ 120 kB');
		expect(targetText({ atLeast: 1.05 })).toBe('≥ 1.05');
		expect(targetText('none')).toBe('–');
	});

	it('are judged on the console, unless the run was only a check', () => {
		const row: Row = ROWS.sendFewEmpty;
		expect(lineOf(row, [0.5, 0.6, 0.7], true)).toContain('PASS');
		expect(lineOf(row, [0.5, 0.61, 0.7], true)).toContain('FAIL');
		expect(lineOf(row, [0.5, 0.61, 0.7], true)).toContain('0.50 to 0.70');
		expect(lineOf(row, [0.61], false)).not.toMatch(/PASS|FAIL/);
	});

	it('compare the time with that of the calls alone, shared by the senders', () => {
		const calls = [50, 60, 50, 40].map((ms) => ({ begin: 1_000, end: 1_000 + ms }));
		expect(shortestTime({ calls }, 1)).toBe(200);
		expect(shortestTime({ calls }, 2)).toBe(100);
	});

	it('count each statement about the history once, and no others', () => {
		const log = [
			'query: SELECT "ProcessedData"."value" FROM "processed_data" "ProcessedData" -- PARAMETERS: ["n:a"]',
			'query: UPDATE "processed_data" SET "value" = ? WHERE "workflowId" = ? -- PARAMETERS: ["[]"]',
			'query: SELECT "User"."id" FROM "user" "User"',
			'a line about "processed_data"',
		].join('\n');
		expect(countStatements(log)).toBe(2);
	});
});
