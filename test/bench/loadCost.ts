import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { InstalledN8n } from '../../editor/install';
import { packPackage, ROOT } from '../../scripts/unpack';
import type { Measured } from './results';
import type { Scale } from './scale';

/**
 * Runs in a new process: loads what n8n needs anyway, then our package as n8n does at its start, then the code of
 * each node, and prints what the last two take, as shares. Plain JavaScript, because a loader for TypeScript slows
 * down everything.
 */
const LOAD = `
	const cpu = () => {
		const { user, system } = process.cpuUsage();
		return user + system;
	};
	const begin = cpu();
	require('n8n-workflow');
	require('zod');
	const needed = cpu() - begin;
	const { LazyPackageDirectoryLoader } = require('n8n-core');
	const loader = new LazyPackageDirectoryLoader(process.cwd());
	void (async () => {
		const start = cpu();
		await loader.loadAll();
		for (const name in loader.known.credentials) loader.getCredential(name);
		const use = cpu();
		for (const name in loader.known.nodes) loader.getNode(name);
		const end = cpu();
		console.log(JSON.stringify({ atStart: (use - start) / needed, inUse: (end - use) / needed }));
	})();`;

/** Measures what n8n needs to load our package, and how large the package is. */
export function measureLoad(n8n: InstalledN8n, { loads }: Scale): Measured {
	const userFolder = mkdtempSync(join(tmpdir(), 'benchmark-'));
	const load = () => {
		const printed = execFileSync(join(n8n.nodeFolder, 'node'), ['-e', LOAD], {
			cwd: ROOT,
			encoding: 'utf8',
			env: { ...process.env, N8N_USER_FOLDER: userFolder, N8N_LOG_LEVEL: 'silent' },
		});
		return JSON.parse(printed) as { atStart: number; inUse: number };
	};
	const shares = Array.from({ length: loads }, load);
	rmSync(userFolder, { recursive: true });
	return {
		rows: {
			loadTime: shares.map(({ atStart }) => atStart),
			firstUse: shares.map(({ inUse }) => inUse),
			tarball: [tarballSize() / 1_000],
		},
	};
}

/** @returns in bytes */
function tarballSize(): number {
	const tarball = packPackage();
	try {
		return statSync(tarball).size;
	} finally {
		rmSync(dirname(tarball), { recursive: true });
	}
}
