import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';
import type { ConnectionSettings } from '../connection';

/** How a run sends, beside what it sends. */
export interface SendSettings extends ConnectionSettings {
	/** How many senders send at one time. */
	parallelSenders: number;
	/** The least time between two messages of a sender, in ms. */
	minPauseMs: number;
	/** The most time between two messages of a sender, in ms. */
	maxPauseMs: number;
}

/** The longest pause or wait, in seconds: a day, after which LinkedIn's own limits begin anew. */
const DAY = 86_400;

const numberFields: INodeProperties[] = [
	{
		displayName: 'Longest Pause (Seconds)',
		name: 'maxPause',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: DAY },
		default: 0,
		description:
			'The most time between two messages of one sender. Each pause is random, from the shortest to the longest.',
	},
	{
		displayName: 'Longest Wait (Seconds)',
		name: 'maxRetryAfter',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: DAY },
		default: 60,
		description:
			'How long to wait at most when SendPilot asks for a pause (Retry-After). If it asks for more, the messages of this sender come back as not sent.',
	},
	{
		displayName: 'Parallel Senders',
		name: 'parallelSenders',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 50 },
		default: 2,
		description:
			'How many senders may send at one time. The messages of one sender always go out one after another, in the order of the items.',
	},
	{
		displayName: 'Shortest Pause (Seconds)',
		name: 'minPause',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: DAY },
		default: 0,
		description: 'The least time between two messages of one sender',
	},
	{
		displayName: 'Timeout (Seconds)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 3_600 },
		default: 60,
		description:
			'How long to wait for the answer of SendPilot. If none comes in time, the message may have been sent all the same, so choose generously.',
	},
];

/** The collection of rarely needed settings. */
export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: numberFields,
};

/**
 * Reads the options, which hold for the whole run, from its first item.
 *
 * @throws NodeOperationError for a value that is outside of the field's limits, which an expression
 * gets past the editor
 */
export function readSettings(context: IExecuteFunctions): SendSettings {
	const given = context.getNodeParameter('options', 0, {});
	const refuse = (what: string): never => {
		throw new NodeOperationError(context.getNode(), what, {
			description: "Correct it in the node's options, or remove it there.",
			itemIndex: 0,
		});
	};
	const read = (name: string): number => {
		const field = numberFields.find((one) => one.name === name)!;
		const { minValue = 0, maxValue = Infinity } = field.typeOptions ?? {};
		const value = given[name] ?? field.default;
		const number = typeof value === 'string' && value.trim() === '' ? NaN : Number(value);
		if (number >= minValue && number <= maxValue) return number;
		return refuse(
			`The option ${field.displayName} must be a number from ${minValue} to ${maxValue}`,
		);
	};

	const minPause = read('minPause');
	const maxPause = given.maxPause === undefined ? minPause : read('maxPause');
	if (maxPause < minPause) refuse('The longest pause must not be shorter than the shortest one');
	return {
		timeoutMs: Math.round(read('timeout') * 1_000),
		maxRetryAfterMs: read('maxRetryAfter') * 1_000,
		parallelSenders: Math.floor(read('parallelSenders')),
		minPauseMs: minPause * 1_000,
		maxPauseMs: maxPause * 1_000,
	};
}
