import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { ReplySince } from '../../../../sendpilot/reply';
import { ExplainedError, unreadableField } from '../../explanation';
import { isObject } from '../../isObject';
import type { Repeats } from '../history/rules';
import type { PeopleWords } from '../words';
import { readBlockList, type BlockList } from './blockList';
import { SAFETY, safetyFieldsByName, type SafetyFieldName } from './fields';

/** What keeps people from harm. */
export interface SafetySettings {
	/** What to do about messages that this node has sent before. */
	repeats: Repeats;
	/** Whether to clear the history at the start of the execution. */
	forget: boolean;
	/** Whether to do everything but the calls that reach people. */
	dryRun: boolean;
	/** Which replies keep a person from being reached; undefined for none. */
	stopIfReplied: ReplySince | { days: number } | undefined;
	/** Whether to reach people about whom a check could find out nothing. */
	sendsUnchecked: boolean;
	/** Whether people who are left out are no errors. */
	outputsBlocked: boolean;
	refuseUnfinishedText: boolean;
	/** Whether to look for what is uncertain in the inbox. */
	checkInbox: boolean;
	/** In capitals. */
	skipLeadStatuses: readonly string[];
	blockList: BlockList;
	/** Whether there is one, even if it has no entries. */
	hasBlockList: boolean;
	/** The most that a sender sends in a run of the node. */
	maxPerRun: number;
	/** The most that a sender sends in a day. */
	maxPerDay: number;
}

/** For what reaches nobody: it is done once in an execution, and again in the next one. */
export const NO_SAFETY: SafetySettings = {
	repeats: 'sendAgain',
	forget: false,
	dryRun: false,
	stopIfReplied: undefined,
	sendsUnchecked: true,
	outputsBlocked: false,
	refuseUnfinishedText: false,
	checkInbox: false,
	skipLeadStatuses: [],
	blockList: { slugs: new Set(), companies: new Map() },
	hasBlockList: false,
	maxPerRun: Infinity,
	maxPerDay: Infinity,
};

/**
 * Reads the settings that hold for the whole run.
 *
 * @throws ExplainedError for a value that does not exist, for an expression where the first item would decide for
 * all, and for settings that contradict each other
 */
export function readSafety(context: IExecuteFunctions, words: PeopleWords): SafetySettings {
	const fields = safetyFieldsByName(words);
	const added = addedSettings(context);
	const value = (name: SafetyFieldName): unknown => added[name] ?? fields[name].default;
	const isOn = (name: SafetyFieldName) => flagOf(fields[name], value(name));
	const isAdded = (name: SafetyFieldName) => name in added && isOn(name);
	const choice = (name: SafetyFieldName) => choiceOf(fields[name], value(name));
	const count = (name: SafetyFieldName) => countOf(fields[name], value(name));
	const limit = (name: SafetyFieldName) => (name in added ? count(name) : Infinity);

	const since = choice('replySince') as 'anyTime' | 'ourLastMessage' | 'lastDays';
	const settings = {
		repeats: choice('repeats') as Repeats,
		forget: isOn('forgetHistory'),
		dryRun: isAdded('dryRun'),
		stopIfReplied: isAdded('stopIfReplied')
			? since === 'lastDays'
				? { days: count('replyDays') }
				: since
			: undefined,
		sendsUnchecked: choice('ifUnchecked') === 'send',
		outputsBlocked: choice('blockedItems') === 'output',
		refuseUnfinishedText: isOn('refuseUnfinishedText'),
		checkInbox: isOn('checkInbox'),
		skipLeadStatuses: listOf(fields.skipLeadStatuses, value('skipLeadStatuses')),
		blockList: readBlockList(fields.blockList, blockListValue(context, fields.blockList)),
		hasBlockList: 'blockList' in added,
		maxPerRun: limit('maxPerRun'),
		maxPerDay: limit('maxPerDay'),
	};
	refuseContradictions(settings, added, fields);
	return settings;
}

/** @returns the settings that were added, with their expressions as they are */
function addedSettings(context: IExecuteFunctions): Partial<Record<SafetyFieldName, unknown>> {
	const added = context.getNodeParameter(SAFETY, 0, {}, { rawExpressions: true }) as unknown;
	if (isObject(added)) return added;
	throw new ExplainedError(
		'the field Safety is neither empty nor a collection',
		'Add the settings under Safety in the node instead of setting it by an expression.',
	);
}

