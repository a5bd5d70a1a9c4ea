import type { INodeProperties } from 'n8n-workflow';
import { hasEnded, hasFailed, type JobStatus } from '../../../sendpilot/job';
import { problemIn, type ProblemReason } from '../../../sendpilot/problem';
import type { ItemRun } from '../../shared/itemOperation';
import { byEvent, jobFailed, standing, type JobKind } from './kinds';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** The first pause between two looks at a status. Each further one is longer, up to the longest. */
const FIRST_PAUSE_MS = 2 * SECOND_MS;
const PAUSE_GROWTH = 1.5;
const LONGEST_PAUSE_MS = MINUTE_MS;

/** What does not keep a later look at the status from working. */
const PASSING: ReadonlySet<ProblemReason> = new Set([
	'lost',
	'rateLimited',
	'serverError',
	'timeout',
	'unreachable',
]);

/** Whether a later look at the status may work. */
export function mayPass(error: unknown): boolean {
	return PASSING.has(problemIn(error).reason);
}

/** The fields that say whether to wait for a job, and how long. */
export function waitFields(kind: JobKind): INodeProperties[] {
	return [
		{
			displayName: 'Wait for Completion',
			name: 'waitForCompletion',
			type: 'boolean',
			default: false,
			description: `Whether to wait until the ${kind.noun} has completed. The execution stays active meanwhile, so for long ones use ${byEvent(kind)} instead.`,
		},
		{
			displayName: 'Max Wait (Minutes)',
			name: 'maxWait',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 1_440 },
			default: 10,
			displayOptions: { show: { waitForCompletion: [true] } },
			description: `The longest time to wait for each ${kind.noun}. One that takes longer is output as it is then, with "isDone" false, and goes on in SendPilot.`,
		},
	];
}

/**
 * Waits for a job to end, if the item wants that. Looks at its status less and less often. A look that fails for a
 * passing reason is no reason to give up: what was started is still there.
 *
 * @param first its status so far
 * @param read reads its status
 * @returns the last status: if the time is up or the execution is cancelled, that of a job that still runs
 * @throws ExplainedError for a job that has failed, and what `read` throws, unless that may pass
 */
export async function waitForJob<Job extends JobStatus>(
	kind: JobKind,
	{ api, fields, context, pause, isCancelled }: Omit<ItemRun, 'once'>,
	first: Job,
	read: () => Promise<Job>,
): Promise<Job> {
	if (!fields.isOn('waitForCompletion')) return first;
	const minutes = fields.number('maxWait');
	const deadline = api.now() + minutes * MINUTE_MS;
	let job = first;
	let usualPause = FIRST_PAUSE_MS;
	let requestedPause = 0;
	while (!hasEnded(job)) {
		const left = deadline - api.now();
		if (left <= 0) {
			context.addExecutionHints({ message: stillRunning(kind, job, minutes), type: 'warning' });
			return job;
		}
		await pause(Math.min(Math.max(usualPause, requestedPause), left));
		if (isCancelled()) return job;
		usualPause = Math.min(usualPause * PAUSE_GROWTH, LONGEST_PAUSE_MS);
		requestedPause = 0;
		const before = job;
		job = await read().catch((error: unknown) => {
			if (!mayPass(error)) throw error;
			requestedPause = problemIn(error).retryAfterMs ?? 0;
			return before;
		});
	}
	if (hasFailed(job)) throw jobFailed(kind, job);
	return job;
}

function stillRunning(kind: JobKind, job: JobStatus, minutes: number): string {
	const { noun, resource } = kind;
	const time = minutes === 1 ? '1 minute' : `${minutes} minutes`;
	return [
		`After ${time}, the ${noun} ${job.id} is ${standing(job)}. It goes on in SendPilot; don't start it again.`,
		`Run ${resource}: Get with this ID later and, once it has completed, Get Results, or use ${byEvent(kind)}.`,
	].join(' ');
}
