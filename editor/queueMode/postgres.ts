import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../ports';
import { Server, untilTrue, type User } from './server';

/** Where Debian installs each version. */
const VERSIONS = '/usr/lib/postgresql';

/** A PostgreSQL with an empty database, which keeps its data over restarts. */
export class Postgres {
	private server!: Server;

	private constructor(
		private readonly folder: string,
		private readonly port: number,
		private readonly user: User | undefined,
	) {}

	/** Starts one on a free port. {@link Postgres.stop} must follow. @throws Error if it is not installed */
	static async start(): Promise<Postgres> {
		const user = process.getuid?.() === 0 ? userNamed('postgres') : undefined;
		const folder = mkdtempSync(join(tmpdir(), 'n8n-postgres-'));
		if (user) chownSync(folder, user.uid, user.gid);
		const postgres = new Postgres(folder, await freePort(), user);
		const parameters = ['-D', postgres.data, '-U', ROLE, '--auth=trust', '--no-sync'];
		execFileSync(program('initdb'), parameters, { stdio: 'ignore', cwd: folder, ...user });
		await postgres.begin();
		return postgres;
	}

	/** What n8n needs to know of it. */
	get settings(): Record<string, string> {
		return {
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(this.port),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: ROLE,
		};
	}

	/** Restarts it: all connections end, and open transactions are rolled back. */
	async restart(): Promise<void> {
		await this.server.endBy('SIGINT');
		await this.begin();
	}

	async stop(): Promise<void> {
		await this.server.endBy('SIGQUIT');
		rmSync(this.folder, { recursive: true, force: true });
	}

	private async begin(): Promise<void> {
		const { data, folder, port, user } = this;
		const parameters = ['-D', data, '-p', String(port), '-k', folder];
		for (const setting of ['listen_addresses=127.0.0.1', 'max_connections=200']) {
			parameters.push('-c', setting);
		}
		this.server = await Server.start(program('postgres'), parameters, user);
		const isReady = () => {
			const query = ['-h', '127.0.0.1', '-p', String(port), '-t', '1'];
			return spawnSync(program('pg_isready'), query, { stdio: 'ignore' }).status === 0;
		};
		await untilTrue('PostgreSQL', isReady);
	}

	private get data(): string {
		return join(this.folder, 'data');
	}
}

const ROLE = 'n8n';

function userNamed(name: string): User {
	const id = (flag: string) => Number(execFileSync('id', [flag, name]).toString());
	return { uid: id('-u'), gid: id('-g') };
}

/** @returns the path of a program of the newest version that is installed */
function program(name: string): string {
	const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).map(Number) : [];
	if (versions.length === 0) {
		throw new Error('PostgreSQL is not installed: on Debian, apt-get install postgresql');
	}
	return join(VERSIONS, String(Math.max(...versions)), 'bin', name);
}
