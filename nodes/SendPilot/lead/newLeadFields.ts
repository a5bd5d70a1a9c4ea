import type { INodeProperties } from 'n8n-workflow';
import type { NewLeadField } from '../../../sendpilot/contract/lead';
import { inCampaign, PROFILE_URL_FIELD } from './fields';

const KNOWN: Record<NewLeadField, Omit<INodeProperties, 'name' | 'type' | 'default'>> = {
	company: { displayName: 'Company', placeholder: 'e.g. Acme' },
	email: { displayName: 'Email', placeholder: 'e.g. jane@example.com' },
	firstName: { displayName: 'First Name', placeholder: 'e.g. Jane' },
	lastName: { displayName: 'Last Name', placeholder: 'e.g. Doe' },
	title: {
		displayName: 'Job Title',
		placeholder: 'e.g. CTO',
		description: 'What the person does at the company',
	},
};

/** The fields of a new lead. */
export const NEW_LEAD_FIELDS: INodeProperties[] = [
	inCampaign(
		'The campaign that gets the lead. Each item can name another one. If the campaign is running, SendPilot starts to contact the people you add.',
	),
	PROFILE_URL_FIELD,
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		description:
			'What SendPilot should know from the start. It looks up names, job titles and companies on LinkedIn itself, some minutes later.',
		options: Object.entries(KNOWN).map(([name, about]) => ({
			...{ name, type: 'string', default: '' },
			...about,
		})),
	},
	{
		displayName: 'Custom Fields',
		name: 'customFieldsFrom',
		type: 'options',
		noDataExpression: true,
		default: 'defineBelow',
		// The input of a tool is whatever the agent and n8n hand over.
		displayOptions: { hide: { '@tool': [true] } },
		options: [
			{
				name: 'All Other Input Fields',
				value: 'allOtherInputFields',
				description:
					'Each input field becomes a custom field, unless an expression above uses it. Fields called firstName, lastName, company, title or email fill in those; linkedinUrl, campaignId and customFields are left out.',
			},
			{
				name: 'Define Below',
				value: 'defineBelow',
				description: 'Only the custom fields that you name',
			},
		],
		description:
			'What the texts of the campaign can use as {{name}}, besides the fields above. It cannot be changed later.',
	},
	{
		displayName:
			'Custom fields cannot be changed once the lead is added, neither here nor by adding the person again. Check their names and values against the texts of the campaign first.',
		name: 'customFieldsNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Custom Fields to Add',
		name: 'customFields',
		type: 'assignmentCollection',
		default: {},
		displayOptions: { show: { customFieldsFrom: ['defineBelow'] } },
		description:
			'The names and values of custom fields. Drag input fields here, or enter them. They cannot be changed later.',
	},
	{
		displayName: 'Input Fields to Leave Out',
		name: 'excludedFields',
		type: 'string',
		default: '',
		placeholder: 'e.g. row_number, ownerId',
		displayOptions: { show: { customFieldsFrom: ['allOtherInputFields'] } },
		description:
			'The names of input fields that do not become custom fields, separated by commas. Leave out what the campaign does not use, as custom fields cannot be changed later.',
	},
];

/** Reads the IDs of added leads, which SendPilot does not return. */
export const FIND_LEAD_IDS_OPTION: INodeProperties = {
	displayName: 'Find Lead IDs',
	name: 'findLeadIds',
	type: 'boolean',
	default: false,
	description:
		'Whether to read the campaign afterwards to fill in leadId. Takes one more call per 100 leads of the campaign. If a person is several leads of the campaign, this is the first one; it is empty for people whom SendPilot does not list yet.',
};
