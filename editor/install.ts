import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** The n8n that people have who keep theirs new. */
export const CURRENT_N8N = '2.41.1';

/** The oldest n8n that the README claims: the last 1.x. */
export const OLDEST_N8N = '1.123.0';

/** What n8n runs on. */
const NODE = 'node@24';

/** Written last, so that a folder without it is an installation that was broken off. */
const MARKER = 'installed';

/** An n8n on disk. */
export interface InstalledN8n {
	version: string;
	/** Path of the program's script. */
	program: string;
	/** Path of the folder of the Node that runs it. */
	nodeFolder: string;
}

/**
 * Installs n8n into the user's cache folder, or finds it there. This takes minutes and gigabytes the
 * first time.
 *
 * @param say gets a line about each step
 * @throws Error where a step fails, with the end of what it printed
 */
export async function installN8n(
	version: string,
	say: (line: string) => void,
): Promise<InstalledN8n> {
	const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
	const folder = join(cache, 'n8n-e2e', `n8n-${version}`);
	const nodeFolder = join(folder, 'node_modules', 'node', 'bin');
	const installed = {
		version,
		program: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
		nodeFolder,
	};
	if (existsSync(join(folder, MARKER))) return installed;

	say(`Installing n8n ${version}, once, into ${folder}: about 3 GB and 10 minutes`);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
	const steps: Array<[what: string, args: string[]]> = [
		['1/3 Node 24', ['install', NODE]],
		// A script of its Kafka client loads sources from elsewhere, and n8n runs without it.
		['2/3 n8n and its libraries', ['install', `n8n@${version}`, '--ignore-scripts']],
		['3/3 its database', ['rebuild', 'sqlite3']],
	];
	for (const [what, args] of steps) {
		say(`  ${what} …`);
		await npm([...args, '--no-audit', '--no-fund'], folder, nodeFolder);
	}
	writeFileSync(join(folder, MARKER), '');
	return installed;
}

async function npm(args: string[], cwd: string, nodeFolder: string): Promise<void> {
	const path = `${nodeFolder}${delimiter}${process.env.PATH}`;
	// What npm tells its scripts of our own project must not reach the other one.
	const inherited = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
	const child = spawn('npm', args, {
		cwd,
		env: { ...Object.fromEntries(inherited), PATH: path },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let printed = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => (printed = (printed + chunk.toString()).slice(-4_000)));
	}
	const code = await new Promise((resolve) => child.once('close', resolve));
	if (code !== 0) throw new Error(`npm ${args.join(' ')} failed:\n${printed}`);
}
