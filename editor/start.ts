import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, delimiter, join } from 'node:path';
import { unpackPackage } from '../scripts/unpack';
import { runProcess, untilReady, type RunningProcess } from './childProcess';
import type { InstalledN8n } from './install';
import { freePort } from './ports';

/** A running process of n8n. It stops when the process that started it ends. */
export interface RunningN8n extends RunningProcess {
	/** The address of its editor, of its webhooks, or of its health checks, without a slash at the end. */
	url: string;
}

/** How to start n8n. */
export interface StartSettings {
	/** Its data folder; data of an earlier run is used. */
	home: string;
	/** Default: any free port. */
	port?: number;
	/** What it is to be: n8n itself, or a part of it in queue mode. Default: `start`, n8n itself. */
	command?: 'start' | 'worker' | 'webhook';
	/** Environment variables for it, beside those that it gets anyway. */
	env?: NodeJS.ProcessEnv;
}

/** How long a start may take, in ms: the first one sets up the database. */
const START_TIMEOUT_MS = 240_000;

/** How long stopping may take, in ms: n8n waits 30 s for running executions. */
const STOP_TIMEOUT_MS = 45_000;

/** What answers once n8n is ready: the editor's first request, or a health check. */
const READY_PATHS = {
	start: '/rest/settings',
	worker: '/healthz/readiness',
	webhook: '/healthz/readiness',
};

/** Runs before n8n, in its process: the channel to us closes when we end, however that happens. */
const END_WITH_US = `process.once('disconnect', () => process.exit())`;

/**
 * Installs our package in data folders of n8n, the way n8n installs community nodes: from the packed tarball, without
 * scripts, and without dev and peer dependencies, so `zod` comes from n8n.
 */
export function addPackage(...homes: string[]): void {
	const unpacked = unpackPackage();
	const manifest = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));
	for (const key of ['devDependencies', 'peerDependencies', 'optionalDependencies']) {
		delete manifest[key];
	}
	const dependencies = { [manifest.name]: manifest.version };
	const list = { name: 'installed-nodes', private: true, dependencies };
	for (const home of homes) {
		const nodes = join(home, '.n8n', 'nodes');
		const target = join(nodes, 'node_modules', manifest.name);
		rmSync(target, { recursive: true, force: true });
		mkdirSync(dirname(target), { recursive: true });
		cpSync(unpacked, target, { recursive: true });
		writeFileSync(join(target, 'package.json'), JSON.stringify(manifest, null, 2));
		writeFileSync(join(nodes, 'package.json'), JSON.stringify(list, null, 2));
	}
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
	const command = settings.command ?? 'start';
	const process = runProcess(
		join(n8n.nodeFolder, 'node'),
		['--import', `data:text/javascript,${END_WITH_US}`, n8n.program, command],
		{
			env: { ...environment(n8n, settings.home, port, await freePort()), ...settings.env },
			logFile: join(settings.home, 'n8n.log'),
			stopTimeoutMs: STOP_TIMEOUT_MS,
			hasChannel: true,
		},
	);
	const isReady = async () => await answersJson(url + READY_PATHS[command]);
	if (await untilReady(process, isReady, START_TIMEOUT_MS)) return { ...process, url };
	await process.kill();
	throw new Error(`n8n ${n8n.version} did not start:\n${process.log().slice(-4_000)}`);
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
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
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
	};
}

/** Whether n8n is ready. While it is still starting, it answers every request with plain text. */
async function answersJson(url: string): Promise<boolean> {
	const answer = await fetch(url);
	return answer.ok && Boolean(answer.headers.get('content-type')?.includes('json'));
}
