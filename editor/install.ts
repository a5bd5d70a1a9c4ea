import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createOnce } from './createOnce';
import { areDone, nodeFolderIn, nodePrints, runSteps, type Step } from './installSteps';

/** The n8n of people who keep theirs up to date. */
export const CURRENT_N8N = '2.41.1';

/** The oldest n8n that the README lists: the last 1.x. */
export const OLDEST_N8N = '1.123.81';

/** The Node that n8n runs on. */
export const NODE: Step = {
	name: 'Node 24',
	// `rebuild` runs the script that fetches the program, also if the package is already there.
	commands: [
		['install', 'node@24', '--ignore-scripts'],
		['rebuild', 'node'],
	],
	isDone: async (folder) => await nodePrints(folder, ['--version'], /^v24\./),
};

const DATABASE: Step = {
	name: 'its database, SQLite',
	commands: [['rebuild', 'sqlite3']],
	isDone: async (folder) =>
		await nodePrints(folder, ['-e', OPEN_DATABASE], /^open$/m, n8nIn(folder)),
};

const OPEN_DATABASE = `new (require('sqlite3').Database)(':memory:', (error) => {
	if (error) throw error;
	console.log('open');
})`;

/** What npm needs to know about the folder. */
const MANIFEST = {
	private: true,
	// n8n 1.x takes its spreadsheet library from outside the registry. Nothing here reads spreadsheets.
	overrides: { xlsx: '0.18.5' },
	// The only two install scripts that n8n needs here; npm 12 runs no others.
	allowScripts: { node: true, sqlite3: true },
};

/** An n8n on disk. */
export interface InstalledN8n {
	version: string;
	/** Path of the program's script. */
	program: string;
	/** Path of the folder of the Node that runs it. */
	nodeFolder: string;
}

/**
 * Installs n8n into the user's cache folder, or uses the one that is there, after a quick check. The
 * first time takes minutes and gigabytes. An incomplete installation is repaired. One that was
 * interrupted starts over, with the packages that npm has in its own cache.
 *
 * @param say gets a line for each step, and more while a step takes long
 * @throws Error if a step fails, with the end of its output; nothing unfinished is left then
 */
export async function installN8n(
	version: string,
	say: (line: string) => void,
): Promise<InstalledN8n> {
	const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
	const folder = join(cache, 'n8n-e2e', `n8n-${version}`);
	const steps = stepsFor(version);
	await createOnce(folder, {
		isSound: async (installed) => await areDone(steps, installed),
		fill: async (draft) => {
			const isRepair = existsSync(manifestIn(draft));
			say(
				isRepair
					? `The n8n ${version} in ${folder} is incomplete: repairing it`
					: `Installing n8n ${version} into ${folder}, once: about 3 GB, 10 minutes`,
			);
			writeManifest(draft);
			await runSteps(steps, draft, say);
			say('  Done');
		},
		onWait: () => say(`Waiting for another process that is installing n8n ${version} in ${folder}`),
	});
	return { version, program: programIn(folder), nodeFolder: nodeFolderIn(folder) };
}

/** All that makes up an installation of n8n. */
function stepsFor(version: string): Step[] {
	return [NODE, n8nStep(version), DATABASE];
}

function n8nStep(version: string): Step {
	return {
		name: 'n8n and its libraries',
		// A script of its Kafka client downloads sources from elsewhere, and n8n runs without it.
		commands: [['install', `n8n@${version}`, '--ignore-scripts']],
		isDone: async (folder) =>
			existsSync(programIn(folder)) &&
			(await nodePrints(
				folder,
				['-p', `require('./package.json').version === '${version}'`],
				/^true$/m,
				n8nIn(folder),
			)),
	};
}

/** Keeps what npm has noted in an older one: the packages that are installed. */
export function writeManifest(folder: string): void {
	const path = manifestIn(folder);
	const earlier = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
	writeFileSync(path, JSON.stringify({ ...earlier, ...MANIFEST }));
}

function n8nIn(folder: string): string {
	return join(folder, 'node_modules', 'n8n');
}

function programIn(folder: string): string {
	return join(n8nIn(folder), 'bin', 'n8n');
}

function manifestIn(folder: string): string {
	return join(folder, 'package.json');
}
