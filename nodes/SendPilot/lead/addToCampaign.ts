import type { IDataObject } from 'n8n-workflow';
import type { AddedLead, LeadOutcome } from '../../../sendpilot/addedLeads';
import type { SendPilotApi } from '../../../sendpilot/api';
import { LEADS_PER_REQUEST } from '../../../sendpilot/contract/lead';
import { findLeads } from '../../../sendpilot/findLeads';
import { addLeads } from '../../../sendpilot/lead';
import { problemIn } from '../../../sendpilot/problem';
import { explainProblem } from '../../shared/explainProblem';
import { operationOnAll, type OperationRun } from '../../shared/operationRun';
import { byCampaign } from './fields';
import { FIND_LEAD_IDS_OPTION, NEW_LEAD_FIELDS } from './newLeadFields';
import { leadReader, type ReadLead } from './readNewLead';
import { withCommas } from '../../shared/withCommas';

/** How many requests are under way at the same time. */
const REQUESTS_AT_ONCE = 4;

/** A person to add, and the item that says so. */
interface ToAdd extends ReadLead {
	itemIndex: number;
}

/** What became of an item. */
interface Row extends LeadOutcome, IDataObject {
	linkedinUrl: string;
	campaignId: string;
	/** Null if not asked for, or not listed yet. */
	leadId: string | null;
	/** The item of the same run with the same person, which was sent instead. */
	duplicateOfItem: number | null;
	/** SendPilot's counters for all leads of the request; null if the item was in none that it accepted. */
	request: IDataObject | null;
}

/**
 * Lead → Add to Campaign. Reads and checks all items first, then sends them in as few requests as possible. Each
 * item gets its own outcome, as far as SendPilot's answer proves one.
 */
export const addToCampaign = operationOnAll({
	value: 'addToCampaign',
	name: 'Add to Campaign',
	action: 'Add leads to a campaign',
	description: `Add people to a campaign by their LinkedIn profile URL, ${LEADS_PER_REQUEST} per request, and skip those who are in it already`,
	effect: 'repeatable',
	builderHint:
		'Pass all items at once, never in a loop: the node makes requests of 100 itself. Outputs one item per input item with `outcome` (added, duplicate, invalid, unknown) and `reason`; `leadId` only with the option `findLeadIds`.',
	fields: NEW_LEAD_FIELDS,
	options: [FIND_LEAD_IDS_OPTION],
	async runAll(run) {
		const toAdd = run.read(leadReader(run.context));
		const added: Added[] = [];
		const keep = (person: ToAdd, row: Row) => {
			added.push({ person, row });
			return [row];
		};
		let api: SendPilotApi | undefined;
		const pieces = [...byCampaign(toAdd).values()].flatMap((people) => chunks(grouped(people)));
		await run.work({
			pieces,
			atOnce: REQUESTS_AT_ONCE,
			// Who is named again shares the fate of the first one: if that fails, nobody was added.
			itemsOf: (people) =>
				people.flatMap(({ first, repeats }) =>
					[first, ...repeats].map(({ itemIndex }) => itemIndex),
				),
			async work(people, connection) {
				({ api } = connection);
				const [{ first: anyone }] = people;
				const leads = people.map(({ first }) => first.lead);
				const results = await addLeads(api, { campaignId: anyone.campaignId, leads });
				return people.flatMap(({ first, repeats }, position) => [
					keep(first, sentRow(first, results[position])),
					...repeats.map((one) =>
						keep(one, repeatRow(one, first.itemIndex, results[position].outcome)),
					),
				]);
			},
		});
		if (api) await findLeadIds(run, api, added);
	},
});

/** A person for one campaign, and the later items that name them again. */
interface Named {
	first: ToAdd;
	repeats: ToAdd[];
}

/** Finds who is named several times for one campaign; in two campaigns, a person is two leads. */
function grouped(people: readonly ToAdd[]): Named[] {
	const bySlug = new Map<string, Named>();
	for (const person of people) {
		const known = bySlug.get(person.slug);
		if (known) known.repeats.push(person);
		else bySlug.set(person.slug, { first: person, repeats: [] });
	}
	return [...bySlug.values()];
}

function chunks(people: readonly Named[]): Named[][] {
	const count = Math.ceil(people.length / LEADS_PER_REQUEST);
	return Array.from({ length: count }, (_, index) =>
		people.slice(index * LEADS_PER_REQUEST, (index + 1) * LEADS_PER_REQUEST),
	);
}

/** A person, and the output for them. */
interface Added {
	person: ToAdd;
	row: Row;
}

function sentRow(person: ToAdd, { outcome, reason, counters }: AddedLead): Row {
	const request = counters && { ...counters };
	return { outcome, reason, ...whoAndWhere(person), duplicateOfItem: null, request };
}

/** Who was added by the first item is in the campaign already; any other outcome of it holds here too. */
function repeatRow(person: ToAdd, firstItem: number, ofFirst: LeadOutcome['outcome']): Row {
	return {
		outcome: ofFirst === 'added' ? 'duplicate' : ofFirst,
		reason: `The same person as item ${firstItem}, for the same campaign. Only item ${firstItem} was used; its outcome holds for both.`,
		...whoAndWhere(person),
		duplicateOfItem: firstItem,
		request: null,
	};
}

function whoAndWhere({ campaignId, lead }: ToAdd) {
	return { linkedinUrl: lead.linkedinUrl, campaignId, leadId: null };
}

/** Fills in the IDs that are wanted. What was added stays added, so a failure here is only a hint. */
async function findLeadIds(run: OperationRun, api: SendPilotApi, added: Added[]): Promise<void> {
	const wanted = added
		.filter(({ person, row }) => person.findLeadId && row.outcome !== 'invalid')
		.map((one) => ({ ...one, campaignId: one.person.campaignId }));
	if (run.hasEnded && wanted.length > 0) {
		run.hint('Lead IDs are missing, because the run ended before they could be looked up.');
		return;
	}
	for (const [campaignId, people] of byCampaign(wanted)) {
		const slugs = new Set(people.map(({ person }) => person.slug));
		try {
			const { leads, read, isComplete } = await findLeads(api, {
				...{ campaignId, slugs, firstOnly: true },
			});
			for (const { person, row } of people) row.leadId = leads.get(person.slug)?.[0].id ?? null;
			if (!isComplete && leads.size < slugs.size) {
				run.hint(
					`Lead IDs are missing, because SendPilot only listed ${withCommas(read)} of the leads of the campaign ${campaignId}: it does not list all of them, or the campaign changed while it was read.`,
				);
			}
		} catch (error) {
			const { what, next } = explainProblem(problemIn(error));
			run.hint(
				`Lead IDs are missing, because the campaign ${campaignId} could not be read: ${what}. ${next}`,
			);
		}
	}
}
