import { NodeOperationError, type INode, type NodeApiError } from 'n8n-workflow';
import type { Delivery, SentMessage } from '../../../sendpilot/delivery';
import { apiError } from '../apiError';
import { problemText } from '../problemText';

/** Why an item brought no message out, or may not have, in words for the user. */
export interface Failure {
	/** Whether it is certain that the message stayed here. */
	delivery: 'notSent' | 'uncertain';
	/** One word for workflows to branch on; the reasons of `sendpilot/problem.ts`, or one of ours. */
	reason: string;
	/** What happened, and whether the message went out. */
	message: string;
	/** What to do next. */
	description: string;
	httpStatus?: number;
}

/** What became of one item. */
export type Outcome = { sent: SentMessage } | { failure: Failure };

/** What to do where nobody knows whether a message went out. */
export const UNCERTAIN_ADVICE =
	"It is unknown whether the message went out, so n8n does not send it again by itself. Look into the conversation with this person, on LinkedIn or in SendPilot's inbox. If the message is not there, send it in a new execution.";

const RUN_AGAIN = 'Run it again in a few minutes.';

/** Turns a delivery into the outcome of its item. */
export function outcomeOf(delivery: Delivery): Outcome {
	if (delivery.outcome === 'sent') return { sent: delivery.message };
	const { outcome, problem } = delivery;
	const { what, next } = problemText(problem);
	const isUncertain = outcome === 'uncertain';
	return {
		failure: {
			delivery: outcome,
			reason: problem.reason,
			message: `${isUncertain ? 'Message may have been sent' : 'Message not sent'}: ${circumstance(problem)}${what}`,
			description: isUncertain ? `${UNCERTAIN_ADVICE} ${next}`.trim() : next || RUN_AGAIN,
			...(problem.status === undefined ? {} : { httpStatus: problem.status }),
		},
	};
}

function circumstance({ inherited, step, reason }: Problem): string {
	if (inherited) return 'An earlier message of this run met a problem that concerns this one too. ';
	return step === 'readLead' && !reason.startsWith('leadWithout')
		? 'The lead could not be read. '
		: '';
}

type Problem = Extract<Delivery, { problem: unknown }>['problem'];

/**
 * The outcome of an item that was not even tried, because of something in the workflow or credential.
 *
 * @param what what is wrong, without a full stop
 * @param next what to do, in whole sentences
 */
export function notTried(reason: string, what: string, next: string): { failure: Failure } {
	const message = `Message not sent: ${what}`;
	return { failure: { delivery: 'notSent', reason, message, description: next || RUN_AGAIN } };
}

/** Reasons that were found in the workflow itself, before SendPilot was asked. */
const OWN_REASONS: ReadonlySet<string> = new Set(['invalidInput', 'notConnected']);

/**
 * The failure of an item as n8n's error, for a node that stops at it.
 *
 * @param summary what became of the other items, in whole sentences
 */
export function errorOf(
	node: INode,
	{ reason, message, description, httpStatus }: Failure,
	itemIndex: number,
	summary: string,
): NodeApiError | NodeOperationError {
	const next = `${description} ${summary}`.trim();
	if (OWN_REASONS.has(reason)) {
		return new NodeOperationError(node, message, { description: next, itemIndex });
	}
	return apiError(node, { message, description: next, httpStatus, itemIndex });
}
