import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Count } from './crashCount';
import { peopleIn, type Scenario } from './crashScenarios';

/** What was measured in one scenario. */
export interface Measured {
	scenario: Scenario;
	count: Count;
}

const PAGE = join(__dirname, '../../docs/reliability.md');
const BEGIN = '<!-- crash table: written by test/e2e/crash.test.ts -->';
const END = '<!-- end of crash table -->';

const HEADER = [
	'What happens',
	'Tests × people',
	'Done twice',
	'Reported as done, but not',
	'Left out',
	'Uncertain',
];

/**
 * Makes the table of what was measured, with one line for scenarios that share one. It is the same in every
 * run in which all is well: instead of the uncertain messages, whose number is chance, it shows their limit.
 *
 * @returns Markdown as prettier formats it
 * @throws Error if scenarios share a line, but not their number of people and their limit
 */
export function crashTable(measured: readonly Measured[]): string {
	const lines = [...new Set(measured.map(({ scenario }) => scenario.line))];
	const rows = lines.map((line) =>
		rowOf(measured.filter(({ scenario }) => scenario.line === line)),
	);
	const widths = HEADER.map((_, column) =>
		Math.max(...[HEADER, ...rows].map((row) => row[column].length)),
	);
	const format = (cells: string[]) =>
		`| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
	const rule = format(widths.map((width) => '-'.repeat(width)));
	return [format(HEADER), rule, ...rows.map(format)].join('\n');
}

function rowOf(alike: readonly Measured[]): string[] {
	const [{ scenario }] = alike;
	const { line, maxUncertain } = scenario;
	const people = peopleIn(scenario);
	for (const { scenario: other } of alike) {
		if (peopleIn(other) === people && other.maxUncertain === maxUncertain) continue;
		throw new Error(`${line}: ${other.variant} needs a line of its own`);
	}
	const total = (number: keyof Count) =>
		String(alike.reduce((sum, { count }) => sum + count[number], 0));
	const uncertain = Math.max(maxUncertain, ...alike.map(({ count }) => count.uncertain));
	return [
		line,
		`${alike.length} × ${people}`,
		total('twice'),
		total('falselySent'),
		total('missing'),
		`at most ${uncertain}`,
	];
}

/** @returns the table that docs/reliability.md has */
export function documentedTable(): string {
	const { table } = readPage();
	return table.trim();
}

/** Replaces the table in docs/reliability.md. */
export function documentTable(table: string): void {
	const { before, after } = readPage();
	writeFileSync(PAGE, `${before}\n\n${table}\n\n${after}`);
}

function readPage(): Record<'before' | 'table' | 'after', string> {
	const page = readFileSync(PAGE, 'utf8');
	const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
	if (begin < 0 || end < begin) throw new Error(`${PAGE} has no place for the table of crashes`);
	const from = begin + BEGIN.length;
	return { before: page.slice(0, from), table: page.slice(from, end), after: page.slice(end) };
}
