import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Circumstances } from './circumstances';
import type { Line, PlotId } from './plots';
import type { RowId, Section } from './rows';

/** What was measured: the result of each round for each row, and the lines of each picture. */
export interface Measured {
	rows: Partial<Record<RowId, number[]>>;
	plots?: Partial<Record<PlotId, Line[]>>;
}

/** The latest results of each section that was ever measured. */
export type Results = Partial<Record<Section, Measured & { circumstances: Circumstances }>>;

/** Where they are saved. */
export const RESULTS_FILE = join(__dirname, 'results.json');

/** @returns what was measured the last time */
export function readResults(): Results {
	return JSON.parse(readFileSync(RESULTS_FILE, 'utf8')) as Results;
}
