import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { apiError } from '../apiError';
import { errorItem } from '../failedItem';
import { itemsIn } from '../itemsIn';
import { isSubWorkflow, isTool } from './executionRecord';
import { nextStep } from './nextStep';
import type { Situation, Words } from './words';
import type { DryRun } from './dryRun';
import type { Failure, Outcome } from './outcome';

/** Outcomes by item; undefined for an item that was not tried, because the run stopped before it. */
type Outcomes = ReadonlyArray<Outcome | undefined>;

/**
 * Makes the node's output, one item for each input item. An item that failed carries `error` and `details`.
 *
 * @param includeInputFields whether an item that was sent keeps the fields and files of its input; others always do
 * @param dryRun says what would have been sent; undefined for a run in earnest
 */
export function toItems(
	context: IExecuteFunctions,
	outcomes: readonly Outcome[],
	words: Words,
	includeInputFields: boolean,
	dryRun?: DryRun,
): INodeExecutionData[] {
	const input = context.getInputData();
	const situation: Situation = isTool(context) ? 'tool' : 'item';
	return outcomes.map((outcome, index) => {
		if (!dryRun && 'failure' in outcome) {
			return errorItem(context, index, failureJson(outcome.failure, index, situation, words));
		}
		const result = dryRun
			? dryRun.preview(index, outcome)
			: resultOf(outcome as Finished, index, situation, words);
		const pairedItem = { item: index };
		// Whoever is left out has to be told apart, as on the error output.
		const keepsInput = includeInputFields || 'leftOut' in outcome;
		if (!keepsInput) return { json: result, pairedItem };
		const { json, binary } = input[index];
		return { json: withInput(result, json), ...(binary ? { binary } : {}), pairedItem };
	});
}

/** What is no error. */
type Finished = Extract<Outcome, { sent: unknown } | { leftOut: unknown }>;

function resultOf(
	outcome: Finished,
	index: number,
	situation: Situation,
	words: Words,
): IDataObject {
	if ('leftOut' in outcome) {
		const { error, details } = failureJson(outcome.leftOut, index, situation, words);
		// Nothing but `details` may cover a field of the input: the item may be sent later, text and all.
		return { success: false, details: { message: error, ...details } };
	}
	const { sent, alreadySent } = outcome;
	const { success, ...rest } = sent;
	return { success, ...(alreadySent && { alreadySent }), ...rest };
}

/**
 * Adds the fields of the input to a result. The result's own win, unless they are unknown. Leaves out
 * `error`, by which n8n recognises failed items, and `details`, by which workflows do.
 */
function withInput(sent: IDataObject, input: IDataObject): IDataObject {
	const kept = Object.entries(input).filter(([key]) => key !== 'error' && key !== 'details');
	const known = Object.entries(sent).filter(([, value]) => value !== null);
	return { ...sent, ...Object.fromEntries(kept), ...Object.fromEntries(known) };
}

/**
 * Says at the output what cannot be seen in it.
 *
 * @param isCleared whether Forget History has cleared the history in this execution
 * @param isListEmpty whether the Block List has nobody, perhaps by mistake
 * @param isDryRun whether nothing was sent
 */
export function addHints(
	context: IExecuteFunctions,
	outcomes: readonly Outcome[],
	words: Words,
	{ isCleared, isListEmpty, isDryRun }: Record<'isCleared' | 'isListEmpty' | 'isDryRun', boolean>,
): void {
	const hint = (message: string) => context.addExecutionHints({ message, location: 'outputPane' });
	const all = outcomes.length;
	if (isListEmpty) hint(EMPTY_LIST);
	if (isDryRun) {
		const count = outcomes.filter((outcome) => 'wouldSend' in outcome).length;
		hint(dryRunHint(count, all, words));
		return;
	}
	const skipped = outcomes.filter((outcome) => 'sent' in outcome && outcome.alreadySent).length;
	if (skipped > 0) hint(words.skipped(skipped, all));
	const needless = outcomes.filter((outcome) => fateOf(outcome) === 'notNeeded').length;
	if (needless > 0 && words.needless) hint(words.needless(needless, all));
	const isDone = outcomes.some((outcome) => fateOf(outcome) === 'sent');
	if (isDone && words.afterwards) hint(words.afterwards);
	if (isCleared) hint(FORGETS);
}

function dryRunHint(count: number, all: number, { noun, did }: Words): string {
	return `DRY RUN: nothing was ${did}, and no ${noun} left SendPilot. ${count} of ${all} would be ${did}; the others say why not. To send them, turn off Dry Run under Safety.`;
}

const EMPTY_LIST = 'The Block List has no entries, so it leaves out nobody.';

const FORGETS =
	'Forget History is on: from now on everybody counts as new, also people who are not in this list. Turn it off under Safety.';

function failureJson(failure: Failure, itemIndex: number, situation: Situation, words: Words) {
	const { delivery, reason, httpStatus, facts } = failure;
	return {
		error: messageFor(failure, situation, words),
		details: {
			delivery,
			reason,
			description: nextStep(failure, situation, words),
			...(httpStatus === undefined ? {} : { httpStatus }),
			...facts,
			itemIndex,
		},
	};
}

