import type { PeopleTerms, PeopleWords, Steps } from './words';

/** The entry of n8n's menu that retries an execution with the workflow as it is now. */
export const RETRY_SAVED = '"Retry with currently saved workflow"';

/** Not plain Continue, which would pass the item on to the next node as if it had been sent. */
export const SKIP = `set On Error to "Continue (using error output)" in the node's Settings, leave that output unconnected, save, and choose ${RETRY_SAVED}`;

/** Makes the words for what reaches a person. */
export function peopleWords(terms: PeopleTerms): PeopleWords {
	const { verb, done, changed, place } = terms;
	return {
		...terms,
		did: 'sent',
		uncertain: uncertain(terms),
		notSent: notSent(terms),
		notAgain: `Do not send it again, not even ${changed}, before somebody has checked the ${place}`,
		skipped: (count, all) =>
			`${count} of ${all} not sent again: this node has already ${done} ${count === 1 ? 'this person' : 'these people'}. Test runs count too. To ${verb} them again on purpose, run only these people with Safety → Repeats set to Send Again, and set it back afterwards.`,
	};
}

function uncertain(words: PeopleTerms): Steps {
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

function notSent({ noun, Noun, done, neverRerun, neverRerunCaller }: PeopleTerms): Steps {
	const retryHow = `press Retry: nobody who was ${done} is ${done} again. If you changed the workflow, choose ${RETRY_SAVED}. A retry uses the same items: to go on without this one, ${SKIP}.`;
	return {
		tool: `This ${noun} was not sent, so it is safe to call this tool again once that is fixed. Do not guess who the recipient is: if you are not sure, ask the user.`,
		item: `Then run the workflow again with only the items whose error starts with "${Noun} not sent": the others were sent, or may have been.`,
		runAfterSending: `Then open this execution under Executions and ${retryHow} ${neverRerun}`,
		runWithoutSending: `This node has sent nothing in this execution, so it is safe to run the workflow again, unless another part of it, such as a sub-workflow, sends ${noun}s too.`,
		subWorkflow: `Then open the failed execution of this sub-workflow under Executions and ${retryHow} ${neverRerunCaller}`,
	};
}
