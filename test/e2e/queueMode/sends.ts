import type { Count } from '../crashCount';
import { type Kind, KINDS, Lists, shares, slowDown } from './lists';
import type { QueuePlace } from './place';

const NOTHING_WRONG = { twice: 0, falselySent: 0, missing: 0, uncertain: 0 };

/** How often the same list is sent by two executions at once. */
const ROUNDS = 5;

/** What goes out when nothing fails. */
export function describeSends(place: QueuePlace): void {
	describe('executions on two workers at once', () => {
		it.each(Object.keys(KINDS) as Kind[])(
			'ten with 40 people each reach everybody once (%s)',
			async (kind) => {
				slowDown(place, 10);
				const before = shares(place);
				const lists = await Lists.create(place, kind);
				await lists.start([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 40);
				expect(lists.countIn(await lists.ended())).toEqual(NOTHING_WRONG);
				expect(shares(place).every((share, worker) => share > before[worker])).toBe(true);
			},
		);

		it('that fail and are retried, on whichever worker, go on or stop at somebody uncertain, and reach nobody twice', async () => {
			place.sandbox.inject({ fault: 'status', status: 400, message: 'No', after: 30, times: 4 });
			slowDown(place, 10);
			const lists = await Lists.create(place, 'message', 'stopWorkflow');
			await lists.start([0, 1, 2, 3], 20);
			const failed = await lists.ended();
			expect(failed.map(({ status }) => status)).toEqual(Array(4).fill('error'));
			const retries = await Promise.all(
				failed.map(async ({ id }) => await place.client.retry(id, 'original')),
			);
			for (const { status, data } of retries) {
				const { error } = data.resultData;
				if (status !== 'success') expect(error?.message).toMatch(/^Message may have been sent/);
			}
			expect(retries.map(({ status }) => status)).toContain('success');
			const { twice, falselySent } = lists.countIn(retries);
			expect({ twice, falselySent }).toEqual({ twice: 0, falselySent: 0 });
		});

		it('with the same list reach everybody once', async () => {
			slowDown(place, 10);
			const rounds: Count[] = [];
			while (rounds.length < ROUNDS) {
				const before = shares(place);
				const lists = await Lists.create(place);
				await lists.start([rounds.length, rounds.length], 40);
				const count = lists.countIn(await lists.ended());
				// A round in which one worker took both executions proves nothing.
				const isOnBoth = shares(place).every((share, worker) => share === before[worker] + 1);
				if (isOnBoth) rounds.push(count);
			}
			const none = { twice: 0, falselySent: 0, missing: 0, uncertain: expect.any(Number) };
			expect(rounds).toEqual(rounds.map(() => none));
		});
	});
}
