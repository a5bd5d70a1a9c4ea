import './environment';
import { cpSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';

/** Loads a built package with n8n's own loader, as n8n does when it starts. */
export async function loadPackage(folder: string): Promise<PackageDirectoryLoader> {
	const loader = new PackageDirectoryLoader(folder);
	await loader.loadAll();
	return loader;
}

/**
 * Loads a built package as a new process does: with nothing of what its code has kept in memory. Node
 * doesn't load a file twice, so this loads a copy, which stays in the temporary folder.
 */
export async function loadPackageAfresh(folder: string): Promise<PackageDirectoryLoader> {
	const copy = mkdtempSync(join(tmpdir(), 'package-'));
	for (const name of ['package.json', 'dist']) {
		cpSync(join(folder, name), join(copy, name), { recursive: true });
	}
	symlinkSync(join(folder, 'node_modules'), join(copy, 'node_modules'));
	return await loadPackage(copy);
}
