import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
	addLeadsBody,
	LEAD_PATH,
	LEAD_STATUS_PATH,
	LEAD_STATUSES,
	LEADS_PATH,
	LEADS_PER_REQUEST,
	newLead as addedLead,
	type RejectedLead,
	setLeadStatusBody,
} from '../../sendpilot/contract/lead';
import { changeLead } from '../changes';
import type { Generation } from '../generation';
import type { ApiParts, ById } from '../parts';
import { readProfileUrl } from '../profile';
import { flag, oneOf, pageOf, pages } from '../query';
import type { SandboxCampaign, SandboxLead } from '../seedTypes';
import { isRecord, validated } from '../validation';
import { fullLead, listedLead, plainLead } from '../views';

/** In items. */
const DEFAULT_LIMIT = 50;

const listQuery = z
	.object({
		campaignId: z.string().min(1),
		...pages(DEFAULT_LIMIT),
		status: oneOf('status', LEAD_STATUSES).optional(),
		full: flag('full'),
	})
	.strict();

const leadQuery = z.object({ full: flag('full') }).strict();

/** The request as a whole. URLs are checked one by one: one bad lead never sinks the others. */
const addBody = addLeadsBody.extend({
	leads: z
		.array(addedLead.extend({ linkedinUrl: z.unknown() }))
		.min(1)
		.max(LEADS_PER_REQUEST),
});

type Added = z.output<typeof addBody>['leads'][number];

/** Adds the calls about leads. */
export function addLeadRoutes(app: FastifyInstance, parts: ApiParts): void {
	const { store, quirks, webhooks, generation } = parts;

	app.get(LEADS_PATH, (request) => {
		const { campaignId, status, full, ...page } = validated(listQuery, request.query);
		const { id } = store.campaign(campaignId);
		const found = store.leadsOf(id).filter((lead) => !status || lead.status === status);
		const { items, pagination } = pageOf(found, page);
		return { leads: full ? items.map(fullLead) : items.map(listedLead), pagination };
	});

	app.get<ById>(LEAD_PATH, (request) => {
		const { full } = validated(leadQuery, request.query);
		const found = store.lead(request.params.id);
		return full ? fullLead(found) : plainLead(found);
	});

	app.post(LEADS_PATH, (request, reply) => {
		const { campaignId, leads } = validated(addBody, request.body);
		const campaign = store.campaign(campaignId);
		const known = new Set(store.leadsOf(campaignId).map((lead) => store.slugOf(lead)));
		const errors: RejectedLead[] = [];
		let leadsAdded = 0;
		let duplicatesSkipped = 0;
		for (const [index, given] of leads.entries()) {
			const linkedinUrl = String(given.linkedinUrl ?? '');
			const slug = readProfileUrl(linkedinUrl)?.slug;
			if (slug === undefined) {
				errors.push({ linkedinUrl, reason: 'Invalid LinkedIn URL', index });
			} else if (known.has(slug)) {
				duplicatesSkipped++;
			} else {
				known.add(slug);
				leadsAdded++;
				const id = `lead_added_${store.seed.leads.length + 1}`;
				store.addLead(newLead(id, campaign, linkedinUrl, given, generation), quirks.namesAfterMs);
			}
		}
		void reply.code(201);
		return {
			...{ success: true, leadsAdded, duplicatesSkipped, invalidEntries: errors.length },
			...(errors.length > 0 && quirks.reportsInvalidLeads && { errors }),
		};
	});

	app.patch<ById>(LEAD_STATUS_PATH, (request) => {
		const { note: _note, ...changes } = validated(setLeadStatusBody, request.body);
		const lead = store.lead(request.params.id);
		const { status: previousStatus } = lead;
		changeLead(lead, changes, webhooks);
		const { id, linkedinUrl, updatedAt } = lead;
		const { customLeadStatus } = changes;
		return generation === 'docs'
			? { id, linkedinUrl, previousStatus, status: lead.status, updatedAt }
			: {
					...{ success: true, leadId: id, status: lead.status },
					...(customLeadStatus !== undefined && { customLeadStatus }),
					message: 'Lead status updated successfully',
				};
	});
}

/** What is not a known field is a custom one; the older docs nest these in `customFields`. */
function newLead(
	id: string,
	campaign: SandboxCampaign,
	linkedinUrl: string,
	{ linkedinUrl: _url, firstName, lastName, company, title, email, ...others }: Added,
	generation: Generation,
): SandboxLead {
	const { customFields, ...flat } = others;
	const isNested = generation === 'docs' && isRecord(customFields);
	const now = new Date().toISOString();
	return {
		...{ id, campaignId: campaign.id, linkedinUrl, status: 'PENDING', connected: false },
		firstName: firstName ?? null,
		lastName: lastName ?? null,
		company: company ?? null,
		title: title ?? null,
		email: email ?? undefined,
		senderId: campaign.linkedInSenderIds[0],
		data: isNested ? { ...flat, ...customFields } : others,
		...{ createdAt: now, updatedAt: now },
	};
}
