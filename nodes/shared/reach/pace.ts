import { AUTOMATIC_SENDER } from '../locators';
import type { ReachSettings } from './settings';

/** When each sender last sent, in Unix ms. Plain JSON, kept with the execution. */
export type LastSent = Record<string, number>;

/**
 * Spaces out the messages of one sender, across the tries and loops of an execution. A message whose
 * sender SendPilot chooses may be any sender's, so it keeps its distance from all of them.
 */
export class Pace {
	/** @param lastSent what earlier tries left, empty at the first one; changed in place */
	constructor(
		private readonly lastSent: LastSent,
		private readonly settings: Pick<ReachSettings, 'minDelayMs' | 'maxDelayMs'>,
		private readonly random: () => number = Math.random,
	) {}

	/**
	 * @param senderId undefined if SendPilot chooses the sender
	 * @param now Unix time in ms
	 * @returns how long to wait before this sender's next message, in ms
	 */
	delayBefore(senderId: string | undefined, now: number): number {
		const { minDelayMs, maxDelayMs } = this.settings;
		const delay = minDelayMs + this.random() * (maxDelayMs - minDelayMs);
		const known =
			senderId === undefined
				? Object.values(this.lastSent)
				: [this.lastSent[senderId], this.lastSent[AUTOMATIC_SENDER]];
		const last = Math.max(...known.filter((time) => time !== undefined), -Infinity);
		return Math.min(delay, Math.max(0, last + delay - now));
	}

	/** Call this for each message that went out, or may have. */
	note(senderId: string | undefined, now: number): void {
		this.lastSent[senderId ?? AUTOMATIC_SENDER] = now;
	}
}
