import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox';
import { N8nClient, type SavedWorkflow } from './client';
import { seedInstance } from './seedInstance';
import type { InstalledN8n } from './install';
import { addPackage, startN8n } from './start';

/** An n8n that is ready to use, with our nodes, a sandbox to work against, and the examples. */
export interface ReadyEditor {
	/** The address of the editor, without a slash at the end. */
	url: string;
	/** Path of n8n's log file. */
	logFile: string;
	/** Signed in as the owner. */
	client: N8nClient;
	sandbox: Sandbox;
	/** The examples, ordered by file name. */
	workflows: SavedWorkflow[];
	/** Stops everything, and removes its data. */
	stop(): Promise<void>;
}

/** How to start it. By default, every port is any free one. */
export interface ReadySettings {
	port?: number;
	sandbox?: Pick<SandboxOptions, 'port' | 'log'>;
	/** Receives a line about each step. */
	say: (line: string) => void;
}

/**
 * Starts an n8n and a sandbox, connected to each other, with credentials and examples. Nothing is kept:
 * each start is a fresh one.
 *
 * @throws Error if a step fails, after undoing the others
 */
export async function startReadyEditor(
	installed: InstalledN8n,
	settings: ReadySettings,
): Promise<ReadyEditor> {
	const { say } = settings;
	const undo: Array<() => Promise<void>> = [];
	const stop = async () => {
		for (const step of undo.splice(0).reverse()) await step();
	};
	try {
		const home = mkdtempSync(join(tmpdir(), 'n8n-nodes-sendpilot-editor-'));
		undo.push(async () => await rm(home, { recursive: true, force: true, maxRetries: 3 }));
		const sandbox = await startSandbox(settings.sandbox);
		undo.push(async () => await sandbox.stop());

		say(`Starting n8n ${installed.version} with the nodes in it …`);
		addPackage(home);
		const n8n = await startN8n(installed, { home, port: settings.port });
		undo.push(async () => await n8n.stop());

		say('Creating credentials and importing the examples …');
		const client = new N8nClient(n8n.url);
		await client.signIn();
		const workflows = await seedInstance(client, sandbox);
		return { url: n8n.url, logFile: n8n.logFile, client, sandbox, workflows, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
