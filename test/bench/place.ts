import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INodeCredentials } from 'n8n-workflow';
import { N8nClient } from '../../editor/client';
import type { InstalledN8n } from '../../editor/install';
import { addPackage, startN8n, type RunningN8n } from '../../editor/start';
import { startSandboxProcess, type SandboxProcess } from './sandboxProcess';

/** What the nodes need. */
export interface Access {
	/** The base URL of the sandbox. */
	url: string;
	/** A credential of each type; each node uses its own. */
	credentials: INodeCredentials;
}

/** How a place is set up. */
export interface PlaceSettings {
	/** Environment variables for n8n. */
	env?: NodeJS.ProcessEnv;
	/** How many leads the sandbox's largest campaign has. Default: its own. */
	leads?: number;
}

/** A real n8n with our package, and a sandbox for it. */
export interface Place {
	installed: InstalledN8n;
	/** n8n's data folder. */
	home: string;
	n8n: RunningN8n;
	client: N8nClient;
	sandbox: SandboxProcess;
	access: Access;
}

/** Runs a piece of work in a new n8n with SQLite, and removes everything afterwards. */
export async function withPlace<Result>(
	installed: InstalledN8n,
	{ env, leads }: PlaceSettings,
	work: (place: Place) => Promise<Result>,
): Promise<Result> {
	const home = mkdtempSync(join(tmpdir(), 'n8n-nodes-sendpilot-bench-'));
	const undo = [async () => rmSync(home, { recursive: true, force: true, maxRetries: 3 })];
	try {
		const sandbox = await startSandboxProcess(leads);
		undo.push(sandbox.stop);
		addPackage(home);
		const n8n = await startN8n(installed, { home, env });
		undo.push(n8n.stop);
		const client = new N8nClient(n8n.url);
		await client.signIn();
		const access = await createAccess(client, sandbox);
		return await work({ installed, home, n8n, client, sandbox, access });
	} finally {
		for (const step of undo.reverse()) await step();
	}
}

/** Creates a credential of each type. */
async function createAccess(client: N8nClient, { url, apiKey }: SandboxProcess): Promise<Access> {
	const create = async (name: string, type: string, data: Record<string, string>) => ({
		[type]: { id: await client.createCredential(name, type, data), name },
	});
	return {
		url,
		credentials: {
			...(await create('SendPilot account', 'sendPilotApi', { apiKey, baseUrl: url })),
			...(await create('Header', 'httpHeaderAuth', { name: 'X-API-Key', value: apiKey })),
		},
	};
}
