/** Stands for all senders together, beside the id of each. */
const EVERYONE = Symbol('every sender');

/** Counts what is under way at one time, for each sender, and remembers the most there ever was. */
export class Tally {
	private readonly underWay = new Map<string | symbol, number>();
	private readonly most = new Map<string | symbol, number>();

	/** @returns what to call at the end, once */
	begin(senderId: string | undefined): () => void {
		const counted = senderId === undefined ? [EVERYONE] : [EVERYONE, senderId];
		for (const one of counted) {
			const now = this.add(one, 1);
			this.most.set(one, Math.max(now, this.peakOf(one)));
		}
		return () => counted.forEach((one) => this.add(one, -1));
	}

	/** @returns the most at one time, altogether or for one sender */
	peak(senderId?: string): number {
		return this.peakOf(senderId ?? EVERYONE);
	}

	private peakOf(one: string | symbol): number {
		return this.most.get(one) ?? 0;
	}

	private add(one: string | symbol, step: number): number {
		const now = (this.underWay.get(one) ?? 0) + step;
		this.underWay.set(one, now);
		return now;
	}
}
