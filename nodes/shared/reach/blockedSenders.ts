import type { Delivery, DeliveryProblem } from '../../../sendpilot/delivery';
import type { Problem } from '../../../sendpilot/problem';

/**
 * Knows which senders must not send any more in this run: one that has reached its daily limit or a rate
 * limit that outlasts the retries, and all of them once SendPilot has refused the API key.
 */
export class BlockedSenders {
	private readonly ended = new Map<string | undefined, DeliveryProblem>();
	private endOfAll: DeliveryProblem | undefined;

	/**
	 * @param senderId undefined if SendPilot chooses the sender
	 * @returns why this sender must not send, or undefined if it may
	 */
	refusal(senderId: string | undefined): DeliveryProblem | undefined {
		return this.endOfAll ?? this.ended.get(senderId);
	}

	/** Call this with every delivery of the run. */
	note(delivery: Delivery): void {
		if (delivery.outcome !== 'notSent') return;
		const { problem } = delivery;
		const inherited = { ...problem, inherited: true };
		if (problem.reason === 'unauthorized') this.endOfAll ??= inherited;
		const isLimit = problem.reason === 'dailyQuota' || problem.reason === 'rateLimited';
		if (isLimit && !this.ended.has(problem.senderId)) this.ended.set(problem.senderId, inherited);
	}

	/** Call this with a problem that was met before the first delivery. */
	blockAll(problem: Problem): void {
		this.endOfAll ??= { ...problem, step: 'send' };
	}
}
