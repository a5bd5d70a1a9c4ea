import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { ESLint } from 'eslint';
import { ROOT, unpackPackage } from './unpack';

/**
 * Checks the package by the rules that n8n uses to verify community packages, without publishing it: the
 * sources, and what `npm pack` makes of the build. Stricter than n8n's own scan: warnings count as errors,
 * and the folder `sendpilot` is checked too.
 */
async function main(): Promise<void> {
	const { SOURCE_FILE_PATTERNS } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const sources = await scan('source', ROOT, [...SOURCE_FILE_PATTERNS, 'sendpilot/**/*.ts']);
	const unpacked = unpackPackage();
	const shipped = await scan('packed tarball', unpacked, ['**/*.js', 'package.json']);
	rmSync(dirname(unpacked), { recursive: true });
	process.exitCode = sources && shipped ? 0 : 1;
}

async function scan(name: string, folder: string, patterns: string[]): Promise<boolean> {
	const { buildScanConfig } = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
	});
	// Throws if a pattern matches no file, so nothing passes unchecked.
	const results = await eslint.lintFiles(patterns);
	const isClean = results.every(({ errorCount, warningCount }) => errorCount + warningCount === 0);
	if (!isClean) {
		const formatter = await eslint.loadFormatter('stylish');
		console.error(await formatter.format(results));
	}
	console.log(`Scan of the ${name}: ${results.length} files, ${isClean ? 'clean' : 'not clean'}`);
	return isClean;
}

void main();
