/** What happened, without a full stop, and what to do next, in whole sentences. */
export interface Explanation {
	what: string;
	next: string;
}

/** Thrown for something that the user can fix, and that is not an answer from SendPilot. */
export class ExplainedError extends Error implements Explanation {
	/** See {@link Explanation}. */
	constructor(
		readonly what: string,
		readonly next: string,
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
