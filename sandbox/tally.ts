/** The key for all senders together, besides the id of each. */
const EVERYONE = Symbol('every sender');

/** Counts what is in progress at the same time, for each sender, and remembers the maximum. */
export class Tally {
	private readonly inProgress = new Map<string | symbol, number>();
	private readonly most = new Map<string | symbol, number>();

	/** @returns a function to call once at the end */
	begin(senderId: string | undefined): () => void {
		const counted = senderId === undefined ? [EVERYONE] : [EVERYONE, senderId];
		for (const one of counted) {
			const now = this.add(one, 1);
			this.most.set(one, Math.max(now, this.peakOf(one)));
		}
		return () => counted.forEach((one) => this.add(one, -1));
	}

	/** @returns the maximum at the same time, in total or for one sender */
	peak(senderId?: string): number {
		return this.peakOf(senderId ?? EVERYONE);
	}

	private peakOf(one: string | symbol): number {
		return this.most.get(one) ?? 0;
	}

	private add(one: string | symbol, step: number): number {
		const now = (this.inProgress.get(one) ?? 0) + step;
		this.inProgress.set(one, now);
		return now;
	}
}
