import type { IHookFunctions, INodeProperties, IWebhookFunctions } from 'n8n-workflow';
import { DEFAULT_TOLERANCE_SECONDS } from '../../sendpilot/webhook/signature';
import { ExplainedError } from '../shared/explanation';
import { campaignLocator, senderLocator } from '../shared/locators';

/** The trigger's settings. */
export interface TriggerOptions {
	/** Event types; never empty. */
	events: string[];
	/** Empty for all campaigns. */
	campaignIds: string[];
	/** Empty for all senders. */
	senderIds: string[];
	includeHeaders: boolean;
	includeLeadDetails: boolean;
	splitLeads: boolean;
	/** How far SendPilot's clock may differ from ours, in seconds. */
	toleranceSeconds: number;
}

/** Settings that few people need. */
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
				'Only events of these campaigns start the workflow. Events without a campaign, e.g. Lead Tag Updated and the two job events, are then ignored.',
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
				'How old an event may be when it arrives, and how far the clocks may differ. A higher value gives an attacker more time to replay a recorded event.',
		},
		{
			displayName: 'Include Headers',
			name: 'includeHeaders',
			type: 'boolean',
			default: false,
			description: 'Whether to include the HTTP headers of the request in the output',
		},
		{
			displayName: 'Include Lead Details',
			name: 'includeLeadDetails',
			type: 'boolean',
			default: false,
			description:
				'Whether to add the name, title, company and email address of the lead, read from SendPilot. Requires the SendPilot API credential. If they cannot be read within ten seconds, the event comes without them.',
		},
		{
			displayName: 'Senders',
			name: 'senders',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Sender' },
			placeholder: 'Add Sender',
			default: {},
			description:
				'Only events of these LinkedIn accounts start the workflow. Events without a sender, e.g. Lead Updated and all campaign events, are then ignored.',
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
				'Whether to output one item per lead of a search or extraction, instead of one item with the whole list',
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

/**
 * Reads the events and the options.
 *
 * @throws ExplainedError if no event is selected, or if a filter is empty: treated as no filter, it
 * would accept the events that it was meant to exclude
 * @throws if an expression fails
 */
export function readOptions(context: IWebhookFunctions | IHookFunctions): TriggerOptions {
	const read = context.getNodeParameter.bind(context) as IWebhookFunctions['getNodeParameter'];
	const events = read('events', []);
	// n8n resolves no expression here, so anything but a list means a damaged workflow.
	if (!Array.isArray(events) || events.length === 0) {
		throw new ExplainedError(
			'No event is selected',
			'Select the events that start the workflow under Events.',
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
	throw new ExplainedError(
		`A ${thing} filter is empty`,
		`Select a ${thing} in it, or remove it from the options.`,
	);
}
