import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { ExplainedError } from '../explanation';
import type { Repeats } from './history/rules';

/** What a node does about messages that it has sent before. */
export interface SafetySettings {
	repeats: Repeats;
	/** Whether to clear the history at the start of the execution. */
	forget: boolean;
}

const REPEATS = {
	displayName: 'Repeats',
	name: 'repeats',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Skip Same Message',
			value: 'skipSameMessage',
			description: 'Send a person (the same profile URL or lead) the same text only once',
		},
		{
			name: 'Skip Same Person',
			value: 'skipSamePerson',
			description:
				'Message each person (the same profile URL or lead) only once, whatever the text',
		},
		{
			name: 'Send Again',
			value: 'sendAgain',
			description:
				'Send it again in every new execution, also to people whose last message is uncertain. A retry still sends it only once.',
		},
	] satisfies Array<{ name: string; value: Repeats; description: string }>,
	default: 'skipSameMessage',
	description:
		'What to do if this node has already messaged a person, in this or an earlier execution. Test runs in the editor count too. Skipped items are output as sent, with alreadySent: true.',
} satisfies INodeProperties;

const FORGET_HISTORY = {
	displayName: 'Forget History',
	name: 'forgetHistory',
	type: 'boolean',
	noDataExpression: true,
	default: false,
	description:
		'Whether to forget, at the start of each new execution, everybody this node has messaged, also people who are not in the list or are uncertain. From then on everybody counts as new, so turn it off afterwards. To message one person again, use Send Again instead. Retries and sub-workflows ignore it.',
} satisfies INodeProperties;

/** Always shown: a test run that keeps the real one from sending would surprise people otherwise. */
export const repeatsNotice: INodeProperties = {
	displayName:
		'Nobody gets the same text from this node twice, unless you change that in Safety → Repeats. Test runs send messages, so they count too.',
	name: 'repeatsNotice',
	type: 'notice',
	default: '',
};

/** The collection of settings that keep people from being messaged twice. */
export const safetyField: INodeProperties = {
	displayName: 'Safety',
	name: 'safety',
	type: 'collection',
	placeholder: 'Add setting',
	default: {},
	options: [FORGET_HISTORY, REPEATS],
};

/**
 * Reads the safety settings, which hold for the whole run.
 *
 * @throws ExplainedError for a value that does not exist, and for an expression, which would have the first item
 * decide for all
 */
export function readSafety(context: IExecuteFunctions): SafetySettings {
	const given = ({ name, default: usual }: typeof REPEATS | typeof FORGET_HISTORY): unknown =>
		context.getNodeParameter(`safety.${name}`, 0, usual, { rawExpressions: true });
	const repeats = given(REPEATS);
	const forget = given(FORGET_HISTORY);
	const option = REPEATS.options.find(({ value }) => value === repeats);
	if (!option) {
		const values = REPEATS.options.map(({ name, value }) => `${name} (${value})`).join(', ');
		throw new ExplainedError(
			`there is no setting ${REPEATS.displayName} "${String(repeats)}"`,
			`Choose one of these under Safety: ${values}.`,
		);
	}
	if (typeof forget !== 'boolean') {
		throw new ExplainedError(
			`the setting ${FORGET_HISTORY.displayName} is neither on nor off`,
			'It holds for all items, so an expression cannot be used. Turn it on or off under Safety.',
		);
	}
	return { repeats: option.value, forget };
}
