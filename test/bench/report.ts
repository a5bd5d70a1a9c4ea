import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { ROOT } from '../../scripts/unpack';
import { pageOn, picturesOn } from './page';
import type { Circumstances } from './circumstances';
import { readResults, RESULTS_FILE, type Measured, type Results } from './results';
import type { Section } from './rows';

/** Where the page is, from the root of the project. */
export const PAGE = 'docs/benchmarks.md';

/** @returns the page and pictures on the latest results of each section, by their paths from the root of the project */
export async function report(): Promise<Record<string, string>> {
	const results = readResults();
	const options = { parser: 'markdown', useTabs: true, printWidth: 100 };
	return { [PAGE]: await format(pageOn(results), options), ...picturesOn(results) };
}

/** Writes them. */
export async function writeReport(): Promise<void> {
	for (const [file, text] of Object.entries(await report())) {
		writeFileSync(join(ROOT, file), text);
	}
}

/** Replaces the results of one section; those of others stay. */
export async function saveResults(
	section: Section,
	measured: Measured,
	circumstances: Circumstances,
): Promise<void> {
	const results: Results = { ...readResults(), [section]: { circumstances, ...measured } };
	const text = JSON.stringify(results, (_, value: unknown) => shortened(value));
	writeFileSync(
		RESULTS_FILE,
		await format(text, { parser: 'json', useTabs: true, printWidth: 100 }),
	);
}

/** More digits would say nothing. */
function shortened(value: unknown): unknown {
	return typeof value === 'number' && !Number.isInteger(value)
		? Number(value.toPrecision(4))
		: value;
}
