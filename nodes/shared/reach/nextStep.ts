import type { Failure } from './outcome';
import { RETRY_SAVED, SKIP } from './peopleSteps';
import { MESSAGE_WORDS } from './peopleWords';
import { isOnPurpose } from './safety/block';
import type { PeopleWords, Situation, Steps, Words } from './words';

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
	if (isOnPurpose(reason)) return `${fix} ${leftOut(words as PeopleWords)[situation]}`.trim();
	const then = reason === 'notFirstDegree' ? NOT_CONNECTED : words.notSent;
	return `${fix || WAIT} ${then[situation]}`;
}

/** For people who are left out on purpose, so that only the others matter. */
function leftOut({ noun, neverRerun, neverRerunCaller }: PeopleWords): Steps {
	const goOn =
		'To go on with the remaining items, set Safety → Blocked Items to Output as Not Sent';
	return {
		tool: `This ${noun} was not sent, and calling this tool again does not change that. Tell the user.`,
		item: '',
		runAfterSending: `${goOn}, save, open this execution under Executions, and choose ${RETRY_SAVED}. ${neverRerun}`,
		runWithoutSending: `${goOn}. This node has sent nothing in this execution, so it is safe to run the workflow again, unless another part of it, such as a sub-workflow, sends ${noun}s too.`,
		subWorkflow: `${goOn}, save, open the failed execution of this sub-workflow under Executions, and choose ${RETRY_SAVED}. ${neverRerunCaller}`,
	};
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
