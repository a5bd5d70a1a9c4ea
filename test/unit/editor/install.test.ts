import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { CURRENT_N8N, installN8n } from '../../../editor/install';

/** Calls itself Node 24, and is the Node that runs the tests. */
const NODE = `#!/bin/sh
if [ "$1" = --version ]; then echo v24.0.0; else exec '${process.execPath}' "$@"; fi
`;

const SQLITE = `
require('./built.js');
exports.Database = function (name, done) { setImmediate(done, null); };
`;

/**
 * Installs tiny packages of the same names and shapes, and notes its arguments. Like npm 12, it says that
 * all is well after skipping a blocked script.
 */
const NPM = `#!/bin/sh
echo "$1 $2" >> "$FAKES/commands"
if [ -e "$FAKES/failing" ]; then echo 'no network' >&2; exit 1; fi
case "$1 $2" in
	'install node@24')
		mkdir -p node_modules/node ;;
	'rebuild node')
		if [ -e "$FAKES/blocked" ]; then exit 0; fi
		mkdir -p node_modules/node/bin && cp "$FAKES/node" node_modules/node/bin/node ;;
	install\\ n8n@*)
		mkdir -p node_modules/n8n/bin node_modules/sqlite3
		touch node_modules/n8n/bin/n8n
		echo "{ \\"version\\": \\"\${2#n8n@}\\" }" > node_modules/n8n/package.json
		cp "$FAKES/sqlite3.js" node_modules/sqlite3/index.js ;;
	'rebuild sqlite3')
		touch node_modules/sqlite3/built.js ;;
esac
`;

const environment = { ...process.env };
let root: string;
let folder: string;
beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'install-'));
	folder = join(root, 'cache', 'n8n-e2e', `n8n-${CURRENT_N8N}`);
	const fakes = join(root, 'fakes');
	mkdirSync(fakes);
	for (const [name, text] of Object.entries({ node: NODE, npm: NPM, 'sqlite3.js': SQLITE })) {
		writeFileSync(join(fakes, name), text);
		chmodSync(join(fakes, name), 0o755);
	}
	process.env.FAKES = fakes;
	process.env.PATH = `${fakes}${delimiter}${environment.PATH}`;
	process.env.XDG_CACHE_HOME = join(root, 'cache');
});
afterEach(() => {
	process.env = { ...environment };
	rmSync(root, { recursive: true, force: true });
});

/** Switches the fake npm: `blocked` scripts, or `failing` commands. */
const setNpm = (state: string) => writeFileSync(join(root, 'fakes', state), '');

/** Installs n8n. @returns what was said, and the npm commands that were run */
async function install(): Promise<{ said: string; commands: string[] }> {
	const log = join(root, 'fakes', 'commands');
	rmSync(log, { force: true });
	const lines: string[] = [];
	await installN8n(CURRENT_N8N, (line) => lines.push(line));
	const commands = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
	return { said: lines.join('\n'), commands };
}

const ALL_COMMANDS = [
	'install node@24',
	'rebuild node',
	`install n8n@${CURRENT_N8N}`,
	'rebuild sqlite3',
];

describe('installing n8n', () => {
	it('installs Node, n8n and SQLite, and allows the two install scripts that they need', async () => {
		const { said, commands } = await install();
		expect(commands).toEqual(ALL_COMMANDS);
		expect(said).toMatch(/^Installing n8n .*\n {2}1\/3 .*\n {2}2\/3 .*\n {2}3\/3 .*\n {2}Done$/);
		const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
		expect(manifest.allowScripts).toEqual({ node: true, sqlite3: true });
	});

	it('does nothing if it is there', async () => {
		await install();
		expect(await install()).toEqual({ said: '', commands: [] });
	});

	it('fails if npm blocks a script without a word, and leaves nothing that counts as installed', async () => {
		setNpm('blocked');
		await expect(install()).rejects.toThrow(
			/^Node 24 could not be installed: `npm rebuild node` .* had no effect.*ignore-scripts/,
		);
		expect(existsSync(folder)).toBe(false);
	});

	it('fails with what npm printed if a command fails', async () => {
		setNpm('failing');
		await expect(install()).rejects.toThrow(
			'npm install node@24 --ignore-scripts failed:\nno network',
		);
		expect(existsSync(folder)).toBe(false);
	});
});

describe('an incomplete n8n in the cache', () => {
	beforeEach(async () => {
		await install();
	});

	it.each([
		['whose Node was never built', 'node/bin', ['install node@24', 'rebuild node']],
		['whose SQLite was never built', 'sqlite3/built.js', ['rebuild sqlite3']],
		['without its program', 'n8n/bin', [`install n8n@${CURRENT_N8N}`]],
	])('%s is repaired by the missing step alone, and says so', async (_, part, missing) => {
		rmSync(join(folder, 'node_modules', part), { recursive: true });
		const { said, commands } = await install();
		expect(said).toMatch(/^The n8n .* is incomplete: repairing it\n[^]*Done$/);
		expect(commands).toEqual(missing);
		expect(await install()).toEqual({ said: '', commands: [] });
	});

	it('that npm 12 made without its scripts allowed gets them allowed', async () => {
		const path = join(folder, 'package.json');
		writeFileSync(path, JSON.stringify({ private: true, dependencies: { node: '^24.0.0' } }));
		rmSync(join(folder, 'node_modules', 'node', 'bin'), { recursive: true });
		await install();
		expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
			allowScripts: { node: true, sqlite3: true },
			dependencies: { node: '^24.0.0' },
		});
	});
});
