import type { INodeProperties } from 'n8n-workflow';

/** What a locator says of itself beside what all locators of its kind share. */
type LocatorText = Pick<INodeProperties, 'displayName' | 'name'> & Partial<INodeProperties>;

/** The value of the sender locator that leaves the choice to SendPilot. */
export const AUTOMATIC_SENDER = 'automatic';

/** Picks a LinkedIn account of the workspace, from `GET /v1/inbox/senders`, or by its ID. */
export function senderLocator(text: LocatorText): INodeProperties {
	return locator('searchSenders', 'Choose a sender…', 'e.g. sender_abc123', text);
}

/** Picks a campaign, from `GET /v1/campaigns`, or by its ID. */
export function campaignLocator(text: LocatorText): INodeProperties {
	return locator('searchCampaigns', 'Choose a campaign…', 'e.g. camp_abc123', text);
}

/** Picks a lead of the campaign in the field `campaignId`, from `GET /v1/leads`, or by its ID. */
export function leadLocator(text: LocatorText): INodeProperties {
	return locator('searchLeads', 'Choose a lead…', 'e.g. lead_abc123', text);
}

function locator(
	searchListMethod: string,
	listPlaceholder: string,
	idPlaceholder: string,
	text: LocatorText,
): INodeProperties {
	return {
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: listPlaceholder,
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: idPlaceholder },
		],
		...text,
	};
}
