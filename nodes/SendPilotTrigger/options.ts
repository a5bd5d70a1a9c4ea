import type { INodeProperties, IWebhookFunctions } from 'n8n-workflow';
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

/**
 * Reads the events and the options.
 *
 * @throws where an expression fails, or no event is chosen
 */
export function readOptions(context: IWebhookFunctions): TriggerOptions {
	const events = chosenEvents(context.getNodeParameter('events', []));
	if (events.length === 0) throw new Error('No event is chosen');
	const given = context.getNodeParameter('options', {}) as Given;
	return {
		events,
		campaignIds: (given.campaigns?.campaign ?? []).flatMap(({ campaignId }) => idIn(campaignId)),
		senderIds: (given.senders?.sender ?? []).flatMap(({ senderId }) => idIn(senderId)),
		includeHeaders: given.includeHeaders === true,
		includeLeadDetails: given.includeLeadDetails === true,
		splitLeads: given.splitLeads === true,
		toleranceSeconds: given.toleranceSeconds ?? DEFAULT_TOLERANCE_SECONDS,
	};
}

/** @returns the names in the field Events, none for anything but a list; n8n resolves no expression there */
export function chosenEvents(field: unknown): string[] {
	return Array.isArray(field) ? field.map(String) : [];
}

/** @returns the id that a locator holds; a row that was left empty chooses nothing */
function idIn(locator: unknown): string[] {
	const value =
		typeof locator === 'object' && locator !== null && 'value' in locator ? locator.value : locator;
	const id = String(value ?? '').trim();
	return id === '' ? [] : [id];
}
