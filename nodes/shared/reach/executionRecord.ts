import type { IExecuteFunctions } from 'n8n-workflow';

/** The key in the data that all nodes of an execution share, over loops and tries. */
const MAY_HAVE_SENT = 'sendPilotMayHaveSent';

/** Call this once a message went out, or may have. */
export function noteSending(context: IExecuteFunctions): void {
	context.getContext('flow')[MAY_HAVE_SENT] = true;
}

/**
 * Whether this execution has sent anything, or may have, with this node or another of ours. The retry of a
 * crashed execution does not know what that one sent, so a retry always may have.
 */
export function mayHaveSent(context: IExecuteFunctions): boolean {
	return context.getMode() === 'retry' || context.getContext('flow')[MAY_HAVE_SENT] === true;
}

/** Whether another workflow called this one. */
export function isSubWorkflow(context: IExecuteFunctions): boolean {
	return context.getMode() === 'integrated';
}

/**
 * Whether an AI agent calls the node. n8n makes a tool of a node by adding to its type's name; its own
 * `isToolExecution` is false when an agent of n8n 2.x calls.
 */
export function isTool(context: IExecuteFunctions): boolean {
	return context.getNode().type.endsWith('Tool');
}
