/**
 * How late the steps of n8n's database may be, in ms, for the claims of several n8n processes to exclude one another:
 * each process starts over, or gives its claim up, where its own step took longer. Tests of one process need not wait.
 */
export const LATENESS = {
	/** From the start of a change until the row has been read. */
	readMs: 250,
	/** From the start of a change until it has been written. */
	writeMs: 500,
	/** From the end of a change until it is read back: by then, all changes that had started before have ended. */
	waitMs: 500,
};
