import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** Who runs a server: PostgreSQL refuses to run as root. */
export interface User {
	uid: number;
	gid: number;
}

/** A server that ends when the process that started it does, however that happens. */
export class Server {
	private readonly end: Promise<unknown>;

	private constructor(
		private readonly shell: ChildProcess,
		private readonly pid: number,
	) {
		this.end = once(shell, 'exit');
	}

	/** Starts a program. @throws Error if it cannot be started */
	static async start(program: string, parameters: string[], user?: User): Promise<Server> {
		const shell = spawn('sh', ['-c', UNTIL_INPUT_ENDS, 'sh', program, ...parameters], {
			stdio: ['pipe', 'pipe', 'ignore'],
			...user,
		});
		const [pid] = (await once(shell.stdout!, 'data')) as Buffer[];
		return new Server(shell, Number(pid));
	}

	/** Ends it by a signal, and waits until it has ended. */
	async endBy(signal: NodeJS.Signals): Promise<void> {
		if (this.shell.exitCode === null) process.kill(this.pid, signal);
		await this.end;
	}
}

/** Prints the ID of the program's process, and kills it when our end of the pipe is closed. */
const UNTIL_INPUT_ENDS = `
exec 3<&0
"$@" </dev/null >/dev/null 2>&1 3<&- &
server=$!
echo $server
{ cat <&3 >/dev/null; kill -KILL $server 2>/dev/null; } &
watcher=$!
wait $server
kill $watcher 2>/dev/null`;

/** How long a server may take until it answers, in ms. */
const START_TIMEOUT_MS = 60_000;

/** Waits until a server answers, by a check of its own. @throws Error if it takes too long */
export async function untilTrue(
	name: string,
	isReady: () => boolean | Promise<boolean>,
): Promise<void> {
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!(await isReady())) {
		if (Date.now() > deadline) throw new Error(`${name} did not start`);
		await sleep(50);
	}
}
