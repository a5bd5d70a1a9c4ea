import { sleep } from 'n8n-workflow';

/** What {@link within} gives where the work took too long. */
export const TOO_LATE: unique symbol = Symbol('too late');

/**
 * Waits for work, but not for ever. Work that is too late goes on, unheard.
 *
 * @param ms how long to wait at most
 * @returns what the work gives, or {@link TOO_LATE}
 * @throws what the work throws in time
 */
export async function within<Result>(
	ms: number,
	work: Promise<Result>,
): Promise<Result | typeof TOO_LATE> {
	const clock = new AbortController();
	const giveUp = (): typeof TOO_LATE => TOO_LATE;
	const late = sleep(ms, clock.signal).then(giveUp, giveUp);
	try {
		return await Promise.race([work, late]);
	} finally {
		clock.abort();
	}
}
