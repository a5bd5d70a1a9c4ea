import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type { InstalledN8n } from '../../editor/install';
import { version } from '../../package.json';
import { ROOT } from '../../scripts/unpack';

/** Where and when a section was measured. */
export interface Circumstances {
	/** YYYY-MM-DD, UTC. */
	date: string;
	commit: string;
	package: string;
	n8n: string;
	/** Of n8n. */
	node: string;
	cpu: string;
	cores: number;
	memoryGiB: number;
}

/** The folders of what is measured. */
const PUBLISHED = ['credentials', 'nodes', 'sendpilot'];

/** Describes this machine and the versions, as far as they matter to the figures. */
export function circumstances(n8n: InstalledN8n): Circumstances {
	const git = (...args: string[]) =>
		execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
	const isChanged = git('status', '--porcelain', '--', ...PUBLISHED) !== '';
	const node = join(n8n.nodeFolder, 'node');
	return {
		date: new Date().toISOString().slice(0, 10),
		commit: `${git('rev-parse', '--short', 'HEAD')}${isChanged ? ' with changes' : ''}`,
		package: version,
		n8n: n8n.version,
		node: execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1),
		cpu: cpus()[0].model.trim(),
		cores: cpus().length,
		memoryGiB: Math.round(totalmem() / 2 ** 30),
	};
}
