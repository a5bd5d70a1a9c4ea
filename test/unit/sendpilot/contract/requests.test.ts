import type { z } from 'zod';
import { campaignActionBody } from '../../../../sendpilot/contract/campaign';
import { connectBody, NOTE_MAX_CHARACTERS } from '../../../../sendpilot/contract/connectionRequest';
import {
	addLeadsBody,
	CUSTOM_LEAD_STATUSES,
	LEAD_STATUSES,
	LEADS_PER_REQUEST,
	SETTABLE_LEAD_STATUSES,
	setLeadStatusBody,
} from '../../../../sendpilot/contract/lead';
import { startExtractionBody } from '../../../../sendpilot/contract/leadExtraction';
import { startSearchBody } from '../../../../sendpilot/contract/leadSearch';
import { leadSearchFilters } from '../../../../sendpilot/contract/leadSearchFilters';
import { sendToLeadBody } from '../../../../sendpilot/contract/message';
import { LEAD_PATH, LEAD_STATUS_PATH } from '../../../../sendpilot/contract/lead';
import { pathFor } from '../../../../sendpilot/contract/path';

const LEAD = { linkedinUrl: 'https://www.linkedin.com/in/jane-doe' };
const SEARCH = { name: 'CTOs', limit: 10, filters: {} };
const EXTRACTION = {
	name: 'CTOs',
	urls: ['https://www.linkedin.com/search/results/people/?keywords=cto'],
	mode: 'extraction_only',
	url_type: 'linkedin_search',
	limit: 10,
};
const INVITATION = { senderId: 'sender_a', recipientLinkedinUrl: LEAD.linkedinUrl };
const leads = (count: number) => ({
	campaignId: 'camp_a',
	leads: Array.from({ length: count }, () => LEAD),
});

type Row = [name: string, schema: z.ZodTypeAny, body: unknown];

describe('a request that the API takes', () => {
	it.each<Row>([
		['pause', campaignActionBody, { action: 'pause' }],
		['resume', campaignActionBody, { action: 'resume' }],
		['one lead', addLeadsBody, leads(1)],
		['as many leads as allowed', addLeadsBody, leads(LEADS_PER_REQUEST)],
		[
			'a lead with custom fields of any type',
			addLeadsBody,
			{ campaignId: 'c', leads: [{ ...LEAD, firstName: 'Jane', score: 7, tags: ['a'], more: {} }] },
		],
		['a status', setLeadStatusBody, { status: 'DONE' }],
		['a label', setLeadStatusBody, { customLeadStatus: 'NOT_INTERESTED' }],
		['both, and why', setLeadStatusBody, { status: 'DONE', customLeadStatus: 'CLOSED', note: '' }],
		['an invitation', connectBody, INVITATION],
		['a note', connectBody, { ...INVITATION, message: '🚀'.repeat(NOTE_MAX_CHARACTERS) }],
		['a message to a lead', sendToLeadBody, { senderId: 's', message: 'Hi {{firstName}}' }],
		['a search', startSearchBody, SEARCH],
		['a search with a webhook', startSearchBody, { ...SEARCH, webhook_url: 'https://example.com' }],
		['an extraction', startExtractionBody, EXTRACTION],
	])('%s', (_name, schema, body) => {
		expect(schema.parse(body)).toEqual(body);
	});
});

describe('a request that is refused before it goes out', () => {
	it.each<Row>([
		['another action', campaignActionBody, { action: 'start' }],
		['no leads', addLeadsBody, leads(0)],
		['too many leads', addLeadsBody, leads(LEADS_PER_REQUEST + 1)],
		['leads without a campaign', addLeadsBody, { ...leads(1), campaignId: '' }],
		['a lead without a URL', addLeadsBody, { campaignId: 'c', leads: [{ firstName: 'Jane' }] }],
		['neither status nor label', setLeadStatusBody, { note: 'why' }],
		['a status of the campaign', setLeadStatusBody, { status: 'MESSAGE_SENT' }],
		['a label as status', setLeadStatusBody, { status: 'NOT_INTERESTED' }],
		['a long note', connectBody, { ...INVITATION, message: 'a'.repeat(NOTE_MAX_CHARACTERS + 1) }],
		['a blank note', connectBody, { ...INVITATION, message: ' ' }],
		['a message without sender', sendToLeadBody, { message: 'Hi' }],
		['a field of another request', sendToLeadBody, { senderId: 's', message: 'Hi', leadId: 'l' }],
		['a search for nobody', startSearchBody, { ...SEARCH, limit: 0 }],
		['half a person', startSearchBody, { ...SEARCH, limit: 1.5 }],
		['an open webhook', startSearchBody, { ...SEARCH, webhook_url: 'http://example.com' }],
		['no URLs', startExtractionBody, { ...EXTRACTION, urls: [] }],
		['an open URL', startExtractionBody, { ...EXTRACTION, urls: ['http://www.linkedin.com'] }],
		['another mode', startExtractionBody, { ...EXTRACTION, mode: 'all' }],
	])('%s', (_name, schema, body) => {
		expect(schema.safeParse(body).success).toBe(false);
	});
});

