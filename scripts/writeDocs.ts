import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { report } from '../test/bench/report';
import { composeFile } from './composeFile';
import { operationsPage, withTable } from './operationDocs';
import { withSettings } from './settingsTable';
import { ROOT } from './unpack';

/**
 * Writes what the docs say about operations from the node itself, about queue mode from the settings of the tests,
 * and about speed from what was measured; with `--check`, says what is out of date.
 */
async function main(): Promise<void> {
	const isCheck = process.argv.includes('--check');
	const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
	const files = {
		'README.md': await withTable(read('README.md')),
		'docs/operations.md': await operationsPage(),
		'docs/scaling.md': await withSettings(read('docs/scaling.md')),
		'docs/queue-mode/compose.yaml': composeFile(),
		...(await report()),
	};
	for (const [file, text] of Object.entries(files)) {
		if (!isCheck) writeFileSync(join(ROOT, file), text);
		else if (read(file) !== text) {
			console.error(`${file} is out of date: run npm run docs`);
			process.exitCode = 1;
		}
	}
}

void main();
