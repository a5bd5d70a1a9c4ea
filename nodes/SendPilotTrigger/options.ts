import type { IHookFunctions, INodeProperties, IWebhookFunctions } from 'n8n-workflow';
import { DEFAULT_TOLERANCE_SECONDS } from '../../sendpilot/webhook/signature';
import { campaignLocator, senderLocator } from '../shared/locators';

/** What the node was told. */
export interface TriggerOptions {
	/** Names of events; never empty. */
	events: string[];
	/** Empty for all campaigns. */
	campaignIds: string[];
	/** Empty for all senders. */
	senderIds: string[];
	includeHeaders: boolean;
	includeLeadDetails: boolean;
	splitLeads: boolean;
	/** How far SendPilot's clock may be from ours, in seconds. */
	toleranceSeconds: number;
}

/** The collection of rarely needed settings. */
export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Campaigns',
			name: 'campaigns',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Campaign' },
			placeholder: 'Add Campaign',
			default: {},
			description:
				'Only events of these campaigns start the workflow. Events that name no campaign are left out then, e.g. Lead Tag Updated and the two job events.',
			options: [
				{
					displayName: 'Campaign',
					name: 'campaign',
					values: [
						campaignLocator({
							displayName: 'Campaign',
							name: 'campaignId',
							description: 'A campaign whose events start the workflow',
						}),
					],
				},
			],
		},
		{
			displayName: 'Clock Tolerance (Seconds)',
			name: 'toleranceSeconds',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 3_600 },
			default: DEFAULT_TOLERANCE_SECONDS,
			description:
				'How old an event may be when it arrives, and how far the clocks may differ. More makes it easier to repeat a recorded event.',
		},
		{
			displayName: 'Include Headers',
			name: 'includeHeaders',
			type: 'boolean',
			default: false,
			description: 'Whether to put out the HTTP headers of the request too',
		},
		{
			displayName: 'Include Lead Details',
			name: 'includeLeadDetails',
			type: 'boolean',
			default: false,
			description:
				'Whether to read name, company and title of the lead from SendPilot. Needs the SendPilot API credential. If they cannot be read in a few seconds, the event comes without them.',
		},
		{
			displayName: 'Senders',
			name: 'senders',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Sender' },
			placeholder: 'Add Sender',
			default: {},
			description:
				'Only events of these LinkedIn accounts start the workflow. Events that name no sender are left out then, e.g. Lead Updated and all campaign events.',
			options: [
				{
					displayName: 'Sender',
					name: 'sender',
					values: [
						senderLocator({
							displayName: 'Sender',
							name: 'senderId',
							description: 'A LinkedIn account whose events start the workflow',
						}),
					],
				},
			],
		},
		{
			displayName: 'Split Leads Into Items',
			name: 'splitLeads',
			type: 'boolean',
			default: false,
			description:
				'Whether to put out one item for each lead of a search or extraction, in place of one item with the whole list',
		},
	],
};

interface Given {
	campaigns?: { campaign?: Array<{ campaignId?: unknown }> };
	senders?: { sender?: Array<{ senderId?: unknown }> };
	includeHeaders?: boolean;
	includeLeadDetails?: boolean;
	splitLeads?: boolean;
	toleranceSeconds?: number;
}

/** Thrown for settings under which the trigger would do something else than was meant. */
export class SettingsError extends Error {
	/**
	 * @param what what is wrong, without a full stop
	 * @param next what to do, in whole sentences
	 */
	constructor(
		readonly what: string,
		readonly next: string,
	) {
		super(what);
	}
}

/**
 * Reads the events and the options.
 *
 * @throws SettingsError for no event, and for a filter that names nothing: taken for no filter, it would
 * let in what was to be kept out
 * @throws where an expression fails
 */
export function readOptions(context: IWebhookFunctions | IHookFunctions): TriggerOptions {
	const read = context.getNodeParameter.bind(context) as IWebhookFunctions['getNodeParameter'];
	const events = read('events', []);
	// n8n resolves no expression there, so that anything but a list is a damaged workflow.
	if (!Array.isArray(events) || events.length === 0) {
		throw new SettingsError(
			'No event is chosen',
			'Choose under Events what is to start the workflow.',
		);
	}
	const given = read('options', {}) as Given;
	return {
		events: events.map(String),
		campaignIds: (given.campaigns?.campaign ?? []).map(({ campaignId }) =>
			idIn(campaignId, 'campaign'),
		),
		senderIds: (given.senders?.sender ?? []).map(({ senderId }) => idIn(senderId, 'sender')),
		includeHeaders: given.includeHeaders === true,
		includeLeadDetails: given.includeLeadDetails === true,
		splitLeads: given.splitLeads === true,
		toleranceSeconds: given.toleranceSeconds ?? DEFAULT_TOLERANCE_SECONDS,
	};
}

function idIn(locator: unknown, thing: 'campaign' | 'sender'): string {
	const value =
		typeof locator === 'object' && locator !== null && 'value' in locator ? locator.value : locator;
	const id = String(value ?? '').trim();
	if (id !== '') return id;
	throw new SettingsError(
		`A ${thing} filter is empty`,
		`Choose a ${thing} in it, or remove it from the options.`,
	);
}
