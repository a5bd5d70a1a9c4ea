import { rmSync } from 'node:fs';

/** Stops the shared n8n and removes its data. */
export default async function teardown(): Promise<void> {
	const shared = globalThis.sharedN8n;
	if (!shared) return;
	await shared.n8n.stop();
	rmSync(shared.home, { recursive: true, force: true });
}