describe('the filters of a search', () => {
	it.each([
		{},
		{ job_titles: ['CTO'], excluded_job_titles: ['Intern'] },
		{ excluded_sic_codes: ['7372'], naics_codes: [{ label: 'Software', value: '5112' }] },
		{ company_sizes: ['11-50', '10001+'], excluded_company_sizes: [1, 9] },
		{ company_type: ['Nonprofit'], excluded_seniority_levels: ['President/Vice President'] },
		{ job_posting_type: ['Full-time'], job_posting_seniority: ['Mid-Senior level'] },
		{ ownership_status: ['SPAC'], last_funding_round_name: ['Series H', 'Post-IPO Debt'] },
		{ member_full_name: 'Jane Doe', bulk_domains: 'a.com, b.com\nc.com' },
		{ ipo_start_date: '31/01/2026', job_posting_end_date: '01/12/2026' },
		{ demo_available: false, pricing_available: true },
		{ job_title_match_mode: 'smart', job_title_smart_mode: 'strict' },
		{ min_revenue_annual: 0, max_revenue_annual: 1_000_000, max_bounce_rate: 100 },
		{ experimental_industries: ['a'] },
		{ industries: ['a'], experimental_industries: ['a'] },
	])('take %j', (filters) => {
		expect(leadSearchFilters.parse(filters)).toEqual(filters);
	});

	it.each([
		{ jobTitles: ['CTO'] },
		{ job_titles: 'CTO' },
		{ excluded_company_sizes: ['11-50'] },
		{ excluded_company_sizes: [0] },
		{ excluded_company_sizes: [10] },
		{ company_sizes: ['11 to 50'] },
		{ naics_codes: ['5112'] },
		{ naics_codes: [{ value: '5112' }] },
		{ ipo_start_date: '2026-01-31' },
		{ ipo_start_date: '31/13/2026' },
		{ demo_available: 'yes' },
		{ job_title_match_mode: 'fuzzy' },
		{ min_revenue_annual: -1 },
		{ min_revenue_annual: 1.5 },
		{ max_bounce_rate: 101 },
		{ industries: ['a'], experimental_industries: ['b'] },
		{ excluded_member_department: ['a'], excluded_experimental_department: [] },
	])('refuse %j', (filters) => {
		expect(leadSearchFilters.safeParse(filters).success).toBe(false);
	});

	it('are as many as the reference has', () => {
		const names = Object.keys(leadSearchFilters.innerType().shape);
		const lists = 16 * 2 + 3 + 4 + 9 + 1 + 2;
		const single = 2 + 3 + 6 + 8 + 12 * 2;
		expect(names).toHaveLength(lists + single);
	});
});

describe('the statuses of a lead', () => {
	it('are the 35 of the reference', () => {
		expect(new Set(LEAD_STATUSES).size).toBe(35);
	});

	it.each([
		['status', SETTABLE_LEAD_STATUSES],
		['customLeadStatus', CUSTOM_LEAD_STATUSES],
	] as const)('that can be set as %s are taken', (field, statuses) => {
		const taken = statuses.filter((one) => setLeadStatusBody.safeParse({ [field]: one }).success);
		expect(taken).toEqual(statuses);
	});
});

describe('a path', () => {
	it.each([
		[LEAD_PATH, 'lead_1', '/v1/leads/lead_1'],
		[LEAD_STATUS_PATH, 'a/b?c', '/v1/leads/a%2Fb%3Fc/status'],
		[LEAD_PATH, '$&', '/v1/leads/%24%26'],
	])('%s of %s is %s', (template, id, path) => {
		expect(pathFor(template, id)).toBe(path);
	});
});
