import type { KeyState } from './texts';

/** What to do with a message that this node has sent before. */
export type Repeats = 'skipSameMessage' | 'skipSamePerson' | 'sendAgain';

/** What the history knows of a message. */
export interface Known {
	/** This execution, with its retries, has sent this person this text. */
	inExecution: KeyState;
	/** Among the messages that this execution has sent this person, this one's place is taken. */
	place: KeyState;
	/** This execution has sent what was at this position among its items for this person. */
	position: KeyState;
	/** This person was sent this text. */
	message: KeyState;
	/** This person was sent something. */
	person: KeyState;
	/** For sub-workflows and tools: the main execution, with its retries, has messaged this person. */
	root: KeyState;
	/** For the same: the current attempt at the main execution has. */
	attempt: KeyState;
}

/** Of a message that the history has never met. */
export const NOTHING_KNOWN: Known = {
	inExecution: 'absent',
	place: 'absent',
	position: 'absent',
	message: 'absent',
	person: 'absent',
	root: 'absent',
	attempt: 'absent',
};

/** What decides, beside what is known. */
export interface Circumstances {
	repeats: Repeats;
	/** Whether the run may repeat an execution that it cannot identify. */
	isLost: boolean;
	/** Whether it cannot be told which of several messages to this person were sent. */
	isAmbiguous: boolean;
}

/**
 * What to do with a message:
 * - `send` it
 * - `skip` it: it was sent
 * - `skipReworded`: this execution has sent the person another text, which it must be a rewording of
 * - `check`: it is uncertain, and must not be sent before somebody has checked
 */
export type Verdict = 'send' | 'skip' | 'skipReworded' | 'check';

/** Decides whether a message may be sent. */
export function decide(
	{ inExecution, place, position, message, person, root, attempt }: Known,
	{ repeats, isLost, isAmbiguous }: Circumstances,
): Verdict {
	const isSkipping = repeats !== 'sendAgain';
	if (inExecution !== 'absent') return inExecution === 'settled' ? 'skip' : 'check';
	if (isSkipping && message === 'settled') return 'skip';
	const isReworded = place === 'settled' && position === 'settled';
	if (isReworded && !isAmbiguous) return 'skipReworded';
	if (place !== 'absent' || position !== 'absent') return 'check';

	if (repeats === 'skipSamePerson' && person === 'settled') return 'skip';
	if (isSkipping && (message === 'open' || person === 'open')) return 'check';

	// The run may be a repetition, and the message one that was sent in other words.
	if (attempt === 'open') return 'check';
	const isFromEarlierAttempt = root !== 'absent' && attempt === 'absent';
	return isFromEarlierAttempt || (isLost && person !== 'absent') ? 'check' : 'send';
}
