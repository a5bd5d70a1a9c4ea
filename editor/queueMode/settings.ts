/** A kind of n8n process in queue mode. */
export type Role = 'main' | 'worker' | 'webhook';

/** How many executions a worker runs at once. */
export const WORKER_CONCURRENCY = 10;

/** How long n8n waits for executions when it is stopped, in s. */
export const SHUTDOWN_SECONDS = 300;

const SHARED = {
	EXECUTIONS_MODE: 'queue',
	DB_TYPE: 'postgresdb',
	N8N_PAYLOAD_SIZE_MAX: '64',
	N8N_GRACEFUL_SHUTDOWN_TIMEOUT: String(SHUTDOWN_SECONDS),
	EXECUTIONS_DATA_SAVE_ON_ERROR: 'all',
	EXECUTIONS_DATA_PRUNE: 'true',
};

const OWN: Record<Role, Record<string, string>> = {
	main: { N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true' },
	worker: { QUEUE_HEALTH_CHECK_ACTIVE: 'true' },
	webhook: {},
};

export function settingsOf(role: Role): Record<string, string> {
	return { ...SHARED, ...OWN[role] };
}

/** What n8n's program is told, by kind of process. */
export function commandOf(role: Role): string[] {
	if (role === 'main') return ['start'];
	return role === 'worker' ? ['worker', `--concurrency=${WORKER_CONCURRENCY}`] : [role];
}
