import type { HttpAnswer } from './http';

/** How exact the header `Date` is, in ms. */
const HEADER_MS = 1_000;

/** Beyond this difference, in ms, a date says nothing about the clock. */
const MAX_DIFFERENCE_MS = 3_600_000;

/**
 * Knows how far SendPilot's clock is from that of this machine, by the header `Date` of its answers. Each answer
 * narrows it down, because the header was made between the request and the answer. As long as both clocks can be
 * right, they are taken for it: the header is far less exact.
 */
export class ServerClock {
	private minOffset = -Infinity;
	private maxOffset = Infinity;

	/**
	 * @param askedAt when the request began, in Unix ms of this machine
	 * @param answeredAt the same for when its answer was there
	 */
	note({ headers }: HttpAnswer, askedAt: number, answeredAt: number): void {
		const date = Date.parse(String(headers.date));
		// No clock is that wrong by itself.
		if (Number.isNaN(date) || Math.abs(date - answeredAt) > MAX_DIFFERENCE_MS) return;
		this.minOffset = Math.max(this.minOffset, date - answeredAt);
		this.maxOffset = Math.min(this.maxOffset, date + HEADER_MS - askedAt);
		// One of the clocks was set.
		if (this.minOffset > this.maxOffset) {
			this.minOffset = date - answeredAt;
			this.maxOffset = date + HEADER_MS - askedAt;
		}
	}

	/**
	 * @param time Unix ms of this machine
	 * @returns between which times of SendPilot that is, in Unix ms
	 */
	at(time: number): { earliest: number; latest: number } {
		const isEqual = this.minOffset <= 0 && this.maxOffset >= 0;
		return isEqual
			? { earliest: time, latest: time }
			: { earliest: time + this.minOffset, latest: time + this.maxOffset };
	}
}
