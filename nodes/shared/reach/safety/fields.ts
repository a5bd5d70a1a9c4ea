import type { INodeProperties } from 'n8n-workflow';
import { CUSTOM_LEAD_STATUSES, LEAD_STATUSES } from '../../../../sendpilot/contract/lead';
import { INBOX_CONVERSATIONS } from '../../../../sendpilot/inbox';
import { titleOf } from '../../titleOf';
import type { Repeats } from '../history/rules';
import type { PeopleWords } from '../words';
import { inOrder } from '../../inOrder';

/** The statuses and labels that end contact. */
const ENDING_STATUSES = ['UNSUBSCRIBED', 'BLOCKED', 'IRRELEVANT', 'SKIPPED', 'NOT_INTERESTED'];

const STATUS_OPTIONS = inOrder(
	[...new Set([...LEAD_STATUSES, ...CUSTOM_LEAD_STATUSES])].map((value) => ({
		name: titleOf(value, { icp: 'ICP' }),
		value,
	})),
	({ name }) => name,
);

const REPEATS_ORDER: readonly Repeats[] = ['skipSameMessage', 'skipSamePerson', 'sendAgain'];

/** What holds for all items is set by hand: by an expression, the first item would decide for all. */
const FOR_ALL = { noDataExpression: true } as const;

/** For a switch that is off until somebody adds it: whoever does wants it on. */
const ON_WHEN_ADDED = { default: true } as const;

/** A switch that is off by default. */
const flag = (displayName: string, name: string, description: string) =>
	({
		...{ displayName, name, type: 'boolean', ...FOR_ALL, default: false, description },
	}) satisfies INodeProperties;

const limit = (displayName: string, name: string, description: string) =>
	({
		...{ displayName, name, type: 'number', ...FOR_ALL, default: 10, description },
		typeOptions: { minValue: 1, maxValue: 1_000 },
	}) satisfies INodeProperties;

const text = (displayName: string, name: string, placeholder: string, description: string) =>
	({
		...{ displayName, name, type: 'string', default: '', placeholder, description },
	}) satisfies INodeProperties;

/** What each item says about its recipient, for the checks. */
export const RECIPIENT_FIELDS = {
	recipientName: text(
		'Recipient Name',
		'recipientName',
		'e.g. Jane Doe',
		'The full name of the person, to find the conversation. Leads have theirs in SendPilot.',
	),
	recipientCompany: text(
		'Recipient Company',
		'recipientCompany',
		'e.g. Acme',
		'The company of this person, for the Block List. Leads have theirs in SendPilot.',
	),
	recipientLead: text(
		'Recipient Lead',
		'recipientLead',
		'e.g. lead_abc123',
		'The ID of the lead that is this person, if there is one, to check its status. Not needed if the lead is the recipient.',
	),
} satisfies Record<string, INodeProperties>;

