import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, selectors, type Browser } from 'playwright-core';

/** The browsers that work, in order of preference. */
const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where Chrome is on macOS, which does not put it on the PATH. */
const MAC_PROGRAM = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

const FLAGS = [
	// Containers and build machines run as root, and Chromium's sandbox does not start as root.
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--disable-sync',
	// Pages reach nothing but this machine, whatever n8n's editor requests.
	'--no-proxy-server',
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/**
 * Starts this machine's Chromium or Chrome, headless and with a new profile.
 *
 * @throws Error if there is none; the message says how to get one
 */
export async function startBrowser(): Promise<Browser> {
	// The attribute by which n8n's own tests find elements.
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
		'No Chromium found. Install Chromium or Chrome (e.g. `apt-get install chromium`), or set CHROMIUM_PATH to its path.',
	);
}
