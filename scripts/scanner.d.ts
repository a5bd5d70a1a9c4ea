/** The parts of n8n's scanner that judge a package in a folder; its command line wants a published one. */
declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	import type { Linter } from 'eslint';

	/** The sources that the scanner checks, as glob patterns. */
	export const SOURCE_FILE_PATTERNS: string[];
	/** The rules that the scanner checks by. */
	export function buildScanConfig(): Promise<Linter.Config[]>;
}
