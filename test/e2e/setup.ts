import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient } from '../../editor/client';
import { CURRENT_N8N, installN8n, OLDEST_N8N } from '../../editor/install';
import { addPackage, startN8n, type RunningN8n } from '../../editor/start';

/** What {@link setup} passes on to the teardown, which runs in the same process. */
export interface Shared {
	n8n: RunningN8n;
	home: string;
}

declare global {
	var sharedN8n: Shared | undefined;
}

/** Starts the n8n that all tests share, except those that stop or restart theirs. */
export default async function setup(): Promise<void> {
	const installed = await installN8n(CURRENT_N8N, console.log);
	// Installed here, because the first time it takes longer than a test may.
	await installN8n(OLDEST_N8N, console.log);
	const home = mkdtempSync(join(tmpdir(), 'n8n-e2e-'));
	let n8n: RunningN8n | undefined;
	try {
		addPackage(home);
		n8n = await startN8n(installed, { home });
		await new N8nClient(n8n.url).signIn();
	} catch (error) {
		// Jest runs no teardown after a failed setup.
		await n8n?.kill();
		rmSync(home, { recursive: true, force: true });
		throw error;
	}
	globalThis.sharedN8n = { n8n, home };
	// Jest passes the environment on to the processes that run the tests.
	process.env.E2E_N8N_URL = n8n.url;
	process.env.E2E_N8N_HOME = home;
}
