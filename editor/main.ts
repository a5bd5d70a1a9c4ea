import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { CURRENT_N8N, installN8n, type InstalledN8n } from './install';
import { isFree, N8N_PORT } from './ports';
import { startReadyEditor } from './ready';
import { welcome } from './welcome';

/** The sandbox's default port. */
const SANDBOX_PORT = 4010;

const MAX_PORT = 65_535;

const HELP = `Usage: npm run editor -- [options]

  --port <number>  the port of n8n on 127.0.0.1 (default ${N8N_PORT}, or any free port if it is in use)
  --help           show this help`;

/** Runs an n8n that is ready to use, until Ctrl-C. */
async function main(): Promise<void> {
	const asked = readArguments();
	if ('help' in asked) return say(HELP);
	const port = await choosePort(asked.port);

	// Ctrl-C ends this immediately. Only the later steps need to clean up.
	const n8n = await installN8n(CURRENT_N8N, say);
	const end = new AbortController();
	end.signal.addEventListener('abort', () => say('\nStopping n8n and the sandbox …'));
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => end.abort());
	try {
		await untilEnd(n8n, port, end.signal);
	} catch (error) {
		// In a terminal, Ctrl-C also reaches n8n, which then fails to start.
		if (!end.signal.aborted) throw error;
	}
}

async function untilEnd(n8n: InstalledN8n, port: number | undefined, end: AbortSignal) {
	const editor = await startReadyEditor(n8n, {
		port,
		sandbox: { port: await preferred(SANDBOX_PORT), log: say },
		say,
	});
	try {
		// The answer about this person gets lost, to show an uncertain delivery too.
		editor.sandbox.inject({ fault: 'deliveredThen500', recipient: 'omar-haddad' });
		if (end.aborted) return;
		say(welcome(editor));
		await once(end, 'abort');
	} finally {
		await editor.stop();
	}
}

function say(line: string): void {
	console.log(line);
}

function readArguments(): { help: true } | { port: number | undefined } {
	const { values } = parseArgs({
		options: { port: { type: 'string' }, help: { type: 'boolean', default: false } },
	});
	if (values.help) return { help: true };
	if (values.port === undefined) return { port: undefined };
	const port = Number(values.port);
	if (Number.isInteger(port) && port >= 1 && port <= MAX_PORT) return { port };
	throw new Error(`--port must be a number from 1 to ${MAX_PORT}, not "${values.port}".`);
}

/** @throws Error if the requested port is in use */
async function choosePort(asked: number | undefined): Promise<number | undefined> {
	if (asked === undefined) return await preferred(N8N_PORT);
	if (await isFree(asked)) return asked;
	throw new Error(`Port ${asked} is in use. Choose another with --port, or omit --port.`);
}

/** @returns the port if it is free, otherwise undefined, which means any free one */
async function preferred(port: number): Promise<number | undefined> {
	if (await isFree(port)) return port;
	say(`Port ${port} is in use, so another one is used`);
	return undefined;
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
