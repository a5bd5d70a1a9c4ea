import { execFileSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { InstalledN8n } from '../../editor/install';
import { packPackage, ROOT } from '../../scripts/unpack';
import type { Measured } from './results';
import type { Scale } from './scale';

/**
 * Runs in a new process: loads what n8n needs anyway, then all that the package names, as n8n does, and prints what
 * that takes, as a share. Plain JavaScript, because a loader for TypeScript slows down everything.
 */
const LOAD = `
	const { resolve } = require('node:path');
	const { n8n } = require('./package.json');
	const cpu = () => {
		const { user, system } = process.cpuUsage();
		return user + system;
	};
	const begin = cpu();
	require('n8n-workflow');
	require('zod');
	const between = cpu();
	for (const file of [...n8n.credentials, ...n8n.nodes]) {
		const [Type] = Object.values(require(resolve(file)));
		new Type();
	}
	console.log((cpu() - between) / (between - begin));`;

/** Measures what n8n needs to load our package at its start, and how large the package is. */
export function measureLoad(n8n: InstalledN8n, { loads }: Scale): Measured {
	const load = () =>
		Number(
			execFileSync(join(n8n.nodeFolder, 'node'), ['-e', LOAD], { cwd: ROOT, encoding: 'utf8' }),
		);
	return {
		rows: {
			loadTime: Array.from({ length: loads }, load),
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
