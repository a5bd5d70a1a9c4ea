/**
 * How long a change of n8n's record may take, in ms, for the claims of several n8n processes to exclude one another.
 * Tests of one process need not wait.
 */
export const LATENESS = {
	/** From its start until the row has been read; otherwise it is not written, and starts over. */
	readMs: 250,
	/** From its start until it has been written; otherwise it may have undone a claim that its owner relies on. */
	writeMs: 500,
	/** Until a claim is read back: by then, all changes that had started before it have ended. */
	waitMs: 500,
	/** The same after a change that was late: by then, most owners of a claim that it has undone have written again. */
	longWaitMs: 3_000,
};