/** The settings, by their names, in the words of one way to reach people. */
export function safetyFieldsByName(words: PeopleWords) {
	const { noun, Noun, verb, done } = words;
	return {
		stopIfReplied: {
			...flag(
				'Stop if They Replied',
				'stopIfReplied',
				`Whether to leave out people who have replied to the sender. Checked right before each ${noun}, by the status of the lead and in the newest ${INBOX_CONVERSATIONS} conversations of the sender. Fill in Recipient Name too: LinkedIn hides most profile addresses.`,
			),
			...ON_WHEN_ADDED,
		},
		replySince: {
			displayName: 'Replies That Count',
			name: 'replySince',
			type: 'options',
			...FOR_ALL,
			default: 'anyTime',
			options: [
				{ name: 'Any Reply', value: 'anyTime', description: 'Whenever it came' },
				{
					name: 'Since We Last Wrote',
					value: 'ourLastMessage',
					description: 'Only one that the sender has not answered yet',
				},
				{
					name: 'Of the Last Days',
					value: 'lastDays',
					description: 'Add Number of Days to set how many; 30 without it',
				},
			],
			description: 'Which replies keep a person from being contacted',
		},
		replyDays: {
			displayName: 'Number of Days',
			name: 'replyDays',
			type: 'number',
			...FOR_ALL,
			typeOptions: { minValue: 1, maxValue: 3_650 },
			default: 30,
			displayOptions: { show: { replySince: ['lastDays'] } },
			description: 'For how many days a reply counts',
		},
		repeats: {
			displayName: 'Repeats',
			name: 'repeats',
			type: 'options',
			...FOR_ALL,
			options: REPEATS_ORDER.map((value) => ({ value, ...words.repeats[value] })),
			default: 'skipSameMessage',
			description: words.repeatsDescription,
		},
		dryRun: {
			...flag(
				'Dry Run',
				'dryRun',
				`Whether to do everything but send: the output says who would get what, from whom, and who would be left out and why. Nothing goes out, and nothing is remembered.`,
			),
			...ON_WHEN_ADDED,
		},
		maxPerDay: {
			...limit(
				'Max per Sender and Day',
				'maxPerDay',
				`The most ${noun}s a sender sends in a day. What SendPilot reports as sent today counts too. The rest is not sent, with nextAllowedAt.`,
			),
			default: words.usualPerDay,
		},
		maxPerRun: limit(
			'Max per Sender and Run',
			'maxPerRun',
			`The most ${noun}s a sender sends each time this node runs. In a loop, each round is a run.`,
		),
		skipLeadStatuses: {
			displayName: 'Skip Lead Statuses',
			name: 'skipLeadStatuses',
			type: 'multiOptions',
			...FOR_ALL,
			options: STATUS_OPTIONS,
			default: [...ENDING_STATUSES],
			description:
				'Leads with one of these statuses or labels are left out. Works for leads only: for others, fill in Recipient Lead.',
		},
		blockList: {
			...text(
				'Block List',
				'blockList',
				'e.g. https://www.linkedin.com/in/jane-doe',
				'Profile URLs and company names, one per line, or an expression that returns a list. It holds for all items.',
			),
			typeOptions: { rows: 3 },
		},
		refuseUnfinishedText: {
			...flag(
				'Refuse Unfinished Text',
				'refuseUnfinishedText',
				'Whether to refuse texts with something left open, e.g. "Hi {{firstName}}", "Hi ," or "undefined"',
			),
			default: true,
		},
		checkInbox: {
			...flag(
				'If Uncertain, Check Inbox',
				'checkInbox',
				`Whether to look for ${noun === 'message' ? 'a message' : 'the note of an invitation'} that is uncertain in the sender's conversations. What is found there counts as sent. Fill in Recipient Name too: LinkedIn hides most profile addresses.`,
			),
			default: true,
		},
		ifUnchecked: {
			displayName: "If It Can't Be Checked",
			name: 'ifUnchecked',
			type: 'options',
			...FOR_ALL,
			default: 'doNotSend',
			options: [
				{
					name: "Don't Send",
					value: 'doNotSend',
					description: 'Leave this person out, and say why',
				},
				{ name: 'Send', value: 'send', description: `${Noun}s go out without the check` },
			],
			description:
				'What to do if nobody can tell whether a person has replied, or works for a company on the Block List',
		},
		blockedItems: {
			displayName: 'Blocked Items',
			name: 'blockedItems',
			type: 'options',
			...FOR_ALL,
			default: 'error',
			options: [
				{ name: 'Fail', value: 'error', description: 'As errors, like everything else not sent' },
				{
					name: 'Output as Not Sent',
					value: 'output',
					description:
						'With success: false and the reason in details, e.g. to tell the CRM about a reply',
				},
			],
			description:
				'Where to put people who are left out because they replied, are on a list, or are over a limit',
		},
		...RECIPIENT_FIELDS,
		forgetHistory: flag(
			'Forget History',
			'forgetHistory',
			`Whether to forget, at the start of each new execution, everybody this node has ${done}, also people who are not in the list or are uncertain. From then on everybody counts as new, so turn it off afterwards. To ${verb} one person again, use Send Again instead. Retries and sub-workflows ignore it.`,
		),
	} satisfies Record<string, INodeProperties>;
}

/** The name of a setting. */
export type SafetyFieldName = keyof ReturnType<typeof safetyFieldsByName>;

/** What n8n's AI builder can't tell from the settings. */
const BUILDER_HINT =
	"For follow-ups, set stopIfReplied to true, and recipientName to the person's full name. Cap senders with maxPerDay: what is over the limit has `details.nextAllowedAt`, until which a Wait node can wait. Set blockedItems to 'output' to tell the CRM who was left out. With dryRun nothing is sent.";

/** The collection in saved workflows. */
export const SAFETY = 'safety';

/**
 * The collection of settings that keep people from harm, the most used first, and a notice. The notice is always
 * shown: a test run that keeps the real one from sending would surprise people otherwise.
 */
export function safetyFields(words: PeopleWords): INodeProperties[] {
	return [
		{
			displayName: 'Safety',
			name: SAFETY,
			type: 'collection',
			placeholder: 'Add setting',
			default: {},
			builderHint: { propertyHint: BUILDER_HINT },
			options: Object.values<INodeProperties>(safetyFieldsByName(words)),
		},
		{ displayName: words.notice, name: 'repeatsNotice', type: 'notice', default: '' },
	];
}
