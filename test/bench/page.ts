import type { Circumstances } from './circumstances';
import { meets, rangeOf, resultOf, resultText, targetText } from './figures';
import { PLOTS, type Line, type PlotId } from './plots';
import type { Results } from './results';
import { FAIRNESS, ROWS, rowsOf, SECTIONS, type Row, type RowId, type Section } from './rows';
import { svgOf } from './svg';

/** The page about what was measured, before it is formatted. */
export function pageOn(results: Results): string {
	return [
		'# Benchmarks',
		'Written by `npm run bench` from what it measured. Results are multiples of what they are compared with, because times differ between machines. Those of one row come from the same run: all sides take turns in each round, in alternating order, and the median of the rounds counts unless the row says otherwise.',
		'SendPilot is the sandbox of this project, in a process of its own; n8n is a real one with SQLite. `npm run bench -- leads events` measures only these parts again, and `npm run bench -- --quick` only checks that everything works.',
		summary(results),
		...SECTION_NAMES.flatMap((section) => partOn(section, results)),
	].join('\n\n');
}

/** A picture of each plot that was measured, by its path from the root of the project. */
export function picturesOn(results: Results): Record<string, string> {
	const plots = SECTION_NAMES.flatMap(
		(section) => Object.entries(results[section]?.plots ?? {}) as Array<[PlotId, Line[]]>,
	);
	return Object.fromEntries(
		plots.map(([id, lines]) => [`docs/images/${id}.svg`, svgOf(PLOTS[id], lines)]),
	);
}

const SECTION_NAMES = Object.keys(SECTIONS) as Section[];

/** How many targets are met, and which are not. */
function summary(results: Results): string {
	const judged = (Object.keys(ROWS) as RowId[]).flatMap((id) => {
		const row: Row = ROWS[id];
		const rounds = results[row.section]?.rows[id];
		const isMet = rounds && meets(row.target, resultOf(row, rounds));
		return isMet === undefined ? [] : { name: `${row.job} (${row.measure})`, isMet };
	});
	const missed = judged.filter(({ isMet }) => !isMet).map(({ name }) => name);
	if (judged.length === 0) return 'Nothing was measured yet.';
	const met = `${judged.length - missed.length} of ${judged.length} targets are met.`;
	return missed.length === 0 ? met : `${met} Missed: ${missed.join('; ')}.`;
}

function partOn(section: Section, results: Results): string[] {
	const measured = results[section];
	const rows = rowsOf(section);
	const cells = rows.map(({ id, ...row }) => {
		const rounds = measured?.rows[id];
		const result = rounds
			? [resultCell(row, rounds), String(rounds.length)]
			: ['not measured yet', ''];
		return [row.job, row.measure, row.against, targetText(row.target, row.unit), ...result];
	});
	const plots = Object.keys(measured?.plots ?? {}) as PlotId[];
	return [
		`## ${SECTIONS[section]}`,
		tableOf(['Job', 'Measure', 'Against', 'Target', 'Result', 'Rounds'], cells),
		...plots.map((id) => `![${PLOTS[id].title}](images/${id}.svg)`),
		`How it is measured: ${FAIRNESS[section]}`,
		fairnessOf(rows),
		...(measured ? [provenance(section, measured.circumstances)] : []),
	];
}

/** The result with its range, in bold where it meets its target. */
function resultCell(row: Row, rounds: number[]): string {
	const result = resultOf(row, rounds);
	const text = resultText(result, row.unit);
	const mark = { true: `**${text}**`, false: `${text}, missed`, undefined: text };
	return [
		mark[`${meets(row.target, result)}`],
		...rangeOf(row, rounds).map((range) => `(${range})`),
	].join(' ');
}

/** What makes each row fair; those with the same text share it. */
function fairnessOf(rows: ReadonlyArray<Row>): string {
	const texts = [...new Set(rows.flatMap(({ fairness }) => fairness ?? []))];
	return texts
		.map((text) => {
			const jobs = rows
				.filter(({ fairness }) => fairness === text)
				.map(({ job, measure }) => `${job} (${measure})`);
			return `- _${jobs.join('; ')}:_ ${text}`;
		})
		.join('\n');
}

function provenance(section: Section, where: Circumstances): string {
	const { date, commit, n8n, node, cpu, cores, memoryGiB } = where;
	return `Measured on ${date} with \`npm run bench -- ${section}\` at ${commit}: n8n-nodes-sendpilot ${where.package}, n8n ${n8n}, Node ${node}, ${cores} cores of ${cpu}, ${memoryGiB} GiB of memory, Linux.`;
}

function tableOf(header: string[], rows: string[][]): string {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
