import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { targetText } from '../../bench/figures';
import { pageOn, picturesOn } from '../../bench/page';
import type { Circumstances } from '../../bench/circumstances';
import { readResults, type Results } from '../../bench/results';
import { FAIRNESS, ROWS, type Row, type RowId } from '../../bench/rows';

const WHERE: Circumstances = {
	...{ date: '2026-01-02', commit: 'abc1234', package: '1.2.3', n8n: '2.41.1', node: '24.0.0' },
	...{ cpu: 'A Processor', cores: 8, memoryGiB: 16 },
};

const read = (file: string) => readFileSync(join(__dirname, '../../..', file), 'utf8');

/** Prettier aligns tables, which says nothing. */
const unaligned = (text: string) => text.replace(/[\s-]+/g, ' ').trim();

/** The cells of the row that is about this. */
function rowIn(page: string, { job, measure, against }: Row): string[] | undefined {
	return page
		.split('\n')
		.map((line) => line.split('|').map((cell) => cell.trim()))
		.find((cells) => cells[1] === job && cells[2] === measure && cells[3] === against);
}

describe('docs/benchmarks.md', () => {
	const page = read('docs/benchmarks.md');
	const rows = Object.entries(ROWS) as Array<[RowId, Row]>;

	it.each(rows)('has a row about %s with its target, and says why it is fair', (_id, row) => {
		expect(rowIn(page, row)?.[4]).toBe(targetText(row.target, row.unit));
		expect(page).toContain(FAIRNESS[row.section]);
		expect(page).toContain(row.fairness ?? '');
	});

	it('is written from what was measured, and so are its pictures', () => {
		const results = readResults();
		expect(unaligned(page)).toBe(unaligned(pageOn(results)));
		const pictures = picturesOn(results);
		const written = Object.keys(pictures).map((file) => [file, read(file)]);
		expect(Object.fromEntries(written)).toEqual(pictures);
	});
});

describe('a report', () => {
	const measured = (rounds: number[]): Results => ({
		job: { circumstances: WHERE, rows: { jobEvent: rounds } },
	});
	const cellsOf = (rounds: number[]) => rowIn(pageOn(measured(rounds)), ROWS.jobEvent)?.slice(4, 7);

	it('gives the median, its range and the number of rounds, and says whether the target is met', () => {
		expect(cellsOf([1, 1.5, 3])).toEqual(['≤ 2', '**1.50** (1.00 to 3.00)', '3']);
		expect(cellsOf([1, 2.5, 3])).toEqual(['≤ 2', '2.50, missed (1.00 to 3.00)', '3']);
	});

	it('counts the targets that are met, and names those that are missed', () => {
		expect(pageOn(measured([1]))).toContain('1 of 1 targets are met.');
		expect(pageOn(measured([3]))).toContain(
			'0 of 1 targets are met. Missed: 14 MB, one item (time).',
		);
	});

	it('says where and when each part was measured, and what was not', () => {
		const page = pageOn(measured([1]));
		expect(page).toContain(
			'Measured on 2026-01-02 with `npm run bench -- job` at abc1234: n8n-nodes-sendpilot 1.2.3, n8n 2.41.1, Node 24.0.0, 8 cores of A Processor, 16 GiB of memory, Linux.',
		);
		expect(rowIn(page, ROWS.loadTime)?.[5]).toBe('not measured yet');
	});

	it('draws each line, with the name at its end, inside the picture', () => {
		const lines = [
			{
				name: 'ours & <quick>',
				points: [
					[1, 1],
					[14, 20],
				] as Array<[number, number]>,
			},
			{
				name: 'theirs',
				points: [
					[1, 1],
					[14, 21],
				] as Array<[number, number]>,
			},
		];
		const results: Results = {
			job: { circumstances: WHERE, rows: {}, plots: { 'benchmark-job': lines } },
		};
		expect(pageOn(results)).toContain('](images/benchmark-job.svg)');
		const svg = picturesOn(results)['docs/images/benchmark-job.svg'];
		expect(svg).toContain('>ours &#38; &#60;quick&#62;</text>');
		expect(svg.match(/<polyline/g)).toHaveLength(2);
		const heights = [...svg.matchAll(/cy="([\d.]+)"/g)].map(([, y]) => Number(y));
		expect(heights).toHaveLength(4);
		expect(Math.min(...heights)).toBeGreaterThan(50);
		expect(Math.max(...heights)).toBeLessThan(270);
	});
});
