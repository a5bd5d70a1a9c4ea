import { BlockedSenders } from '../../../nodes/shared/reach/blockedSenders';
import type { Delivery, DeliveryProblem } from '../../../sendpilot/delivery';
import { PROBLEM_REASONS, type ProblemReason } from '../../../sendpilot/problem';

/** The reasons after which a sender sends nothing more. */
const BLOCKING = ['dailyQuota', 'rateLimited', 'unauthorized'] as const;

const problem = (reason: ProblemReason, senderId?: string): DeliveryProblem => ({
	reason,
	step: 'send',
	said: ['Said'],
	...(senderId ? { senderId } : {}),
});
const notSent = (reason: ProblemReason, senderId?: string): Delivery => ({
	outcome: 'notSent',
	problem: problem(reason, senderId),
});

/** Which of the senders may send no more after a delivery; `auto` is the one that SendPilot chooses. */
function endedAfter(...deliveries: Delivery[]) {
	const blocked = new BlockedSenders();
	for (const delivery of deliveries) blocked.note(delivery);
	return ['alex', 'bianca', 'auto'].filter((name) =>
		blocked.refusal(name === 'auto' ? undefined : name),
	);
}

describe('a sender', () => {
	it.each(['dailyQuota', 'rateLimited'] as const)('is blocked by %s, and no other is', (reason) => {
		expect(endedAfter(notSent(reason, 'alex'))).toEqual(['alex']);
		expect(endedAfter(notSent(reason))).toEqual(['auto']);
		expect(endedAfter(notSent(reason, 'alex'), notSent(reason, 'bianca'))).toEqual([
			'alex',
			'bianca',
		]);
	});

	it('is blocked by a refused API key, like all others', () => {
		expect(endedAfter(notSent('unauthorized', 'alex'))).toEqual(['alex', 'bianca', 'auto']);
	});

	it.each(
		PROBLEM_REASONS.filter((reason) => !(BLOCKING as readonly ProblemReason[]).includes(reason)),
	)('goes on after %s', (reason) => {
		expect(endedAfter(notSent(reason, 'alex'))).toEqual([]);
	});

	it('is not blocked by a message that went out, or may have', () => {
		expect(
			endedAfter({ outcome: 'uncertain', problem: problem('serverError', 'alex') }, {
				outcome: 'sent',
			} as Delivery),
		).toEqual([]);
	});

	it('is blocked for the reason that another message met, marked as such', () => {
		const blocked = new BlockedSenders();
		blocked.note(notSent('rateLimited', 'alex'));
		blocked.note(notSent('dailyQuota', 'alex'));
		expect(blocked.refusal('alex')).toEqual({ ...problem('rateLimited', 'alex'), inherited: true });
	});
});
