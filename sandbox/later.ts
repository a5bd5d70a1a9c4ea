import { z } from 'zod';

/** Checks after how many messages that went out, in total, something happens; 0 is now. */
export const afterDeliveries = z.number().int().min(0).default(0);

/** What happens only once enough messages have gone out, as it does in the middle of a run. */
export class Later {
	private waiting: Array<{ deliveries: number; happen: () => void }> = [];

	/**
	 * @param delivered returns how many messages went out
	 * @param log receives what failed when it was due, as nobody waits for it
	 */
	constructor(
		private readonly delivered: () => number,
		private readonly log: (line: string) => void,
	) {}

	/** Does something once so many messages have gone out: now, if they have. */
	after(deliveries: number, happen: () => void): void {
		if (deliveries <= this.delivered()) happen();
		else this.waiting.push({ deliveries, happen });
	}

	/** Does what is due; to be called after each message that went out. */
	continue(): void {
		const isDue = ({ deliveries }: { deliveries: number }) => deliveries <= this.delivered();
		const due = this.waiting.filter(isDue);
		this.waiting = this.waiting.filter((one) => !isDue(one));
		for (const { deliveries, happen } of due) {
			try {
				happen();
			} catch (error) {
				this.log(`after ${deliveries} messages: ${(error as Error).message}`);
			}
		}
	}

	/** Forgets what is not due yet. */
	reset(): void {
		this.waiting = [];
	}
}
