import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives the tests a temporary folder of their own: jest ends its processes before they clear up. */
export default function setup(): void {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-sendpilot-tests-'));
	// Jest hands the environment on to the processes of its tests.
	process.env.TESTS_FOLDER = folder;
	process.env.TMPDIR = folder;
}
