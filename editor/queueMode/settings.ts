/** What a process of n8n does in queue mode. */
export type Role = 'main' | 'worker' | 'webhook';

/** The value of an environment variable, and why it has it. */
export interface Setting {
	value: string;
	why: string;
}

/** Environment variables by name. */
export type Settings = Readonly<Record<string, Setting>>;

/** The settings of queue mode, by who needs them. The tests run with them, and the compose file is derived from them. */
export const SETTINGS: Readonly<Record<'all' | Role, Settings>> = {
	all: {
		EXECUTIONS_MODE: { value: 'queue', why: 'Executions go through Redis to the workers.' },
		DB_TYPE: { value: 'postgresdb', why: 'The one database that n8n supports in queue mode.' },
		DB_POSTGRESDB_POOL_SIZE: {
			value: '10',
			why: "Connections of each process. With n8n's default of 2, the executions of a worker wait for one another.",
		},
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: {
			value: 'true',
			why: 'Executions that are started from the editor run on the workers too, so the queue knows them: when main starts, it marks all others that are running as crashed.',
		},
		N8N_PAYLOAD_SIZE_MAX: {
			value: '64',
			why: "In MB. The event of a job with 10,000 leads has about 14 MB, and n8n's default is 16.",
		},
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: {
			value: '120',
			why: 'In seconds: how long a process that is stopped waits for what it runs. Give the container a little longer.',
		},
		QUEUE_BULL_REDIS_TIMEOUT_THRESHOLD: {
			value: '60000',
			why: "In ms: a process that cannot reach Redis for this long exits. n8n's default of 10 s ends running executions while Redis restarts.",
		},
		QUEUE_WORKER_LOCK_DURATION: {
			value: '60000',
			why: 'In ms: how long a job belongs to a worker that gives no sign of life.',
		},
		QUEUE_WORKER_LOCK_RENEW_TIME: {
			value: '10000',
			why: 'In ms: how often a worker gives a sign of life.',
		},
		QUEUE_WORKER_STALLED_INTERVAL: {
			value: '30000',
			why: 'In ms: how often the workers look for jobs of those that died. n8n fails such a job, and never runs it again by itself.',
		},
	},
	main: {
		N8N_DISABLE_PRODUCTION_MAIN_PROCESS: {
			value: 'true',
			why: 'Production webhooks are left to the webhook processors.',
		},
	},
	worker: {
		N8N_CONCURRENCY_PRODUCTION_LIMIT: {
			value: '10',
			why: 'How many executions a worker runs at once.',
		},
		QUEUE_HEALTH_CHECK_ACTIVE: {
			value: 'true',
			why: 'The worker answers at /healthz, and at /healthz/readiness once it has its database and Redis.',
		},
	},
	webhook: {},
};

/**
 * How the tests differ, so that they don't wait for minutes: jobs of a worker that died are found within
 * seconds. Too short for production, where a busy worker may give no sign of life for a while.
 */
export const TEST_TIMES: Readonly<Record<string, string>> = {
	QUEUE_WORKER_LOCK_DURATION: '3000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '1000',
	QUEUE_WORKER_STALLED_INTERVAL: '2000',
};

/** Options of Redis. It writes down each job, so that none is lost when it restarts. */
export const REDIS_OPTIONS: Readonly<Record<string, string>> = {
	appendonly: 'yes',
	appendfsync: 'everysec',
	'maxmemory-policy': 'noeviction',
};

/** Where the services are, and the secrets that all processes share. */
export interface Place {
	postgres: { host: string; port: number; user: string; password: string; database: string };
	redis: { host: string; port: number; password: string };
	/** Without the same one, a process can read no credential. */
	encryptionKey: string;
	/** The public address of the webhook processors, without a slash at the end. */
	webhookUrl: string;
}

/** @returns the environment variables of a process, except those that only its place decides */
export function settingsOf(role: Role): Record<string, string> {
	const settings = { ...SETTINGS.all, ...SETTINGS[role] };
	return Object.fromEntries(Object.entries(settings).map(([name, { value }]) => [name, value]));
}

/** @returns the environment variables by which all processes find the services and each other */
export function settingsFor({ postgres, redis, encryptionKey, webhookUrl }: Place) {
	return {
		DB_POSTGRESDB_HOST: postgres.host,
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_USER: postgres.user,
		DB_POSTGRESDB_PASSWORD: postgres.password,
		DB_POSTGRESDB_DATABASE: postgres.database,
		QUEUE_BULL_REDIS_HOST: redis.host,
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		QUEUE_BULL_REDIS_PASSWORD: redis.password,
		N8N_ENCRYPTION_KEY: encryptionKey,
		N8N_WEBHOOK_URL: `${webhookUrl}/`,
	};
}
