import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createOnce } from './createOnce';

/** The n8n that people have who keep theirs new. */
export const CURRENT_N8N = '2.41.1';

/** The oldest n8n that the README claims: the last 1.x. */
export const OLDEST_N8N = '1.123.81';

/** What n8n runs on. */
const NODE = 'node@24';

/** n8n 1.x takes its spreadsheet library from outside of the registry. Nothing here reads spreadsheets. */
const OVERRIDES = { xlsx: '0.18.5' };

/** How often to say that a step is still under way, in ms. */
const PROGRESS_MS = 20_000;

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
 * first time. What was broken off begins anew, but for the packages that npm has in its own cache.
 *
 * @param say gets a line about each step, and lines in between where a step takes long
 * @throws Error where a step fails, with the end of what it printed; nothing half done is left then
 */
export async function installN8n(
	version: string,
	say: (line: string) => void,
): Promise<InstalledN8n> {
	const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	const folder = join(cache, 'n8n-e2e', `n8n-${version}`);
	const fill = async (draft: string) => {
		say(`Installing n8n ${version}, once, into ${folder}: about 3 GB and 10 minutes`);
		await install(version, draft, say);
		say('  Done');
	};
	await createOnce(folder, fill, () =>
		say(`Waiting for another process that installs n8n ${version} into ${folder}`),
	);
	return {
		version,
		program: join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
		nodeFolder: nodeFolderIn(folder),
	};
}

async function install(
	version: string,
	folder: string,
	say: (line: string) => void,
): Promise<void> {
	writeFileSync(
		join(folder, 'package.json'),
		JSON.stringify({ private: true, overrides: OVERRIDES }),
	);
	const steps: Array<[what: string, args: string[]]> = [
		['1/3 Node 24', ['install', NODE]],
		// A script of its Kafka client loads sources from elsewhere, and n8n runs without it.
		['2/3 n8n and its libraries', ['install', `n8n@${version}`, '--ignore-scripts']],
		['3/3 its database', ['rebuild', 'sqlite3']],
	];
	for (const [what, args] of steps) {
		say(`  ${what} …`);
		const begin = Date.now();
		const progress = setInterval(() => {
			say(`  ${what}: still working, ${Math.round((Date.now() - begin) / 1_000)} s so far`);
		}, PROGRESS_MS);
		try {
			await npm([...args, '--no-audit', '--no-fund'], folder);
		} finally {
			clearInterval(progress);
		}
	}
}

function nodeFolderIn(folder: string): string {
	return join(folder, 'node_modules', 'node', 'bin');
}

async function npm(args: string[], cwd: string): Promise<void> {
	// What npm tells its scripts of our own project must not reach the other one.
	const inherited = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
	const child = spawn('npm', args, {
		cwd,
		env: {
			...Object.fromEntries(inherited),
			PATH: `${nodeFolderIn(cwd)}${delimiter}${process.env.PATH}`,
		},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let printed = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => (printed = (printed + chunk.toString()).slice(-4_000)));
	}
	const code = await new Promise((resolve, reject) => {
		child.once('close', resolve);
		child.once('error', reject);
	});
	if (code !== 0) throw new Error(`npm ${args.join(' ')} failed:\n${printed}`);
}
