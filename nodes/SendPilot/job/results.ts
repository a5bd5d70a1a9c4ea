import type { IDataObject } from 'n8n-workflow';
import { hasCompleted, hasFailed, type JobStatus } from '../../../sendpilot/job';
import type { ReadOptions } from '../../../sendpilot/paging';
import type { ItemRun } from '../../shared/itemOperation';
import { listed } from '../../shared/listFields';
import type { Simplify } from '../../shared/shape';
import { jobFailed, jobProblem, jobRunning, type JobKind } from './kinds';

/** How to read about a job. */
interface JobReads<Entry> {
	list: (options: ReadOptions) => AsyncIterable<Entry[]>;
	status: () => Promise<JobStatus>;
}

/**
 * Reads the results of a job. If there are none, its status tells whether that is all.
 *
 * @throws ExplainedError for a job that has failed or is still running, and for one that does not exist
 */
export async function jobResults<Entry extends Record<string, unknown>>(
	kind: JobKind,
	item: ItemRun,
	shape: Simplify,
	{ list, status }: JobReads<Entry>,
): Promise<IDataObject[]> {
	try {
		const others = `To get the others, start ${kind.noun === 'search' ? 'searches' : 'extractions'} that find fewer people.`;
		const results = async () => await listed(item, shape, list, { others });
		const found = await results();
		if (found.length > 0) return found;
		const job = await status();
		if (hasFailed(job)) throw jobFailed(kind, job);
		if (!hasCompleted(job)) throw jobRunning(kind, job);
		// It may have completed after the first look.
		return await results();
	} catch (error) {
		throw jobProblem(kind, error);
	}
}