function flagOf({ displayName }: INodeProperties, value: unknown): boolean {
	if (typeof value === 'boolean') return value;
	throw new ExplainedError(
		`the setting ${displayName} is neither on nor off`,
		'It holds for all items, so an expression cannot be used. Turn it on or off under Safety.',
	);
}

function choiceOf({ displayName, options }: INodeProperties, value: unknown): string {
	const known = options as INodePropertyOptions[];
	if (known.some((one) => one.value === value)) return String(value);
	const values = known.map((one) => `${one.name} (${one.value})`).join(', ');
	throw new ExplainedError(
		`there is no setting ${displayName} "${String(value)}"`,
		`Choose one of these under Safety: ${values}.`,
	);
}

function countOf({ displayName, typeOptions }: INodeProperties, value: unknown): number {
	const { minValue = 1, maxValue = Infinity } = typeOptions ?? {};
	const isCount = typeof value === 'number' && Number.isInteger(value);
	if (isCount && value >= minValue && value <= maxValue) return value;
	throw new ExplainedError(
		`the setting ${displayName} must be a whole number from ${minValue} to ${maxValue}`,
		'It holds for all items, so an expression cannot be used. Correct or remove it under Safety.',
	);
}

function listOf({ displayName, options }: INodeProperties, value: unknown): string[] {
	const known = (options as INodePropertyOptions[]).map((one) => one.value);
	const unknown = Array.isArray(value) ? value.find((one) => !known.includes(one)) : value;
	if (Array.isArray(value) && unknown === undefined) return value;
	throw new ExplainedError(
		`the setting ${displayName} does not have "${String(unknown)}"`,
		'It holds for all items, so an expression cannot be used. Choose from the list under Safety.',
	);
}

/** The one setting for all items that comes from data. */
function blockListValue(
	context: IExecuteFunctions,
	{ name, displayName }: INodeProperties,
): unknown {
	const path = `${SAFETY}.${name}`;
	const raw = context.getNodeParameter(path, 0, '', { rawExpressions: true }) as unknown;
	if (typeof raw === 'string' && raw.startsWith('=') && OF_AN_ITEM.test(raw)) {
		throw new ExplainedError(
			`the ${displayName} is taken from an item of the input, but holds for all of them`,
			`Name the node that has the list, e.g. {{ $('Block list').all().map(item => item.json.entry) }}.`,
		);
	}
	try {
		return context.getNodeParameter(path, 0, '');
	} catch (error) {
		throw unreadableField(displayName, error);
	}
}

const OF_AN_ITEM = /\$json\b|\$input\.item\b|\$itemIndex\b|\.item\.json\b/;

type Fields = ReturnType<typeof safetyFieldsByName>;

/** @throws ExplainedError for settings of which one makes another useless */
function refuseContradictions(
	{ dryRun, forget, stopIfReplied, maxPerRun, maxPerDay, hasBlockList }: SafetySettings,
	added: Partial<Record<SafetyFieldName, unknown>>,
	fields: Fields,
): void {
	const nameOf = (name: SafetyFieldName) => fields[name].displayName;
	const refuse = (what: string, next: string) => {
		throw new ExplainedError(what, `${next} You find both under Safety.`);
	};
	if (dryRun && forget) {
		refuse(
			`${nameOf('dryRun')} remembers nothing, and ${nameOf('forgetHistory')} forgets everything`,
			`Turn off ${nameOf('forgetHistory')} for the dry run.`,
		);
	}
	if (maxPerRun > maxPerDay && maxPerRun !== Infinity) {
		refuse(
			`${nameOf('maxPerRun')} is ${maxPerRun}, which is more than ${nameOf('maxPerDay')}, ${maxPerDay}`,
			'Lower the first or raise the second.',
		);
	}
	const unused = stopIfReplied
		? []
		: (['replySince', 'replyDays'] as const).filter((name) => name in added);
	const [first] = unused;
	if (first) {
		refuse(
			`${nameOf(first)} is set, but ${nameOf('stopIfReplied')} is off, so no reply is looked for`,
			`Turn on ${nameOf('stopIfReplied')}, or remove ${nameOf(first)}.`,
		);
	}
	const needsCheck = stopIfReplied !== undefined || hasBlockList;
	if ('ifUnchecked' in added && !needsCheck) {
		refuse(
			`${nameOf('ifUnchecked')} is set, but nothing is checked that it is about`,
			`Turn on ${nameOf('stopIfReplied')}, add a ${nameOf('blockList')}, or remove ${nameOf('ifUnchecked')}.`,
		);
	}
}
