import type { ProblemReason } from '../../sendpilot/problem';

/** What happened, without a full stop, and what to do next, in whole sentences. */
export interface Explanation {
	what: string;
	next: string;
}

/**
 * Why an item failed: a problem with SendPilot, with a field or with the node's settings, or a search or extraction
 * that has failed or is still running. Workflows branch on these words.
 */
export type ItemFailureReason =
	| ProblemReason
	| 'invalidInput'
	| 'invalidSetup'
	| 'jobFailed'
	| 'jobRunning';

/** What an {@link ExplainedError} is about, unless it is a field or a setting. */
interface Cause {
	reason: ItemFailureReason;
	/** HTTP status. */
	status?: number;
}

/** Thrown for something that the user can fix, in words of ours. */
export class ExplainedError extends Error implements Explanation {
	/** See {@link Explanation} and {@link Cause}. */
	constructor(
		readonly what: string,
		readonly next: string,
		readonly about?: Cause,
	) {
		super(what);
	}
}

/** @returns what a thrown error says; what to do about one that is not ours is not known */
export function explanationIn(error: unknown): Explanation {
	if (error instanceof ExplainedError) return error;
	return { what: error instanceof Error ? error.message : String(error), next: '' };
}

/**
 * The error for a field that n8n could not read, which happens when its expression fails.
 *
 * @param field the name that the user sees
 */
export function unreadableField(field: string, error: unknown): ExplainedError {
	return new ExplainedError(
		`the field ${field} could not be read: ${explanationIn(error).what}`,
		`Check the expression in ${field}.`,
	);
}
