import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, selectors, type Browser } from 'playwright-core';

/** What the programs are called that we can drive, the best first. */
const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where such a program is on systems that do not put it on the PATH. */
const MAC_PROGRAM = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

const FLAGS = [
	// Containers and build machines run as root, where the sandbox of Chromium does not start.
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--disable-sync',
	// Nothing but this machine is there for the pages, whatever n8n's editor asks for.
	'--no-proxy-server',
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/**
 * Starts a headless Chromium or Chrome of this machine, with a new profile.
 *
 * @throws Error where none is there, which says how to get one
 */
export async function startBrowser(): Promise<Browser> {
	// What n8n's own tests find things by.
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({ executablePath: findProgram(), args: FLAGS });
}

function findProgram(): string {
	const onPath = (process.env.PATH ?? '')
		.split(delimiter)
		.flatMap((folder) => PROGRAMS.map((program) => join(folder, program)));
	const byName = (path: string) => PROGRAMS.findIndex((program) => path.endsWith(`/${program}`));
	const [found] = onPath.filter((path) => existsSync(path)).sort((a, b) => byName(a) - byName(b));
	const program = process.env.CHROMIUM_PATH ?? found ?? MAC_PROGRAM;
	if (existsSync(program)) return program;
	throw new Error(
		'No Chromium found. Install Chromium or Chrome (e.g. `apt-get install chromium`), or give its path in CHROMIUM_PATH.',
	);
}
