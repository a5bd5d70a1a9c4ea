import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { ExplainedError } from '../explanation';
import type { Repeats } from './history/rules';
import type { PeopleWords } from './words';

/** What a node does about messages that it has sent before. */
export interface SafetySettings {
	repeats: Repeats;
	/** Whether to clear the history at the start of the execution. */
	forget: boolean;
}

const REPEATS_NAME = 'repeats';
const FORGET_NAME = 'forgetHistory';
const USUAL_REPEATS: Repeats = 'skipSameMessage';
const ORDER: readonly Repeats[] = ['skipSameMessage', 'skipSamePerson', 'sendAgain'];

function repeatsField({ repeats, repeatsDescription }: PeopleWords) {
	return {
		displayName: 'Repeats',
		name: REPEATS_NAME,
		type: 'options',
		noDataExpression: true,
		options: ORDER.map((value) => ({ value, ...repeats[value] })),
		default: USUAL_REPEATS,
		description: repeatsDescription,
	} satisfies INodeProperties;
}

function forgetField({ verb, done }: PeopleWords) {
	return {
		displayName: 'Forget History',
		name: FORGET_NAME,
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description: `Whether to forget, at the start of each new execution, everybody this node has ${done}, also people who are not in the list or are uncertain. From then on everybody counts as new, so turn it off afterwards. To ${verb} one person again, use Send Again instead. Retries and sub-workflows ignore it.`,
	} satisfies INodeProperties;
}

/**
 * The collection of settings that keep people from being reached twice, and a notice. The notice is always shown:
 * a test run that keeps the real one from sending would surprise people otherwise.
 */
export function safetyFields(words: PeopleWords): INodeProperties[] {
	return [
		{
			displayName: 'Safety',
			name: 'safety',
			type: 'collection',
			placeholder: 'Add setting',
			default: {},
			options: [forgetField(words), repeatsField(words)],
		},
		{ displayName: words.notice, name: 'repeatsNotice', type: 'notice', default: '' },
	];
}

/**
 * Reads the safety settings, which hold for the whole run.
 *
 * @throws ExplainedError for a value that does not exist, and for an expression, which would have the first item
 * decide for all
 */
export function readSafety(context: IExecuteFunctions, words: PeopleWords): SafetySettings {
	const given = (name: string, usual: unknown): unknown =>
		context.getNodeParameter(`safety.${name}`, 0, usual, { rawExpressions: true });
	const repeats = given(REPEATS_NAME, USUAL_REPEATS);
	const forget = given(FORGET_NAME, false);
	const { displayName, options } = repeatsField(words);
	const option = options.find(({ value }) => value === repeats);
	if (!option) {
		const values = options.map(({ name, value }) => `${name} (${value})`).join(', ');
		throw new ExplainedError(
			`there is no setting ${displayName} "${String(repeats)}"`,
			`Choose one of these under Safety: ${values}.`,
		);
	}
	if (typeof forget !== 'boolean') {
		throw new ExplainedError(
			`the setting ${forgetField(words).displayName} is neither on nor off`,
			'It holds for all items, so an expression cannot be used. Turn it on or off under Safety.',
		);
	}
	return { repeats: option.value, forget };
}
