import type { Failure } from './outcome';
import { SKIP } from './peopleSteps';
import { MESSAGE_WORDS } from './peopleWords';
import type { Situation, Steps, Words } from './words';

const WAIT = 'Wait a few minutes.';

/**
 * Says what to do next. Anyone who does just that does nothing twice.
 *
 * @returns whole sentences
 */
export function nextStep(
	{ delivery, reason, fix }: Failure,
	situation: Situation,
	words: Words,
): string {
	if (delivery === 'uncertain') return `${words.uncertain[situation]} ${fix}`.trim();
	const then = reason === 'notFirstDegree' ? NOT_CONNECTED : words.notSent;
	return `${fix || WAIT} ${then[situation]}`;
}

/** For a recipient who has to accept an invitation first, and would get the message there and here. */
const NOT_CONNECTED: Steps = {
	tool: 'This message was not sent. Calling this tool again does not help until this person has accepted.',
	item: 'If you do that, leave this person out here: otherwise they get the message twice.',
	runAfterSending: `If you do that, leave this person out here. To send the remaining items, ${SKIP} for this execution. ${MESSAGE_WORDS.neverRerun}`,
	runWithoutSending:
		'If you do that, leave this person out here. This node has sent nothing in this execution, so it is safe to run the workflow again without this person, unless another part of it, such as a sub-workflow, sends messages too.',
	subWorkflow: `If you do that, leave this person out here. To send the remaining items, ${SKIP} for the failed execution of this sub-workflow. ${MESSAGE_WORDS.neverRerunCaller}`,
};
