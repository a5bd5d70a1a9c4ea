import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { runProcess, untilReady, type RunningProcess } from '../childProcess';
import { REDIS_OPTIONS } from './settings';

/** Where a service is, and where it keeps its data. */
export interface ServiceSettings {
	/** Path of a folder that exists; data of an earlier run is used. */
	folder: string;
	port: number;
}

/** PostgreSQL's user, who owns the database and needs no password. */
export const DATABASE = { user: 'n8n', password: '', database: 'postgres' };

/** The password of Redis. */
export const REDIS_PASSWORD = 'n8n';

/** How long a service may take to start, or to stop, in ms. */
const TIMEOUT_MS = 60_000;

/** Where Debian has PostgreSQL's programs, by version. */
const POSTGRES_FOLDER = '/usr/lib/postgresql';

/** PostgreSQL refuses to run as root. */
const OTHER_USER = 'nobody';

/**
 * Starts PostgreSQL on 127.0.0.1, and waits until it responds. It ends with this process.
 *
 * @throws Error if it isn't installed or does not start
 */
export async function startPostgres({ folder, port }: ServiceSettings): Promise<RunningProcess> {
	const user = unprivileged();
	const data = join(folder, 'data');
	if (!existsSync(data)) {
		mkdirSync(data);
		for (const path of [folder, data]) chownSync(path, user.uid, user.gid);
		const options = ['--no-sync', '--auth=trust', '--encoding=UTF8', `--username=${DATABASE.user}`];
		execFileSync(findPostgres('initdb'), [...options, data], {
			...user,
			cwd: folder,
			stdio: 'pipe',
		});
	}
	// Killing a process loses nothing that it has written, with or without fsync.
	const options = [
		'-c',
		'fsync=off',
		'-c',
		'max_connections=200',
		'-c',
		'listen_addresses=127.0.0.1',
	];
	return await startService(
		{ name: 'PostgreSQL', program: findPostgres('postgres'), port },
		['-D', data, '-p', String(port), '-k', folder, ...options],
		// Of its ways to stop, the one that ends open connections.
		{ folder, stopSignal: 'SIGINT', ...user },
	);
}

/**
 * Starts Redis on 127.0.0.1, and waits until it responds. It ends with this process.
 *
 * @throws Error if it isn't installed or does not start
 */
export async function startRedis({ folder, port }: ServiceSettings): Promise<RunningProcess> {
	const program = findOnPath('redis-server');
	const options = {
		...REDIS_OPTIONS,
		requirepass: REDIS_PASSWORD,
		port: String(port),
		bind: '127.0.0.1',
		dir: folder,
		save: '',
	};
	const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
	return await startService({ name: 'Redis', program, port }, args, { folder });
}

async function startService(
	{ name, program, port }: { name: string; program: string; port: number },
	args: string[],
	{ folder, ...how }: { folder: string; stopSignal?: NodeJS.Signals; uid?: number; gid?: number },
): Promise<RunningProcess> {
	const running = runProcess('setpriv', ['--pdeathsig', 'INT', program, ...args], {
		...how,
		logFile: join(folder, 'service.log'),
		stopTimeoutMs: TIMEOUT_MS,
	});
	if (await untilReady(running, async () => await accepts(port), TIMEOUT_MS)) return running;
	await running.kill();
	throw new Error(`${name} did not start:\n${running.log().slice(-4_000)}`);
}

/** Whether something listens at a port. */
async function accepts(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => resolve(true));
		socket.once('error', () => resolve(false));
		socket.once('close', () => socket.destroy());
		socket.once('connect', () => socket.end());
	});
}

function unprivileged(): { uid: number; gid: number } {
	const [uid, gid] = [process.getuid!(), process.getgid!()];
	if (uid !== 0) return { uid, gid };
	const idOf = (option: string) => Number(execFileSync('id', [option, OTHER_USER]).toString());
	return { uid: idOf('-u'), gid: idOf('-g') };
}

/** The newest version. */
function findPostgres(program: string): string {
	const versions = existsSync(POSTGRES_FOLDER) ? readdirSync(POSTGRES_FOLDER) : [];
	const [newest] = versions.map(Number).sort((a, b) => b - a);
	return newest ? join(POSTGRES_FOLDER, String(newest), 'bin', program) : findOnPath(program);
}

function findOnPath(program: string): string {
	const folders = (process.env.PATH ?? '').split(delimiter);
	const found = folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
	if (found) return found;
	throw new Error(
		`No ${program} found. Install PostgreSQL and Redis (e.g. \`apt-get install postgresql redis-server\`).`,
	);
}
