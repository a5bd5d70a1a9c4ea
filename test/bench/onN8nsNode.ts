import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../../scripts/unpack';
import type { InstalledN8n } from '../../editor/install';

/**
 * Runs a script of the benchmark in a new process, on the Node that runs n8n.
 *
 * @param script its file, beside this one
 * @returns the JSON that it prints
 */
export function onN8nsNode<Answer>(
	{ nodeFolder }: InstalledN8n,
	script: string,
	args: readonly string[] = [],
): Answer {
	const printed = execFileSync(
		join(nodeFolder, 'node'),
		['--expose-gc', '--import', 'tsx', join(__dirname, script), ...args],
		{ cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
	);
	return JSON.parse(printed) as Answer;
}
