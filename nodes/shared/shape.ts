import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isTool } from './reach/executionRecord';
import type { ItemRun } from './itemOperation';

/** How an answer with many fields is made shorter. */
export type Simplify<Answer = Record<string, unknown>> = (answer: Answer) => IDataObject;

/** Keeps the named fields, in that order, and null where the answer has none. */
export function keep(names: readonly string[]): Simplify {
	return (answer) => {
		const kept = names.map((name) => [name, answer[name] ?? null]);
		return Object.fromEntries(kept) as IDataObject;
	};
}

/**
 * The fields that choose how much of an answer to output, for answers of more than ten fields. An AI agent, which
 * pays for what it reads, can also select fields.
 */
export const SHAPE_FIELDS: INodeProperties[] = [
	{
		displayName: 'Simplify',
		name: 'simple',
		type: 'boolean',
		default: true,
		displayOptions: { hide: { '@tool': [true] } },
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		noDataExpression: true,
		default: 'simplified',
		displayOptions: { show: { '@tool': [true] } },
		options: [
			{ name: 'Raw', value: 'raw', description: 'Everything that SendPilot returns' },
			{
				name: 'Selected Fields',
				value: 'selectedFields',
				description: 'Only the fields that you name',
			},
			{ name: 'Simplified', value: 'simplified', description: 'The fields that matter most' },
		],
		description: 'How much of the response to return to the agent',
	},
	{
		displayName: 'Fields',
		name: 'outputFields',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. status, updatedAt',
		displayOptions: { show: { '@tool': [true], output: ['selectedFields'] } },
		description: 'The names of the fields to return, separated by commas',
	},
];

/**
 * @returns what an item wants to see of each answer
 * @throws ExplainedError for a field that cannot be used
 */
export function shapeOf<Answer extends Record<string, unknown>>(
	{ context, fields }: Pick<ItemRun, 'context' | 'fields'>,
	simplify: Simplify<Answer>,
): Simplify<Answer> {
	const whole: Simplify<Answer> = (answer) => answer as IDataObject;
	if (!isTool(context)) return fields.isOn('simple') ? simplify : whole;
	switch (fields.choice('output')) {
		case 'raw':
			return whole;
		case 'selectedFields':
			return keep(
				fields
					.text('outputFields')
					.split(',')
					.map((name) => name.trim())
					.filter((name) => name !== ''),
			);
		default:
			return simplify;
	}
}
