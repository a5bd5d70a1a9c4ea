import type { IWebhookFunctions } from 'n8n-workflow';
import type { Explanation } from '../shared/explanation';
import { keepLatest } from '../shared/keepLatest';
import { rowIdOf } from '../shared/reach/history/store';

/** For how long further rejections of the same node for the same reason are only counted, in ms. */
const QUIET_MS = 10_000;

/** How many of these kinds are kept. */
const MAX_KINDS = 1_000;

/** When each kind was logged last, in Unix ms, and how many more there were since. */
const kinds = new Map<string, { at: number; more: number }>();

/** Why a delivery is rejected. */
interface Reason extends Explanation {
	/** A word for programs that read the log. */
	reason: string;
	/** HTTP status. */
	status: number;
	/** What went wrong on our side. */
	detail?: string;
}

/**
 * Logs one line about a rejected delivery. Anyone who knows the URL can send any number of them: so those that
 * follow within ten seconds for the same reason are counted in the next line.
 */
export function logRejection(
	context: IWebhookFunctions,
	{ reason, status, what, next, detail }: Reason,
): void {
	const kind = JSON.stringify([rowIdOf(context), reason]);
	const now = Date.now();
	const last = kinds.get(kind);
	if (last && Math.abs(now - last.at) < QUIET_MS) {
		last.more++;
		return;
	}
	keepLatest(kinds, kind, { at: now, more: 0 }, MAX_KINDS);
	const workflow = context.getWorkflow();
	const cause = detail === undefined ? '' : ` (${detail})`;
	const more = last?.more
		? ` It has rejected ${last.more} more for this reason since the last line about it.`
		: '';
	const line = `${context.getNode().name} in the workflow "${workflow.name ?? workflow.id}" rejected a delivery: ${what}${cause}. ${next}${more}`;
	// Names and causes may contain line breaks, which would make one line look like several.
	context.logger.warn(line.replace(/[\s\p{Cc}]+/gu, ' '), {
		workflowId: workflow.id,
		reason,
		httpStatus: status,
	});
}
