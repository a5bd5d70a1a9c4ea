import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ConnectionSettings } from './connection';
import { ItemFields } from './itemFields';
import { inOrder } from './inOrder';

/** The most seconds that can be set: a day, after which LinkedIn's own limits start over. */
export const DAY = 86_400;

/** How long to wait when SendPilot asks for it. */
export const MAX_RATE_LIMIT_WAIT = {
	displayName: 'Max Rate-Limit Wait (Seconds)',
	name: 'maxRateLimitWait',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: DAY },
	default: 60,
	description:
		'The longest time to wait when SendPilot is rate limiting requests (Retry-After). If it asks for more, the remaining items fail.',
} satisfies INodeProperties;

/** How long to wait for an answer. */
export const TIMEOUT = {
	displayName: 'Timeout (Seconds)',
	name: 'timeout',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 3_600 },
	default: 60,
	description: 'How long to wait for an answer from SendPilot',
} satisfies INodeProperties;

/** The collection of rarely needed settings. */
export function optionsField(more: readonly INodeProperties[] = []): INodeProperties {
	const options: INodeProperties[] = [MAX_RATE_LIMIT_WAIT, TIMEOUT, ...more];
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: inOrder(options, ({ displayName }) => displayName),
	};
}

/**
 * Reads how to connect, which holds for the whole run, from its first item.
 *
 * @throws ExplainedError for an option that cannot be used
 */
export function connectionSettings(
	context: IExecuteFunctions,
	fields: readonly INodeProperties[],
): ConnectionSettings {
	const first = new ItemFields(context, 0, fields);
	return {
		timeoutMs: first.number('options.timeout') * 1_000,
		maxRetryAfterMs: first.number('options.maxRateLimitWait') * 1_000,
	};
}
