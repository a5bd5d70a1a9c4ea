import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { CUSTOM_LEAD_STATUS_LABELS, type LeadStatus } from '../../../sendpilot/contract/lead';
import { readProfileUrl } from '../../../sendpilot/profileUrl';
import { ExplainedError } from '../../shared/explanation';
import type { ItemFields } from '../../shared/itemFields';
import { campaignLocator, leadLocator } from '../../shared/locators';
import { PROFILE_URL_EXPLANATIONS } from '../../shared/profileUrlExplanations';
import { keep, type Simplify } from '../../shared/shape';
import { titleOf } from '../../shared/titleOf';
import { inOrder } from '../../shared/inOrder';

/** The campaign that leads are looked for in, or added to. */
export function inCampaign(description: string): INodeProperties {
	return campaignLocator({
		displayName: 'Campaign',
		name: 'campaignId',
		required: true,
		description,
		builderHint: {
			propertyHint:
				"Needs the ID of a campaign, not its name. Never invent one: look it up, or leave the value empty in mode 'list' for the user to choose.",
		},
	});
}

/** The fields that pick one lead. */
export function leadFields(description: string): INodeProperties[] {
	return [
		campaignLocator({
			displayName: 'Campaign',
			name: 'campaignId',
			hint: 'Only filters the lead list below',
			description: 'The campaign of the lead. Not needed if you enter the ID of the lead.',
		}),
		leadLocator({
			displayName: 'Lead',
			name: 'leadId',
			required: true,
			description,
			builderHint: {
				propertyHint:
					"Needs the ID of a SendPilot lead, such as `data.leadId` of a SendPilot Trigger event, in mode 'id'; not a name, an email address or a profile URL. For someone known by profile URL only, run the operation Find by Profile URL first.",
			},
		}),
	];
}

/** The address of a person. */
export const PROFILE_URL_FIELD: INodeProperties = {
	displayName: 'LinkedIn Profile URL',
	name: 'linkedinUrl',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://www.linkedin.com/in/jane-doe',
	description:
		"The address of the person's profile page, as your browser shows it. Sales Navigator and Recruiter links do not work.",
};

/** Who is meant, in the form that SendPilot gets and the one that tells people apart. */
export interface Person {
	linkedinUrl: string;
	slug: string;
}

/** @throws ExplainedError for anything but the address of a profile */
export function personIn(fields: ItemFields): Person {
	const profile = readProfileUrl(fields.read('linkedinUrl'));
	if (profile.ok) return { linkedinUrl: profile.url, slug: profile.slug };
	const { what, next } = PROFILE_URL_EXPLANATIONS[profile.problem];
	throw new ExplainedError(what, next);
}

/** Asks for what lists leave out. */
export const ALL_DETAILS_OPTION: INodeProperties = {
	displayName: 'Include All Details',
	name: 'full',
	type: 'boolean',
	default: false,
	description:
		'Whether to also return the email address, CRM label, custom fields and profile details of each lead. Slower for large campaigns.',
};

const PERSON = ['id', 'linkedinUrl', 'firstName', 'lastName', 'title', 'company'];
const simplifyListed = keep([...PERSON, 'status', 'campaignId', 'senderId', 'updatedAt']);

/** The fields of a lead that matter most, from a reply with all of them. */
export const simplifyLead = keep([
	...PERSON,
	...['email', 'status', 'customLeadStatus', 'senderId', 'data'],
]);

/** The fields of a lead in a list that matter most; more of them with all details. */
export function simplifyIn(fields: ItemFields): Simplify {
	return fields.isOn('options.full') ? simplifyLead : simplifyListed;
}

/** Entries for statuses, in readable names and in their order. */
export function statusOptions(statuses: readonly LeadStatus[]): INodePropertyOptions[] {
	return inOrder(
		statuses.map((value) => ({ name: titleOf(value, { icp: 'ICP' }), value })),
		({ name }) => name,
	);
}

/** Entries for the CRM labels, in their names in SendPilot. */
export const LABEL_OPTIONS: INodePropertyOptions[] = inOrder(
	Object.entries(CUSTOM_LEAD_STATUS_LABELS).map(([value, name]) => ({ name, value })),
	({ name }) => name,
);

/** Puts items together by their campaign, in the order of the items. */
export function byCampaign<Item extends { campaignId: string }>(
	items: readonly Item[],
): Map<string, Item[]> {
	const groups = new Map<string, Item[]>();
	for (const item of items) {
		const group = groups.get(item.campaignId);
		if (group) group.push(item);
		else groups.set(item.campaignId, [item]);
	}
	return groups;
}
