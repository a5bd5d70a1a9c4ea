import type { ExtractionStatus } from './contract/leadExtraction';
import type { SearchStatus } from './contract/leadSearch';

/** A search or an extraction, as far as its status tells. */
export interface JobStatus {
	id: string;
	status?: string | null;
	progress?: { percent_complete?: number | null; [name: string]: unknown } | null;
	error_message?: string | null;
	/** Integrators allow for this name of `error_message`. */
	error?: unknown;
}

const COMPLETED: ReadonlyArray<SearchStatus | ExtractionStatus> = ['completed', 'FINISHED'];
/** Integrators also allow for `error`. */
const FAILED: ReadonlyArray<SearchStatus | ExtractionStatus | 'error'> = [
	'failed',
	'FAILED',
	'error',
];

/** Whether a job has ended well. */
export function hasCompleted(job: JobStatus): boolean {
	return isOneOf(job, COMPLETED);
}

/** Whether a job has failed. */
export function hasFailed(job: JobStatus): boolean {
	return isOneOf(job, FAILED);
}

/** Whether nothing more will happen to a job; one with an unknown status may still go on. */
export function hasEnded(job: JobStatus): boolean {
	return hasCompleted(job) || hasFailed(job);
}

/** SendPilot's text for why a job failed. */
export function failureText({ error_message, error }: JobStatus): string | null {
	return error_message || (typeof error === 'string' && error) || null;
}

function isOneOf({ status }: JobStatus, statuses: readonly string[]): boolean {
	return statuses.some((one) => one.toLowerCase() === status?.toLowerCase());
}
