import { sleep } from 'n8n-workflow';

/** What {@link withTimeout} gives where the work took too long. */
export const TIMED_OUT: unique symbol = Symbol('too late');

/**
 * Waits for work, but not for ever. Work that is too late goes on, unheard.
 *
 * @param ms how long to wait at most
 * @returns what the work gives, or {@link TIMED_OUT}
 * @throws what the work throws in time
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
