import type { INodeProperties } from 'n8n-workflow';

/** What a field says about itself, beside what all locators of its kind share. */
type LocatorText = Pick<INodeProperties, 'displayName' | 'name'> & Partial<INodeProperties>;

/** What all locators of one kind share. */
interface LocatorKind {
	/** The node's name for the list; none where SendPilot does not list them. */
	searchListMethod?: string;
	listPlaceholder?: string;
	idPlaceholder: string;
	/** Where to find the ID of what SendPilot does not list. */
	hint?: string;
	/** What n8n's AI builder can't tell from the field. */
	propertyHint: string;
}

/** The value of the sender locator that leaves the choice to SendPilot. */
export const AUTOMATIC_SENDER = 'automatic';

/** Picks a LinkedIn account of the workspace, from `GET /v1/inbox/senders` or by its ID. */
export function senderLocator(text: LocatorText): INodeProperties {
	return locator(SENDER, text);
}

/** Picks a campaign, from `GET /v1/campaigns` or by its ID. */
export function campaignLocator(text: LocatorText): INodeProperties {
	return locator(CAMPAIGN, text);
}

/** Picks a lead of the campaign in the field `campaignId`, from `GET /v1/leads` or by its ID. */
export function leadLocator(text: LocatorText): INodeProperties {
	return locator(LEAD, text);
}

/** Picks a search by its ID; SendPilot does not list searches. */
export function searchLocator(text: LocatorText): INodeProperties {
	return locator(SEARCH, text);
}

/** Picks an extraction by its ID; SendPilot does not list extractions. */
export function extractionLocator(text: LocatorText): INodeProperties {
	return locator(EXTRACTION, text);
}

/** Picks a conversation of the sender in the field `senderId`, from `GET /v1/inbox/conversations` or by its ID. */
export function conversationLocator(text: LocatorText): INodeProperties {
	return locator(CONVERSATION, text);
}

const CONVERSATION: LocatorKind = {
	searchListMethod: 'searchConversations',
	listPlaceholder: 'Choose a conversation…',
	idPlaceholder: 'e.g. 2-MTIzNDU2Nzg5',
	propertyHint:
		"Needs the ID of a conversation, as Conversation → Get Many outputs it, in mode 'id'; not a name or a profile URL.",
};

const SENDER: LocatorKind = {
	searchListMethod: 'searchSenders',
	listPlaceholder: 'Choose a sender…',
	idPlaceholder: 'e.g. sender_abc123',
	propertyHint: `Needs the ID of a sender in the user's SendPilot account, not a name or a profile URL. Never invent one: look it up, take \`data.senderId\` of a SendPilot Trigger event in mode 'id', or leave the value empty in mode 'list' for the user to choose. '${AUTOMATIC_SENDER}' works only when sending with recipient 'lead'.`,
};

const CAMPAIGN: LocatorKind = {
	searchListMethod: 'searchCampaigns',
	listPlaceholder: 'Choose a campaign…',
	idPlaceholder: 'e.g. camp_abc123',
	propertyHint:
		"Needs the ID of a campaign, not its name. Never invent one: look it up, or leave the value empty in mode 'list' for the user to choose. When sending, leave it out unless asked for: it changes neither the recipient nor the sender.",
};

const LEAD: LocatorKind = {
	searchListMethod: 'searchLeads',
	listPlaceholder: 'Choose a lead…',
	idPlaceholder: 'e.g. lead_abc123',
	propertyHint:
		"Needs the ID of a SendPilot lead, such as `data.leadId` of a SendPilot Trigger event, in mode 'id'; not a name, an email address or a profile URL. For someone known by profile URL only, use recipient 'profile' and leave this out.",
};

const SEARCH: LocatorKind = {
	idPlaceholder: 'e.g. search_abc123',
	hint: 'From the output of Lead Search: Start, or of a SendPilot Trigger that started when the search completed',
	propertyHint:
		"Needs the ID of a search in mode 'id': `id` of a Lead Search: Start before, or `data.search_id` of the SendPilot Trigger event lead_database.search.completed. Never invent one.",
};

const EXTRACTION: LocatorKind = {
	idPlaceholder: 'e.g. campaign_abc123',
	hint: 'From the output of Lead Extraction: Start, or of a SendPilot Trigger that started when the extraction completed',
	propertyHint:
		"Needs the ID of an extraction in mode 'id': `id` of a Lead Extraction: Start before, or `data.campaign_id` of the SendPilot Trigger event lead_extractor.job.completed. It is not the ID of a campaign. Never invent one.",
};

function locator(kind: LocatorKind, text: LocatorText): INodeProperties {
	const { searchListMethod, listPlaceholder, idPlaceholder, hint, propertyHint } = kind;
	return {
		type: 'resourceLocator',
		default: { mode: searchListMethod ? 'list' : 'id', value: '' },
		modes: [
			...(searchListMethod
				? [
						{
							displayName: 'From List',
							name: 'list',
							type: 'list' as const,
							placeholder: listPlaceholder,
							typeOptions: { searchListMethod, searchable: true },
						},
					]
				: []),
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: idPlaceholder },
		],
		builderHint: { propertyHint },
		...(hint !== undefined && { hint }),
		...text,
	};
}
