import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { errorOf, type Failure, type Outcome } from './outcome';

/** Outcomes by item; undefined for an item that a stopped run did not come to. */
type Outcomes = ReadonlyArray<Outcome | undefined>;

/** How many item numbers an error lists before it only counts them. */
const MAX_LISTED = 20;

/**
 * Makes the node's output, one item for each input item.
 *
 * An item that failed carries `error` and `details`. On the error output n8n adds the input's fields
 * itself, but only to an item with no other keys; on the regular one they are added here.
 */
export function toItems(
	context: IExecuteFunctions,
	outcomes: readonly Outcome[],
): INodeExecutionData[] {
	const input = context.getInputData();
	const addsInput = context.getNode().onError !== 'continueErrorOutput';
	return outcomes.map((outcome, index) => {
		const pairedItem = { item: index };
		if ('sent' in outcome) return { json: { ...outcome.sent }, pairedItem };
		const { json, binary } = input[index];
		const failed = failureJson(outcome.failure, index);
		return {
			json: addsInput ? { ...json, ...failed } : failed,
			...(binary ? { binary } : {}),
			pairedItem,
		};
	});
}

function failureJson(failure: Failure, itemIndex: number): IDataObject {
	const { message, ...details } = failure;
	return { error: message, details: { ...details, itemIndex } };
}

/**
 * The error of a run that stops: about the first item that failed, with what became of the others, as
 * a failed run shows no output.
 */
export function runError(context: IExecuteFunctions, outcomes: Outcomes): Error {
	const index = outcomes.findIndex((outcome) => outcome && 'failure' in outcome);
	const { failure } = outcomes[index] as { failure: Failure };
	const summary = outcomes.length === 1 ? '' : summaryOf(outcomes);
	return errorOf(context.getNode(), failure, index, summary);
}

function summaryOf(outcomes: Outcomes): string {
	const groups: Array<[name: string, includes: (outcome: Outcome | undefined) => boolean]> = [
		['sent', (outcome) => outcome !== undefined && 'sent' in outcome],
		['may have been sent', (outcome) => deliveryOf(outcome) === 'uncertain'],
		['not sent', (outcome) => deliveryOf(outcome) === 'notSent'],
		['not tried', (outcome) => outcome === undefined],
	];
	const parts = groups.flatMap(([name, includes]) => {
		const indexes = [...outcomes.keys()].filter((index) => includes(outcomes[index]));
		return indexes.length === 0 ? [] : [`${name}: ${listed(indexes)}`];
	});
	return `Of ${outcomes.length} items (counted from 0), ${parts.join('; ')}. A retry of this execution does not send again what was sent.`;
}

function deliveryOf(outcome: Outcome | undefined): Failure['delivery'] | undefined {
	return outcome && 'failure' in outcome ? outcome.failure.delivery : undefined;
}

/** Neighbours are drawn together, so that a long run stays readable: `0–41, 43`. */
function listed(indexes: number[]): string {
	const ranges: Array<[first: number, last: number]> = [];
	for (const index of indexes) {
		const range = ranges.at(-1);
		if (range && range[1] === index - 1) range[1] = index;
		else ranges.push([index, index]);
	}
	if (ranges.length > MAX_LISTED) return `${indexes.length} items`;
	return ranges
		.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`))
		.join(', ');
}
