import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { ExplainedError, unreadableField } from '../explanation';
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
	options: [
		{
			name: 'Skip Same Message',
			value: 'skipSameMessage',
			description: 'Send a person the same text only once',
		},
		{
			name: 'Skip Same Person',
			value: 'skipSamePerson',
			description: 'Message each person only once, whatever the text',
		},
		{
			name: 'Send Again',
			value: 'sendAgain',
			description: 'Send it again in every new execution. A retry still sends it only once.',
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
	default: false,
	description:
		'Whether to forget, at the start of each new execution, whom this node has messaged. Everyone can be messaged again then, so turn it off afterwards. Retries and sub-workflows ignore it.',
} satisfies INodeProperties;

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
 * Reads the safety settings, which hold for the whole run, from its first item.
 *
 * @throws ExplainedError for a setting that cannot be read, or a value that does not exist
 */
export function readSafety(context: IExecuteFunctions): SafetySettings {
	const given = ({ name, displayName, default: usual }: typeof REPEATS | typeof FORGET_HISTORY) => {
		try {
			return context.getNodeParameter(`safety.${name}`, 0, usual) as unknown;
		} catch (error) {
			throw unreadableField(displayName, error);
		}
	};
	const repeats = given(REPEATS);
	const option = REPEATS.options.find(({ value }) => value === repeats);
	if (!option) {
		const values = REPEATS.options.map(({ name, value }) => `${name} (${value})`).join(', ');
		throw new ExplainedError(
			`there is no setting ${REPEATS.displayName} "${String(repeats)}"`,
			`Choose one of these under Safety: ${values}.`,
		);
	}
	return { repeats: option.value, forget: given(FORGET_HISTORY) === true };
}
