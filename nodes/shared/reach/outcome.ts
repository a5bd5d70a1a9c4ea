import type { Delivery, Sent } from '../../../sendpilot/delivery';
import { PROBLEM_REASONS } from '../../../sendpilot/problem';
import { explainProblem } from '../explainProblem';
import type { IDataObject } from 'n8n-workflow';
import type { Explanation } from '../explanation';
import { BLOCK_REASONS, isOnPurpose, type Block } from './safety/block';
import type { Words } from './words';

/**
 * Why an item was not sent, or may not have been: the problems of a call, something that keeps a person from being
 * reached, a field of the item that cannot be used (`invalidInput`), or a credential or option that cannot
 * (`invalidSetup`).
 */
export const FAILURE_REASONS = [
	...PROBLEM_REASONS,
	...BLOCK_REASONS,
	'invalidInput',
	'invalidSetup',
] as const;

/** See {@link FAILURE_REASONS}. Workflows branch on these words. */
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** What became of an item that was not sent, or may not have been. */
export interface Failure {
	/** `notSent` where it is certain that nothing went out. */
	delivery: 'notSent' | 'uncertain';
	reason: FailureReason;
	/** Whether the message went out, and what happened, without a full stop. */
	message: string;
	/** What to fix, in whole sentences; empty where there is nothing to fix. */
	fix: string;
	httpStatus?: number;
	/** What a workflow can use, such as the reply of a person who has replied. */
	facts?: IDataObject;
}

/** What became of one item. */
export type Outcome =
	| {
			sent: Sent;
			/** Whether it was skipped, because this node had sent it before. */
			alreadySent?: boolean;
			/** Whether there was nothing to send, as to a person who is connected already. */
			isNeedless?: boolean;
	  }
	| { failure: Failure }
	/** Left out on purpose, and no error. */
	| { leftOut: Failure }
	/** In a dry run. */
	| { wouldSend: true };

/** Turns a delivery into the outcome of its item. */
export function outcomeOf(delivery: Delivery, words: Words): Outcome {
	if (delivery.outcome === 'sent') {
		const { result: sent, alreadySent, isNeedless } = delivery;
		return { sent, ...(alreadySent && { alreadySent }), ...(isNeedless && { isNeedless }) };
	}
	const { outcome, problem } = delivery;
	const { looked } = problem;
	const { what, next } = explainProblem(problem, words.problems);
	const { Noun, did } = words;
	const opening = `${Noun} ${outcome === 'uncertain' ? 'may have been' : 'not'} ${did}`;
	return {
		failure: {
			delivery: outcome,
			reason: problem.reason,
			message: `${opening}: ${circumstance(problem, words)}${what}${looked ? `. ${looked}` : ''}`,
			fix: next,
			...(problem.status === undefined ? {} : { httpStatus: problem.status }),
		},
	};
}

function circumstance({ inherited, step, reason }: Problem, { noun }: Words): string {
	if (inherited) return `An earlier ${noun} failed for a reason that also applies here. `;
	return step === 'readLead' && !reason.startsWith('leadWithout')
		? 'The lead could not be read. '
		: '';
}

type Problem = Extract<Delivery, { problem: unknown }>['problem'];

/**
 * The outcome of an item whose person is not to be reached.
 *
 * @param outputsBlocked whether that is no error, if it is on purpose
 */
export function blockedOutcome(
	{ reason, what, next, facts }: Block,
	{ Noun, did }: Words,
	outputsBlocked: boolean,
): Outcome {
	const message = `${Noun} not ${did}: ${what}`;
	const failure: Failure = { delivery: 'notSent', reason, message, fix: next, facts };
	return outputsBlocked && isOnPurpose(reason) ? { leftOut: failure } : { failure };
}

/** The outcome of an item that was not tried, because of something in the workflow or credential. */
export function notTried(
	reason: 'invalidInput' | 'invalidSetup',
	{ what, next }: Explanation,
	{ Noun, did }: Words,
): { failure: Failure } {
	return {
		failure: { delivery: 'notSent', reason, message: `${Noun} not ${did}: ${what}`, fix: next },
	};
}
