import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The project's own folder. */
export const ROOT = resolve(__dirname, '..');

/**
 * Packs the built package as `npm publish` would.
 *
 * @returns the path of the tarball, in a new temporary folder
 */
export function packPackage(): string {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-sendpilot-'));
	try {
		const printed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
			cwd: ROOT,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		return join(folder, tarballName(printed));
	} catch (error) {
		rmSync(folder, { recursive: true });
		throw error;
	}
}

/**
 * Packs the built package, and unpacks it again.
 *
 * @returns the folder `package` in a new temporary folder, with exactly what a user of the package gets
 */
export function unpackPackage(): string {
	const tarball = packPackage();
	const folder = dirname(tarball);
	try {
		execFileSync('tar', ['-xzf', tarball, '-C', folder]);
		return join(folder, 'package');
	} catch (error) {
		rmSync(folder, { recursive: true });
		throw error;
	}
}

/**
 * Reads the file name of the tarball from what `npm pack --json` prints for one package: a list up to
 * npm 11, an object keyed by package name in npm 12.
 */
export function tarballName(printed: string): string {
	const [{ filename }] = Object.values<{ filename: string }>(JSON.parse(printed));
	return filename;
}
