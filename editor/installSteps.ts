import { execFile, spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** How often to report that a step is still running, in ms. */
const PROGRESS_MS = 20_000;

/** One step of an installation, judged by its effect: npm reports success for scripts it has blocked. */
export interface Step {
	name: string;
	/** The arguments of each npm command to run. */
	commands: string[][];
	/** Whether the step's effect is there. Has to be quick. */
	isDone(folder: string): Promise<boolean>;
}

/** Whether all steps have had their effect in the folder. */
export async function areDone(steps: Step[], folder: string): Promise<boolean> {
	for (const step of steps) {
		if (!(await step.isDone(folder))) return false;
	}
	return true;
}

/**
 * Runs the steps whose effect is missing, in order.
 *
 * @param say gets a line for each step, and more while a step takes long
 * @throws Error if a command fails, with the end of its output, or if it has had no effect
 */
export async function runSteps(
	steps: Step[],
	folder: string,
	say: (line: string) => void,
): Promise<void> {
	for (const [index, step] of steps.entries()) {
		if (await step.isDone(folder)) continue;
		const name = `${index + 1}/${steps.length} ${step.name}`;
		say(`  ${name} …`);
		const start = Date.now();
		const progress = setInterval(() => {
			say(`  ${name}: still working, ${Math.round((Date.now() - start) / 1_000)} s so far`);
		}, PROGRESS_MS);
		try {
			for (const command of step.commands) await npm(command, folder);
		} finally {
			clearInterval(progress);
		}
		if (!(await step.isDone(folder))) throw new Error(withoutEffect(step));
	}
}

function withoutEffect({ name, commands }: Step): string {
	const last = commands[commands.length - 1].join(' ');
	return (
		`${name} could not be installed: \`npm ${last}\` reported success but had no effect. ` +
		'If `npm config get ignore-scripts` prints true, set it to false and try again.'
	);
}

/** The folder of the Node that was installed into a folder with npm's package `node`. */
export function nodeFolderIn(folder: string): string {
	return join(folder, 'node_modules', 'node', 'bin');
}

/** Whether the Node in the folder runs with these arguments, and prints what is expected. */
export async function nodePrints(
	folder: string,
	args: string[],
	expected: RegExp,
	cwd = folder,
): Promise<boolean> {
	return await new Promise((resolve) => {
		execFile(join(nodeFolderIn(folder), 'node'), args, { cwd }, (error, printed) => {
			resolve(error === null && expected.test(printed));
		});
	});
}

async function npm(command: string[], cwd: string): Promise<void> {
	// What npm tells the scripts of this project must not reach the other one.
	const inherited = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name));
	const child = spawn('npm', [...command, '--no-audit', '--no-fund'], {
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
	if (code !== 0) throw new Error(`npm ${command.join(' ')} failed:\n${printed}`);
}
