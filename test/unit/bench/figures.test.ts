import { lineOf, median } from '../../bench/figures';
import { countStatements } from '../../bench/storeCost';
import { partsOf } from '../../bench/timeCost';

describe('the figures of the benchmark', () => {
	it('are medians, whatever the order of the rounds', () => {
		expect(median([30, 1, 2])).toBe(2);
		expect(median([30, 1, 2, 3])).toBe(2.5);
		expect(median([7])).toBe(7);
	});

	it('pass up to their limit, and fail beyond it', () => {
		expect(lineOf({ name: 'Figure', value: 0.6, limit: 0.6 })).toContain('PASS');
		expect(lineOf({ name: 'Figure', value: 0.601, limit: 0.6 })).toContain('FAIL');
		expect(lineOf({ name: 'Figure', value: NaN, limit: 0.6 })).toContain('FAIL');
	});

	it('split the time of a run into parts that add up', () => {
		const call = (sender: string, begin: number, end: number) => ({ sender, begin, end });
		const calls = [
			...[call('one', 1_010, 1_060), call('one', 1_070, 1_120)],
			...[call('two', 1_010, 1_060), call('two', 1_070, 1_120)],
		];
		expect(partsOf({ begin: 1_000, end: 1_140, calls }, 2)).toEqual({
			total: 1.4,
			before: 0.1,
			between: 0.1,
			after: 0.2,
		});
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
