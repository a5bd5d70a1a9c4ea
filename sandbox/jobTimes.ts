import type { Job } from './jobs';

/** @returns when a job started and ended, as events and replies say it */
export function timesOf({ startedAt, endedAt = Date.now() }: Job) {
	return {
		started_at: new Date(startedAt).toISOString(),
		completed_at: new Date(endedAt).toISOString(),
		duration_ms: endedAt - startedAt,
	};
}
