import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The project's own folder. */
export const ROOT = resolve(__dirname, '..');

/**
 * Packs the built package as it would be published, and unpacks it again.
 *
 * @returns a new folder under the system's temporary one, with what a user of the package gets
 */
export function unpackPackage(): string {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-sendpilot-'));
	try {
		return packInto(folder);
	} catch (error) {
		rmSync(folder, { recursive: true });
		throw error;
	}
}

function packInto(folder: string): string {
	const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
		cwd: ROOT,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [{ filename }] = JSON.parse(packed) as Array<{ filename: string }>;
	execFileSync('tar', ['-xzf', join(folder, filename), '-C', folder]);
	return join(folder, 'package');
}
