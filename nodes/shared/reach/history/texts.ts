import { randomUUID } from 'crypto';

/** What the store knows under a key; see `sendHistory.ts`. */
export type KeyState = 'absent' | 'open' | 'settled';

/** Recorded when the row is empty: as long as it is there, nothing was ever dropped. */
export const EMPTY = 'empty';

/** A day, in ms. */
export const DAY_MS = 86_400_000;

/** @returns the day of a time in Unix ms, in ISO 8601 */
export function dayOf(time: number): string {
	return new Date(time).toISOString().slice(0, 10);
}

/**
 * @param time in Unix ms
 * @returns what is recorded once a day: as long as it is there, nothing recorded later was dropped
 */
export function markOf(time: number): string {
	return `day ${dayOf(time)}`;
}

/** @returns the part of a key that stays once it is settled */
export function known(key: string): string {
	return key;
}

/** @returns the part of a key that is there until it is settled */
export function open(key: string): string {
	return `open ${key}`;
}

/** @returns the older part first: a full row must not drop `open` and keep `known`, which would read as sent */
export function textsOf(key: string): string[] {
	return [known(key), open(key)];
}

/** @returns `known` of a key for `open`, and the other way round */
export function otherPartOf(text: string): string {
	return text.startsWith(open('')) ? text.slice(open('').length) : open(text);
}

/** @returns a text that no other write records: as long as it is there, no other process has overwritten that one */
export function newStamp(): string {
	return `written ${randomUUID()}`;
}
