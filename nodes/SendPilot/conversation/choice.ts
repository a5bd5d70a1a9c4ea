import type { INodeProperties } from 'n8n-workflow';
import type { Conversation } from '../../../sendpilot/contract/conversation';
import { dayIn } from '../../shared/dayIn';
import { ExplainedError } from '../../shared/explanation';
import type { ItemFields } from '../../shared/itemFields';
import type { Choice } from '../../shared/listFields';

/** The filters of conversations. SendPilot has none, so the node reads all and keeps those. */
export const CHOICE_FIELDS: INodeProperties[] = [
	{
		displayName: 'Active Since',
		name: 'activeSince',
		type: 'dateTime',
		default: '',
		description: 'Only conversations with a message since then. No older pages are read.',
	},
	{
		displayName: 'Unread Only',
		name: 'unreadOnly',
		type: 'boolean',
		default: true,
		description: 'Whether to return only conversations with unread messages',
	},
	{
		displayName: 'Waiting for Reply',
		name: 'waitingForReply',
		type: 'boolean',
		default: true,
		description: 'Whether to return only conversations whose last message is from the other person',
	},
];

/**
 * @returns undefined if all conversations are wanted
 * @throws ExplainedError for a filter that cannot be used
 */
export function choiceOf(fields: ItemFields): Choice<Conversation> | undefined {
	const added = fields.collection('filters');
	const isOn = (name: string) => name in added && fields.isOn(`filters.${name}`);
	const since = dateOf(fields.read('filters.activeSince'));
	const unreadOnly = isOn('unreadOnly');
	const waitingForReply = isOn('waitingForReply');
	if (since === undefined && !unreadOnly && !waitingForReply) return undefined;

	// One without a date may be new.
	const isOld = ({ lastActivityAt }: Conversation) =>
		since !== undefined && Date.parse(lastActivityAt ?? '') < since;
	return {
		isWanted: (one) =>
			!isOld(one) &&
			(!unreadOnly || (one.unreadCount ?? 0) > 0) &&
			(!waitingForReply || one.lastMessage?.direction === 'received'),
		// In the order of their newest activity, so a whole page of old ones ends them.
		isPast: (page) => page.every(isOld),
	};
}

/**
 * @param value ISO 8601, or a date of n8n's expressions such as `$now`
 * @returns Unix time in ms
 */
function dateOf(value: unknown): number | undefined {
	if (value === undefined || (typeof value === 'string' && value.trim() === '')) return undefined;
	const date = typeof value === 'string' ? isoTime(value.trim()) : dateValueOf(value);
	if (!Number.isNaN(date)) return date;
	throw new ExplainedError(
		'the field Active Since is not a date',
		'Choose a date, or check that the expression returns one such as 2026-01-31.',
	);
}

/** JavaScript alone takes "5" for a day in 2001, and 31 February for one in March. */
function isoTime(text: string): number {
	const day = dayIn(text);
	return day !== undefined && text.startsWith(day) ? Date.parse(text) : NaN;
}

/** Reads a Date of JavaScript or a DateTime of Luxon; both have their Unix time in ms as value. */
function dateValueOf(value: unknown): number {
	const isDate = value instanceof Date || typeof Object(value).toISODate === 'function';
	return isDate ? Number(value) : NaN;
}
