import { sleep } from 'n8n-workflow';

/** What {@link withTimeout} returns when the work took too long. */
export const TIMED_OUT: unique symbol = Symbol('too late');

/**
 * Waits for work, but only so long. Work that times out goes on, and its result is ignored.
 *
 * @param ms how long to wait at most
 * @returns the result of the work, or {@link TIMED_OUT}
 * @throws whatever the work throws before the timeout
 */
export async function withTimeout<Result>(
	ms: number,
	work: Promise<Result>,
): Promise<Result | typeof TIMED_OUT> {
	const clock = new AbortController();
	const giveUp = (): typeof TIMED_OUT => TIMED_OUT;
	const late = sleep(ms, clock.signal).then(giveUp, giveUp);
	try {
		return await Promise.race([work, late]);
	} finally {
		clock.abort();
	}
}
