import type { IDataObject } from 'n8n-workflow';
import type { Lead } from '../../../sendpilot/contract/lead';
import { findLeads, type FoundLeads } from '../../../sendpilot/findLeads';
import { ExplainedError } from '../../shared/explanation';
import type { ItemFields } from '../../shared/itemFields';
import { operationOnAll, type ItemResult, type OperationRun } from '../../shared/operationRun';
import { SHAPE_FIELDS, shapeOf, type Simplify } from '../../shared/shape';
import {
	ALL_DETAILS_OPTION,
	byCampaign,
	inCampaign,
	PROFILE_URL_FIELD,
	personIn,
	simplifyIn,
	type Person,
} from './fields';
import { withCommas } from '../../shared/withCommas';

/** How many campaigns are read at the same time; each reads several pages side by side. */
const CAMPAIGNS_AT_ONCE = 2;

/** One item: who is looked for, where, and what to output. */
interface Wanted extends Person {
	itemIndex: number;
	campaignId: string;
	firstOnly: boolean;
	full: boolean;
	ifNotFound: string;
	shape: Simplify;
}

/**
 * Lead → Find by Profile URL. Works on all items at once, because SendPilot has no search: each campaign is read
 * once, however many people are looked for in it.
 */
export const find = operationOnAll({
	value: 'find',
	name: 'Find by Profile URL',
	action: 'Find a lead by profile URL',
	description: 'Find the leads of a campaign that are a person, by the LinkedIn profile URL',
	effect: 'read',
	builderHint:
		'Outputs nothing for a person who is not in the campaign. To go on for them as well, e.g. to add them, set the option `ifNotFound` to "empty" and check whether `id` is empty.',
	fields: [
		inCampaign('The campaign to search'),
		{
			...PROFILE_URL_FIELD,
			hint: 'Outputs every lead with this profile, and nothing if there is none',
		},
		...SHAPE_FIELDS,
	],
	options: [
		ALL_DETAILS_OPTION,
		{
			displayName: 'If Nobody Is Found',
			name: 'ifNotFound',
			type: 'options',
			default: 'nothing',
			options: [
				{
					name: 'Output an Empty Lead',
					value: 'empty',
					description: 'An item whose ID is empty, to go on with, e.g. to add the person',
				},
				{
					name: 'Output Nothing',
					value: 'nothing',
					description: 'The workflow goes on only with people who were found',
				},
			],
			description:
				"What to output for a person who is not in the campaign. n8n's own setting Always Output Data only helps if nobody at all was found.",
		},
		{
			displayName: 'Return Only First',
			name: 'firstOnly',
			type: 'boolean',
			default: false,
			description:
				'Whether to return one lead per person, even if the person is in the campaign several times. Reading ends as soon as everybody is found, which is faster.',
		},
	],
	async runAll(run) {
		const wanted = run.read((fields) => readWanted(run, fields));
		await run.work({
			pieces: [...byCampaign(wanted).values()],
			atOnce: CAMPAIGNS_AT_ONCE,
			itemsOf: (people) => people.map(({ itemIndex }) => itemIndex),
			async work(people, { api }) {
				const found = await findLeads(api, {
					campaignId: people[0].campaignId,
					slugs: new Set(people.map(({ slug }) => slug)),
					firstOnly: people.every(({ firstOnly }) => firstOnly),
					full: people.some(({ full }) => full),
				});
				return people.map((person) => resultOf(run, person, found));
			},
		});
	},
});

function readWanted(run: OperationRun, fields: ItemFields): Omit<Wanted, 'itemIndex'> {
	return {
		campaignId: fields.id('campaignId'),
		...personIn(fields),
		firstOnly: fields.isOn('options.firstOnly'),
		full: fields.isOn('options.full'),
		ifNotFound: fields.choice('options.ifNotFound'),
		shape: shapeOf({ context: run.context, fields }, simplifyIn(fields)),
	};
}

function resultOf(run: OperationRun, wanted: Wanted, found: FoundLeads): ItemResult {
	const { shape, firstOnly, campaignId, linkedinUrl } = wanted;
	const leads = found.leads.get(wanted.slug) ?? [];
	if (leads.length > 0) return (firstOnly ? leads.slice(0, 1) : leads).map(shape);
	if (!found.isComplete) return notListed(found.read);
	if (wanted.ifNotFound === 'nothing') {
		run.hint(
			'Not everybody was found, so there is no output for them. To go on with them as well, set If Nobody Is Found in the options.',
		);
		return [];
	}
	// Whoever goes on from here adds the person, who may be one of these.
	if (found.unreadable > 0) return notComparable(found.unreadable);
	return [emptyLead({ linkedinUrl, campaignId }, shape)];
}

/** A lead without an ID, in the shape of the others. */
function emptyLead(known: Partial<Lead>, shape: Simplify): IDataObject {
	return shape({ id: null, ...known });
}

/** Absence cannot be told either from leads whose address cannot be compared. */
function notComparable(count: number): ExplainedError {
	return new ExplainedError(
		`the person was not found, but ${count === 1 ? '1 lead of the campaign has' : `${count} leads of the campaign have`} no public profile URL in SendPilot, and may be this person`,
		'Look the person up in SendPilot, and use the ID of the lead. Do not add the person again before.',
	);
}

/** Absence cannot be told from a list that may have more. */
function notListed(read: number): ExplainedError {
	return new ExplainedError(
		`the person was not found, but SendPilot only listed ${withCommas(read)} of the leads of the campaign: it does not list all of them, or the campaign changed while it was read`,
		'Try again. If that does not help, find the person in SendPilot and use the ID of the lead, or use Get Many with a status filter to get a shorter list.',
	);
}
