import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { InstalledN8n } from '../../editor/install';

/** How many entries a full history has: as many as the node keeps. */
export const FULL = 10_000;

/**
 * Runs on n8n's own Node, which has SQLite built in. The columns and the form of the value are those of
 * n8n's `ProcessedData`; the entries are MD5 hashes, as n8n makes them.
 */
const FILL = `
	const { randomBytes } = require('node:crypto');
	const { DatabaseSync } = require('node:sqlite');
	const [file, workflowId, nodeId, count] = process.argv.slice(1);
	const data = Array.from({ length: Number(count) }, () => randomBytes(16).toString('base64'));
	const database = new DatabaseSync(file, { timeout: 10000 });
	database
		.prepare('INSERT INTO processed_data (workflowId, context, value) VALUES (?, ?, ?)')
		.run(workflowId, 'n:' + nodeId, JSON.stringify({ mode: 'entries', data }));
	database.close();
`;

/**
 * Fills the history of a node that has sent nothing yet with entries of other messages. Written into n8n's
 * database directly while it runs: sending that many messages takes minutes, and the row is the same.
 *
 * @param home n8n's data folder
 */
export function fillHistory(
	{ nodeFolder }: InstalledN8n,
	home: string,
	workflowId: string,
	nodeId: string,
): void {
	const file = join(home, '.n8n', 'database.sqlite');
	execFileSync(join(nodeFolder, 'node'), ['-e', FILL, file, workflowId, nodeId, String(FULL)], {
		stdio: ['ignore', 'ignore', 'ignore'],
	});
}
