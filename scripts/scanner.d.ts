/** The parts of n8n's scanner that check a package in a folder; its command line needs a published one. */
declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	import type { Linter } from 'eslint';

	/** The sources that the scanner checks, as glob patterns. */
	export const SOURCE_FILE_PATTERNS: string[];
	/** The scanner's rules. */
	export function buildScanConfig(): Promise<Linter.Config[]>;
}