/**
 * The error of a run that stops. It is about the first item that failed, and says what became of the others,
 * because a failed run shows no output.
 *
 * @param hasSentBefore whether the execution had sent anything before this run, or may have
 */
export function runError(
	context: IExecuteFunctions,
	outcomes: Outcomes,
	words: Words,
	hasSentBefore: boolean,
): Error {
	const index = outcomes.findIndex((outcome) => outcome && 'failure' in outcome);
	const { failure } = outcomes[index] as { failure: Failure };
	const situation = situationOf(context, outcomes, hasSentBefore);
	const isOnlyItem = outcomes.length === 1;
	// Earlier runs in a loop, and other nodes, are not counted.
	const scope = hasSentBefore ? ' in this run' : '';
	const shown = {
		message: [
			messageFor(failure, situation, words),
			isOnlyItem ? '' : `${tally(outcomes, scope, words)}.`,
		]
			.filter((part) => part !== '')
			.join(situation === 'tool' ? ' ' : '. '),
		description: [
			isOnlyItem ? '' : `${listing(outcomes, scope, words)}.`,
			nextStep(failure, situation, words),
		]
			.join(' ')
			.trim(),
		itemIndex: index,
	};
	const node = context.getNode();
	if (failure.reason === 'invalidInput' || failure.reason === 'invalidSetup') {
		const { message, ...more } = shown;
		const error = new NodeOperationError(node, message, more);
		// n8n replaces a message that contains e.g. ENOENT, also within a word, with a text of its own.
		error.message = message;
		return error;
	}
	return apiError(node, { ...shown, httpStatus: failure.httpStatus });
}

function situationOf(
	context: IExecuteFunctions,
	outcomes: Outcomes,
	hasSentBefore: boolean,
): Situation {
	if (isTool(context)) return 'tool';
	if (isSubWorkflow(context)) return 'subWorkflow';
	const isOnlyItem = outcomes.length === 1;
	const hasSentOthers = outcomes.some((outcome) => ['sent', 'uncertain'].includes(fateOf(outcome)));
	return hasSentBefore || (hasSentOthers && !isOnlyItem) ? 'runAfterSending' : 'runWithoutSending';
}

/** An AI agent only gets the message of an error, so for a tool the message includes the next step. */
function messageFor(failure: Failure, situation: Situation, words: Words): string {
	const { message, delivery } = failure;
	if (situation === 'tool') return `${message}. ${nextStep(failure, situation, words)}`;
	const warnsCaller = situation === 'subWorkflow' && delivery === 'uncertain';
	return warnsCaller ? `${message}. ${words.notAgain}` : message;
}

/** What can become of an item in a run. */
type Fate = 'sent' | 'alreadySent' | 'notNeeded' | 'uncertain' | 'notSent' | 'notTried';

/** The fates as errors say them, in the order of their lists. */
function fatesIn({ did }: Words): Record<Fate, string> {
	return {
		sent: did,
		alreadySent: `already ${did} before`,
		notNeeded: 'not needed',
		uncertain: `may have been ${did}`,
		notSent: `not ${did}`,
		notTried: 'not tried',
	};
}

function fateOf(outcome: Outcome | undefined): Fate {
	if (outcome === undefined) return 'notTried';
	if ('failure' in outcome) return outcome.failure.delivery;
	if ('leftOut' in outcome || 'wouldSend' in outcome) return 'notSent';
	if (outcome.isNeedless) return 'notNeeded';
	return outcome.alreadySent ? 'alreadySent' : 'sent';
}

/** E.g. `1 of 3 sent`, or `1 of 3 sent, 1 already sent before, 1 may have been sent`. */
function tally(outcomes: Outcomes, scope: string, words: Words): string {
	const fates = fatesIn(words);
	const count = (fate: Fate) => outcomes.filter((outcome) => fateOf(outcome) === fate).length;
	const others = (['alreadySent', 'notNeeded', 'uncertain'] as const)
		.filter((fate) => count(fate) > 0)
		.map((fate) => `${count(fate)} ${fates[fate]}`);
	return [`${count('sent')} of ${outcomes.length} ${fates.sent}${scope}`, ...others].join(', ');
}

/** E.g. `1 of 3 sent (item 0), 1 not sent (item 1), 1 not tried (item 2)`; n8n counts items from 0. */
function listing(outcomes: Outcomes, scope: string, words: Words): string {
	const fates = fatesIn(words);
	const groups = (Object.keys(fates) as Fate[]).map((fate) => {
		const indexes = [...outcomes.keys()].filter((index) => fateOf(outcomes[index]) === fate);
		return { fate, indexes };
	});
	return groups
		.filter(({ fate, indexes }) => fate === 'sent' || indexes.length > 0)
		.map(({ fate, indexes }) => {
			const count = fate === 'sent' ? `${indexes.length} of ${outcomes.length}` : indexes.length;
			return `${count} ${fates[fate]}${fate === 'sent' ? scope : ''}${itemsIn(indexes)}`;
		})
		.join(', ');
}
