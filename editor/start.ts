import { spawn } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { unpackPackage } from '../scripts/unpack';
import type { InstalledN8n } from './install';

/** A running n8n. It stops when the process that started it ends. */
export interface RunningN8n {
	/** The address of its editor, without a slash at the end. */
	url: string;
	/** The ID of its process. */
	pid: number;
	/** Path of the file with its output, appended to that of earlier runs. */
	logFile: string;
	/** Its output so far. */
	log(): string;
	/** Stops it the way an operator would; resolves when it has ended. */
	stop(): Promise<void>;
	/** Ends it the way a power cut would; resolves when it has ended. */
	kill(): Promise<void>;
}

/** How to start n8n. */
export interface StartSettings {
	/** Its data folder; data of an earlier run is used. */
	home: string;
	/** Default: any free port. */
	port?: number;
	/** Environment variables for it, beside those that it gets anyway. */
	env?: NodeJS.ProcessEnv;
}

/** How long a start may take, in ms: the first one sets up the database. */
const START_TIMEOUT_MS = 240_000;

/** How long stopping may take, in ms: n8n waits 30 s for running executions. */
const STOP_TIMEOUT_MS = 45_000;

/** Runs before n8n, in its process: the channel to us closes when we end, however that happens. */
const END_WITH_US = `process.once('disconnect', () => process.exit())`;

/**
 * Installs our package the way n8n installs community nodes: from the packed tarball, without scripts,
 * and without dev and peer dependencies, so `zod` comes from n8n.
 */
export function addPackage(home: string): void {
	const unpacked = unpackPackage();
	const manifest = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));
	for (const key of ['devDependencies', 'peerDependencies', 'optionalDependencies']) {
		delete manifest[key];
	}
	const nodes = join(home, '.n8n', 'nodes');
	const target = join(nodes, 'node_modules', manifest.name);
	rmSync(target, { recursive: true, force: true });
	mkdirSync(dirname(target), { recursive: true });
	cpSync(unpacked, target, { recursive: true });
	writeFileSync(join(target, 'package.json'), JSON.stringify(manifest, null, 2));
	const dependencies = { [manifest.name]: manifest.version };
	const list = { name: 'installed-nodes', private: true, dependencies };
	writeFileSync(join(nodes, 'package.json'), JSON.stringify(list, null, 2));
	rmSync(dirname(unpacked), { recursive: true });
}

/**
 * Starts n8n, and waits until it responds.
 *
 * @throws Error if the port is taken, or, with the end of its output, if n8n ends or does not respond
 */
export async function startN8n(n8n: InstalledN8n, settings: StartSettings): Promise<RunningN8n> {
	const port = await freePort(settings.port);
	const url = `http://127.0.0.1:${port}`;
	mkdirSync(settings.home, { recursive: true });
	const logFile = join(settings.home, 'n8n.log');
	const child = spawn(
		join(n8n.nodeFolder, 'node'),
		['--import', `data:text/javascript,${END_WITH_US}`, n8n.program, 'start'],
		{
			env: { ...environment(n8n, settings.home, port, await freePort()), ...settings.env },
			stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		},
	);
	let printed = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (chunk: Buffer) => {
			printed += chunk.toString();
			appendFileSync(logFile, chunk);
		});
	}
	const end = new Promise<void>((resolve) => {
		child.once('close', () => resolve());
		child.once('error', (error) => {
			printed += String(error);
			resolve();
		});
	});
	const endBy = async (signal: NodeJS.Signals) => {
		child.kill(signal);
		await end;
	};
	const running: RunningN8n = {
		url,
		pid: child.pid!,
		logFile,
		log: () => printed,
		stop: async () => {
			const lastResort = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
			await endBy('SIGTERM');
			clearTimeout(lastResort);
		},
		kill: async () => await endBy('SIGKILL'),
	};
	if (await isReady(url, end)) return running;
	await running.kill();
	throw new Error(`n8n ${n8n.version} did not start:\n${printed.slice(-4_000)}`);
}

function environment(
	{ nodeFolder }: InstalledN8n,
	home: string,
	port: number,
	brokerPort: number,
): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(
		([name]) => !/^(npm_|N8N_|NODE_)/i.test(name),
	);
	return {
		...Object.fromEntries(inherited),
		PATH: `${nodeFolder}${delimiter}${process.env.PATH}`,
		N8N_USER_FOLDER: home,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}`,
		WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		// n8n's online list of other people's nodes.
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_SECURE_COOKIE: 'false',
		N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true',
	};
}

/** Waits until n8n responds. @returns false if it ends first, or takes too long */
async function isReady(url: string, end: Promise<void>): Promise<boolean> {
	const deadline = Date.now() + START_TIMEOUT_MS;
	let hasEnded = false;
	void end.then(() => (hasEnded = true));
	while (Date.now() < deadline && !hasEnded) {
		// The editor's first request. While n8n is still starting, it answers every request with plain text.
		const answer = await fetch(`${url}/rest/settings`).catch(() => undefined);
		if (answer?.ok && answer.headers.get('content-type')?.includes('json')) return true;
		await sleep(250);
	}
	return false;
}

/** @returns the wanted port, or any free one. @throws Error if the wanted one is taken */
async function freePort(wanted = 0): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve, reject) => {
		server.once('error', (error) =>
			reject(new Error(`Port ${wanted} is not available: ${error.message}`)),
		);
		server.listen(wanted, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}
