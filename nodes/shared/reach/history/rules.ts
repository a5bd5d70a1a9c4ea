import type { KeyState } from './store';

/** What to do with a message that this node has sent before. */
export type Repeats = 'skipSameMessage' | 'skipSamePerson' | 'sendAgain';

/** What the history knows of a message. */
export interface Known {
	/** This execution, with its retries, has messaged this person, at the same place in its order. */
	execution: KeyState;
	/** This person was sent this text. */
	message: KeyState;
	/** This person was sent something. */
	person: KeyState;
	/** For sub-workflows and tools: the main execution, with its retries, has messaged this person. */
	root: KeyState;
	/** For the same: the current attempt at the main execution has. */
	attempt: KeyState;
}

/** What to do with a message; `uncertain` ones must not be sent before somebody has checked. */
export type Verdict = 'send' | 'skip' | 'uncertain';

/** What decides, beside what is known. */
export interface Circumstances {
	repeats: Repeats;
	/** Whether the run may repeat an execution that it cannot identify. */
	isLost: boolean;
	/** Whether the run has several messages to this person: then their order may have changed. */
	isOneOfSeveral: boolean;
	/** Whether it has changed, or their texts have, so that nothing says which of them were sent. */
	isReordered: boolean;
}

/**
 * Decides whether a message may be sent.
 *
 * @returns `skip` only for a person who has certainly been messaged
 */
export function decide(known: Known, circumstances: Circumstances): Verdict {
	const { repeats, isLost, isOneOfSeveral, isReordered } = circumstances;
	if (known.execution === 'settled') {
		return isOneOfSeveral && known.message !== 'settled' ? 'uncertain' : 'skip';
	}
	if (known.execution === 'open') return 'uncertain';
	const same: KeyState[] = {
		skipSameMessage: [known.message],
		skipSamePerson: [known.message, known.person],
		sendAgain: [],
	}[repeats];
	if (same.includes('settled')) return 'skip';
	if (same.includes('open') || isReordered) return 'uncertain';
	// Nothing says whether this is the interrupted message, written anew, or one more to the same person.
	if (known.attempt === 'open') return 'uncertain';
	const isFromEarlierAttempt = known.root !== 'absent' && known.attempt === 'absent';
	if (isFromEarlierAttempt || (isLost && known.person !== 'absent')) return 'uncertain';
	return 'send';
}

/**
 * Whether the messages to one person are not those of earlier tries, or in another order.
 *
 * @param messages all that a retry has for this person
 */
export function areReordered(messages: readonly Known[], repeats: Repeats): boolean {
	return messages.some(
		(known) =>
			hasOtherText(known) ||
			// An earlier execution may have sent this text, or this one at another place.
			(repeats === 'sendAgain' && known.execution === 'absent' && known.message !== 'absent'),
	);
}

/** Whether what this execution sent, or may have sent, at the place of a message was another text. */
export function hasOtherText({ execution, message }: Known): boolean {
	return execution !== 'absent' && message === 'absent';
}
