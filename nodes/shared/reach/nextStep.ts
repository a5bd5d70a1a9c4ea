import type { Failure } from './outcome';

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

const CHECK_CONVERSATION =
	"Check the conversation with this person in a few minutes, on LinkedIn or in SendPilot's inbox: the message may still arrive.";

/** Repeats skips only what is the same, and only if it is not set to Send Again. */
const NEVER_RERUN =
	'Do not run the whole workflow again if texts have changed: people with a changed text would get a second message.';

const NEVER_RERUN_CALLER =
	'Do not run or retry the workflow that called it: people with a changed text could get a second message.';

/** Not plain Continue, which would pass the item on to the next node as if it had been sent. */
const SKIP = `set On Error to "Continue (using error output)" in the node's Settings, leave that output unconnected, save, and choose ${RETRY_SAVED}`;

const RETRY_HOW = `press Retry: nobody who was messaged is messaged again. If you changed the workflow, choose ${RETRY_SAVED}. A retry uses the same items: to go on without this one, ${SKIP}.`;

const WAIT = 'Wait a few minutes.';

/**
 * Says what to do next. Anyone who does just that messages nobody twice.
 *
 * @returns whole sentences
 */
export function nextStep({ delivery, reason, fix }: Failure, situation: Situation): string {
	if (delivery === 'uncertain') return `${UNCERTAIN[situation]} ${fix}`.trim();
	const then = reason === 'notFirstDegree' ? NOT_CONNECTED : NOT_SENT;
	return `${fix || WAIT} ${then[situation]}`;
}

const SEND_ALONE = `${CHECK_CONVERSATION} If the message is there, leave this person out. Only if the message is not there, not even with another text, send it to this person alone: in a new execution without other items, with Safety → Repeats set to Send Again. Set that back afterwards.`;

const UNCERTAIN: Record<Situation, string> = {
	tool: "Do not send it again, not even reworded. Tell the user to check the conversation with this person in a few minutes, on LinkedIn or in SendPilot's inbox.",
	item: SEND_ALONE,
	runAfterSending: `${SEND_ALONE} To send the remaining items, ${SKIP} for this execution. ${NEVER_RERUN}`,
	runWithoutSending: SEND_ALONE,
	subWorkflow: `${SEND_ALONE} To send the remaining items, ${SKIP} for the failed execution of this sub-workflow. ${NEVER_RERUN_CALLER}`,
};

const NOT_SENT: Record<Situation, string> = {
	tool: 'This message was not sent, so it is safe to call this tool again once that is fixed. Do not guess who the recipient is: if you are not sure, ask the user.',
	item: 'Then run the workflow again with only the items whose error starts with "Message not sent": the others were sent, or may have been.',
	runAfterSending: `Then open this execution under Executions and ${RETRY_HOW} ${NEVER_RERUN}`,
	runWithoutSending:
		'This node has sent nothing in this execution, so it is safe to run the workflow again, unless another part of it, such as a sub-workflow, sends messages too.',
	subWorkflow: `Then open the failed execution of this sub-workflow under Executions and ${RETRY_HOW} ${NEVER_RERUN_CALLER}`,
};

/** A recipient who has to accept an invitation first, and would get the message there and here. */
const NOT_CONNECTED: Record<Situation, string> = {
	tool: 'This message was not sent. Calling this tool again does not help until this person has accepted.',
	item: 'If you do that, leave this person out here: otherwise they get the message twice.',
	runAfterSending: `If you do that, leave this person out here. To send the remaining items, ${SKIP} for this execution. ${NEVER_RERUN}`,
	runWithoutSending:
		'If you do that, leave this person out here. This node has sent nothing in this execution, so it is safe to run the workflow again without this person, unless another part of it, such as a sub-workflow, sends messages too.',
	subWorkflow: `If you do that, leave this person out here. To send the remaining items, ${SKIP} for the failed execution of this sub-workflow. ${NEVER_RERUN_CALLER}`,
};
