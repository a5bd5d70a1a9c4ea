/** What happened, without a full stop, and what to do next, in whole sentences. */
export interface Explanation {
	what: string;
	next: string;
}

/** Thrown for something that the user can put right, and that is not an answer of SendPilot. */
export class ExplainedError extends Error implements Explanation {
	/** See {@link Explanation}. */
	constructor(
		readonly what: string,
		readonly next: string,
	) {
		super(what);
	}
}
