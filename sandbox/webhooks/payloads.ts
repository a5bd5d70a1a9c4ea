import { EVENT_ALIASES, EVENT_TYPES, type EventType } from '../../sendpilot/contract/event';
import { databaseLead, extractedLead, numbered } from '../foundLeads';
import { without } from '../without';

type Data = Record<string, unknown>;

/** The workspace of all sandbox events. */
export const WORKSPACE_ID = 'ws_sandbox';

const START = '2026-01-12T09:00:00.000Z';
const END = '2026-01-12T09:01:00.000Z';
const DURATION_MS = 60_000;

// Ids of the seed, so that a workflow can look up what is in an event.
const lead = { leadId: 'lead_jane', linkedinUrl: 'https://www.linkedin.com/in/jane-doe' };
const inCampaign = { ...lead, campaignId: 'camp_founders', senderId: 'sender_alex' };
const campaign = { campaignId: 'camp_founders', campaignName: 'Founders in Europe' };

const EXAMPLES: Readonly<Record<EventType, (leads: number) => Data>> = {
	'message.sent': () => ({ ...inCampaign, message: 'Hello Jane', sequenceStep: 2 }),
	'reply.received': () => ({ ...inCampaign, reply: 'Sounds good – Tuesday works.' }),
	'connection_request.sent': () => ({ ...inCampaign, note: 'Nice to meet you' }),
	'connection_request.accepted': () => ({ ...inCampaign, acceptedAt: END }),
	'campaign.started': () => ({ ...campaign, totalLeads: 5, startedAt: START }),
	'campaign.paused': () => ({ ...campaign, pausedAt: START, pausedBy: 'api' }),
	'campaign.resumed': () => ({ ...campaign, resumedAt: START, resumedBy: 'user' }),
	'campaign.finished': () => ({ ...campaign, finishedAt: END }),
	'lead.updated': () => ({
		...without(inCampaign, 'senderId'),
		previousStatus: 'REPLY_RECEIVED',
		newStatus: 'OPPORTUNITY',
	}),
	'lead.tag.updated': () => ({ ...lead, newTag: 'Interested', previousTag: 'No Response' }),
	'lead_database.search.completed': (leads) => ({
		search_id: 'search_sandbox',
		search_name: 'CTOs',
		total_leads_found: leads,
		requested_limit: leads,
		started_at: START,
		completed_at: END,
		duration_ms: DURATION_MS,
		filters: { job_titles: ['CTO'] },
		leads: numbered(leads, (number) => databaseLead(number)),
		results_url: '/v1/lead-database/searches/search_sandbox/results',
	}),
	'lead_extractor.job.completed': (leads) => ({
		campaign_id: 'extraction_sandbox',
		campaign_name: 'CTOs',
		campaign_type: 'SEARCH',
		mode: 'extraction_only',
		search_urls: ['https://www.linkedin.com/search/results/people/?keywords=cto'],
		total_leads_extracted: leads,
		total_leads_enriched: 0,
		requested_limit: leads,
		started_at: START,
		completed_at: END,
		duration_ms: DURATION_MS,
		credits_used: { extraction: leads, enrichment: 0, total: leads },
		leads: numbered(leads, (number) => extractedLead(number)),
	}),
};

/** How the data of events under an older name differs from the current one. */
const OLD_FORMS: Readonly<Record<string, (current: Data) => Data>> = {
	'message.received': ({ reply, ...rest }) => ({ ...rest, replyPreview: reply }),
	'lead.status.changed': (current) => ({ ...current, changedBy: 'api' }),
};

/**
 * The data of an event, after the examples of the API reference.
 *
 * @param eventType a current or an older name; any other event has empty data
 * @param leads how many leads a job event contains
 * @returns a new object
 */
export function exampleData(eventType: string, leads = 1): Data {
	const name = canonical(eventType);
	const current = isCurrent(name) ? EXAMPLES[name](leads) : {};
	return OLD_FORMS[eventType]?.(current) ?? current;
}

/** @returns the current name of an event; an unknown name is returned unchanged */
export function canonical(eventType: string): string {
	return EVENT_ALIASES[eventType] ?? eventType;
}

/** @returns whether this is a current name */
export function isCurrent(name: string): name is EventType {
	return EVENT_TYPES.some((type) => type === name);
}
