import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ConnectionSettings } from '../connection';
import { DAY, MAX_RATE_LIMIT_WAIT, TIMEOUT } from '../connectionOptions';
import { ExplainedError, unreadableField } from '../explanation';
import { NO_SAFETY, readSafety, type SafetySettings } from './safety/settings';
import { isAboutPeople, type Words } from './words';
import { inOrder } from '../inOrder';

/** How a run reaches people, beside whom and with what. */
export interface ReachSettings extends ConnectionSettings, SafetySettings {
	/** How many senders send at the same time. */
	parallelSenders: number;
	/** The shortest time between two messages of a sender, in ms. */
	minDelayMs: number;
	/** The longest random delay between two messages of a sender, in ms. */
	maxDelayMs: number;
	/** Whether items that were sent keep the fields of their input. */
	includeInputFields: boolean;
	/** How long to wait before an uncertain message is looked for in the inbox, in ms. */
	inboxDelayMs: number;
}

/** The options in the words of one way to reach people. */
function fieldsFor({ noun, Noun }: Words) {
	return {
		includeInputFields: {
			displayName: 'Include Input Fields',
			name: 'includeInputFields',
			type: 'boolean',
			default: false,
			description:
				"Whether sent items keep the fields of the input item, e.g. the ID of a CRM contact. Where both have a field, the result's wins unless it is null; input fields named error and details are left out.",
		},
		inboxDelay: {
			displayName: 'Inbox Check Delay (Seconds)',
			name: 'inboxDelay',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 600 },
			default: 3,
			description: `How long to wait before an uncertain ${noun} is looked for in the inbox`,
		},
		maxDelay: {
			displayName: `Max Delay Between ${Noun}s (Seconds)`,
			name: 'maxDelay',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: DAY },
			default: 0,
			description: `The longest time between two ${noun}s of one sender. Each delay is random, between min and max.`,
		},
		maxRateLimitWait: {
			...MAX_RATE_LIMIT_WAIT,
			description: `The longest time to wait when SendPilot is rate limiting requests (Retry-After). If it asks for more, the remaining ${noun}s of this sender are not sent.`,
		},
		minDelay: {
			displayName: `Min Delay Between ${Noun}s (Seconds)`,
			name: 'minDelay',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: DAY },
			default: 0,
			description: `The shortest time between two ${noun}s of one sender`,
		},
		parallelSenders: {
			displayName: 'Parallel Senders',
			name: 'parallelSenders',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 50 },
			default: 2,
			description: `How many senders send at the same time. ${Noun}s of one sender always go out one after another, in the order of the items.`,
		},
		timeout: {
			...TIMEOUT,
			description: `How long to wait for an answer from SendPilot. ${Noun}s without an answer may have been sent all the same, so leave plenty of time.`,
		},
	} satisfies Record<string, INodeProperties>;
}

type OptionName = keyof ReturnType<typeof fieldsFor>;

/** The collection of rarely needed settings, with those of one kind alone. */
export function optionsField(words: Words, more: readonly INodeProperties[] = []): INodeProperties {
	const { inboxDelay, ...fields } = fieldsFor(words);
	const inbox = isAboutPeople(words) ? [inboxDelay] : [];
	const options = [...Object.values<INodeProperties>(fields), ...inbox, ...more];
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
 * Reads the options, which hold for the whole run, from its first item.
 *
 * @throws ExplainedError for an option that cannot be read, or whose value is outside of its limits,
 * which an expression gets past the editor
 */
export function readSettings(context: IExecuteFunctions, words: Words): ReachSettings {
	const fields = fieldsFor(words);
	/** @returns null for an option that was not added, undefined for an expression without a result */
	const given = (name: OptionName): unknown => {
		try {
			return context.getNodeParameter(`options.${name}`, 0, null);
		} catch (error) {
			throw unreadableField(fields[name].displayName, error);
		}
	};
	const number = (name: Exclude<OptionName, 'includeInputFields'>, fallback?: number): number => {
		const { displayName, default: usual, typeOptions } = fields[name];
		const { minValue, maxValue } = typeOptions;
		const value = given(name);
		const isBlank = typeof value === 'string' && value.trim() === '';
		const read = value === null ? (fallback ?? usual) : isBlank ? NaN : Number(value);
		if (read >= minValue && read <= maxValue) return read;
		throw new ExplainedError(
			`the option ${displayName} must be a number from ${minValue} to ${maxValue}`,
			"Correct it in the node's options, or remove it there. If it comes from an expression, check that it returns a number.",
		);
	};

	const minDelay = number('minDelay');
	const maxDelay = number('maxDelay', minDelay);
	if (maxDelay < minDelay) {
		const [min, max] = [fields.minDelay.displayName, fields.maxDelay.displayName];
		throw new ExplainedError(
			`the option ${min} is ${minDelay}, which is more than ${max}, ${maxDelay}`,
			"Lower the first or raise the second in the node's options.",
		);
	}
	return {
		timeoutMs: Math.round(number('timeout') * 1_000),
		maxRetryAfterMs: number('maxRateLimitWait') * 1_000,
		parallelSenders: Math.floor(number('parallelSenders')),
		minDelayMs: minDelay * 1_000,
		maxDelayMs: maxDelay * 1_000,
		includeInputFields: given('includeInputFields') === true,
		inboxDelayMs: number('inboxDelay') * 1_000,
		...(isAboutPeople(words) ? readSafety(context, words) : NO_SAFETY),
	};
}
