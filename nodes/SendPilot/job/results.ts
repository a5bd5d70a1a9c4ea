import type { IDataObject } from 'n8n-workflow';
import { hasCompleted, hasFailed, type JobStatus } from '../../../sendpilot/job';
import type { ReadOptions } from '../../../sendpilot/paging';
import type { ItemRun } from '../../shared/itemOperation';
import { listed } from '../../shared/listFields';
import { keep, shapeOf, type Simplify } from '../../shared/shape';
import { jobFailed, jobProblem, jobRunning, standing, toGetOthers, type JobKind } from './kinds';

/** How to read about a job. */
interface JobReads<Person> {
	list: (options: ReadOptions) => AsyncIterable<Person[]>;
	status: () => Promise<JobStatus>;
}

/**
 * @returns what an item wants to see of each person that a job found
 * @throws ExplainedError for a field that cannot be used
 */
export function personShape(
	{ personFields }: JobKind,
	item: Pick<ItemRun, 'context' | 'fields'>,
): Simplify {
	return shapeOf(item, keep(personFields));
}

/**
 * Reads the results of a job, and says if they are not all. Its status is read first: a job that completes meanwhile
 * has all results by then.
 *
 * @throws ExplainedError for a job without results that has failed or is still running, and for one that does not exist
 */
export async function jobResults<Person extends Record<string, unknown>>(
	kind: JobKind,
	item: ItemRun,
	{ list, status }: JobReads<Person>,
): Promise<IDataObject[]> {
	try {
		const job = await status();
		const isAll = hasCompleted(job);
		// Before that, the hint below says why people may be missing.
		const read: typeof list = isAll ? list : ({ max }) => list({ max });
		const otherwise = toGetOthers(kind);
		const found = await listed(item, personShape(kind, item), read, { otherwise });
		if (isAll) return found;
		if (found.length === 0) throw hasFailed(job) ? jobFailed(kind, job) : jobRunning(kind, job);
		item.context.addExecutionHints({
			message: `The ${kind.noun} ${job.id} has not completed: it is ${standing(job)}. There may be more people than these ${found.length}.`,
			location: 'outputPane',
		});
		return found;
	} catch (error) {
		throw jobProblem(kind, error);
	}
}
