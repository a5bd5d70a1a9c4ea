import { HELP, readOptions } from './commandLine';
import { type Sandbox, startSandbox } from './index';
import { welcome } from './welcome';

/** Exit code for an invalid command line. */
const WRONG_USAGE = 2;

async function main(): Promise<void> {
	const asked = readOptions(process.argv.slice(2));
	if ('problem' in asked) return fail(`${asked.problem}\n\n${HELP}`, WRONG_USAGE);
	if ('help' in asked) return console.log(HELP);

	let sandbox: Sandbox;
	try {
		sandbox = await startSandbox({ ...asked.options, log: (line) => console.log(line) });
	} catch (error) {
		return fail(startProblem(error as NodeJS.ErrnoException, asked.options.port), 1);
	}
	console.log(welcome(sandbox));
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.stop());
	}
}

function startProblem({ code, message }: NodeJS.ErrnoException, port: number): string {
	return code === 'EADDRINUSE'
		? `Port ${port} is in use. Choose another with --port, or any free one with --port 0.`
		: `The sandbox could not start: ${message}`;
}

function fail(text: string, code: number): void {
	console.error(text);
	process.exitCode = code;
}

void main();
