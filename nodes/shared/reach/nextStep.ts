import type { Failure } from './outcome';
import type { Words } from './words';

/**
 * Where a failure is shown. This decides what is safe to do next:
 * - `tool`: to an AI agent, which can call the node again
 * - `item`: on an item, while the execution goes on; other people may have been messaged
 * - `runAfterSending`, `runWithoutSending`: as the error that ends the execution, which has messaged other
 *   people, or may have; or has not
 * - `subWorkflow`: as the error that ends the execution of a sub-workflow. The workflow that called it shows
 *   the same error, but retrying that one would run the whole sub-workflow again.
 */
export type Situation = 'tool' | 'item' | 'runAfterSending' | 'runWithoutSending' | 'subWorkflow';

/** The entry of n8n's menu that retries an execution with the workflow as it is now. */
const RETRY_SAVED = '"Retry with currently saved workflow"';

/** Not plain Continue, which would pass the item on to the next node as if it had been sent. */
const SKIP = `set On Error to "Continue (using error output)" in the node's Settings, leave that output unconnected, save, and choose ${RETRY_SAVED}`;

const WAIT = 'Wait a few minutes.';

/** What to do, by situation. */
type Steps = Record<Situation, string>;

/**
 * Says what to do next. Anyone who does just that reaches nobody twice.
 *
 * @returns whole sentences
 */
export function nextStep(
	{ delivery, reason, fix }: Failure,
	situation: Situation,
	words: Words,
): string {
	if (delivery === 'uncertain') return `${uncertain(words)[situation]} ${fix}`.trim();
	const then = reason === 'notFirstDegree' ? notConnected(words) : notSent(words);
	return `${fix || WAIT} ${then[situation]}`;
}

function uncertain(words: Words): Steps {
	const { whereToCheck, toolCheck, changed, ifThere, ifNotThere } = words;
	const { neverRerun, neverRerunCaller } = words;
	const sendAlone = `Check ${whereToCheck} ${ifThere} ${ifNotThere} to this person alone: in a new execution without other items, with Safety → Repeats set to Send Again. Set that back afterwards.`;
	return {
		tool: `Do not send it again, not even ${changed}. Tell the user to check ${toolCheck}`,
		item: sendAlone,
		runAfterSending: `${sendAlone} To send the remaining items, ${SKIP} for this execution. ${neverRerun}`,
		runWithoutSending: sendAlone,
		subWorkflow: `${sendAlone} To send the remaining items, ${SKIP} for the failed execution of this sub-workflow. ${neverRerunCaller}`,
	};
}

function notSent({ noun, Noun, done, neverRerun, neverRerunCaller }: Words): Steps {
	const retryHow = `press Retry: nobody who was ${done} is ${done} again. If you changed the workflow, choose ${RETRY_SAVED}. A retry uses the same items: to go on without this one, ${SKIP}.`;
	return {
		tool: `This ${noun} was not sent, so it is safe to call this tool again once that is fixed. Do not guess who the recipient is: if you are not sure, ask the user.`,
		item: `Then run the workflow again with only the items whose error starts with "${Noun} not sent": the others were sent, or may have been.`,
		runAfterSending: `Then open this execution under Executions and ${retryHow} ${neverRerun}`,
		runWithoutSending: `This node has sent nothing in this execution, so it is safe to run the workflow again, unless another part of it, such as a sub-workflow, sends ${noun}s too.`,
		subWorkflow: `Then open the failed execution of this sub-workflow under Executions and ${retryHow} ${neverRerunCaller}`,
	};
}

/** For a recipient who has to accept an invitation first, and would get the message there and here. */
function notConnected({ neverRerun, neverRerunCaller }: Words): Steps {
	return {
		tool: 'This message was not sent. Calling this tool again does not help until this person has accepted.',
		item: 'If you do that, leave this person out here: otherwise they get the message twice.',
		runAfterSending: `If you do that, leave this person out here. To send the remaining items, ${SKIP} for this execution. ${neverRerun}`,
		runWithoutSending:
			'If you do that, leave this person out here. This node has sent nothing in this execution, so it is safe to run the workflow again without this person, unless another part of it, such as a sub-workflow, sends messages too.',
		subWorkflow: `If you do that, leave this person out here. To send the remaining items, ${SKIP} for the failed execution of this sub-workflow. ${neverRerunCaller}`,
	};
}
