import type { Delivery, DeliveryProblem } from '../../../sendpilot/delivery';

/**
 * Knows which senders have had their turn in this run: after a daily quota or a rate limit that
 * outlasts the retries, no further call is made for that sender, and after a refused API key for none.
 */
export class BlockedSenders {
	private readonly ended = new Map<string | undefined, DeliveryProblem>();
	private endOfAll: DeliveryProblem | undefined;

	/**
	 * @param senderId undefined where SendPilot chooses the sender
	 * @returns why nothing may be sent by this sender any more, or undefined where it may
	 */
	refusal(senderId: string | undefined): DeliveryProblem | undefined {
		const problem = this.endOfAll ?? this.ended.get(senderId);
		return problem && { ...problem, inherited: true };
	}

	/** To be told of every delivery of the run. */
	note(delivery: Delivery): void {
		if (delivery.outcome !== 'notSent') return;
		const { problem } = delivery;
		if (problem.reason === 'unauthorized') this.endOfAll ??= problem;
		const isLimit = problem.reason === 'dailyQuota' || problem.reason === 'rateLimited';
		if (isLimit && !this.ended.has(problem.senderId)) this.ended.set(problem.senderId, problem);
	}
}
