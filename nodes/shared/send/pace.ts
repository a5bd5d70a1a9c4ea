import { AUTOMATIC_SENDER } from '../locators';
import type { SendSettings } from './settings';

/** When each sender last sent, in Unix ms. Plain JSON, kept with the execution. */
export type LastSent = Record<string, number>;

/**
 * Keeps messages of one sender apart, over the tries and loops of an execution too. A message whose
 * sender is left to SendPilot may be anybody's, so that it keeps its distance from all.
 */
export class Pace {
	/** @param lastSent what earlier tries left, empty at the first one; changed in place */
	constructor(
		private readonly lastSent: LastSent,
		private readonly settings: Pick<SendSettings, 'minPauseMs' | 'maxPauseMs'>,
		private readonly random: () => number = Math.random,
	) {}

	/**
	 * @param senderId undefined where SendPilot chooses the sender
	 * @param now Unix time in ms
	 * @returns how long to wait before this sender's next message, in ms
	 */
	pauseBefore(senderId: string | undefined, now: number): number {
		const { minPauseMs, maxPauseMs } = this.settings;
		const pause = minPauseMs + this.random() * (maxPauseMs - minPauseMs);
		const known =
			senderId === undefined
				? Object.values(this.lastSent)
				: [this.lastSent[senderId], this.lastSent[AUTOMATIC_SENDER]];
		const last = Math.max(...known.filter((time) => time !== undefined), -Infinity);
		return Math.min(pause, Math.max(0, last + pause - now));
	}

	/** To be told of each message that went out, or may have. */
	note(senderId: string | undefined, now: number): void {
		this.lastSent[senderId ?? AUTOMATIC_SENDER] = now;
	}
}
