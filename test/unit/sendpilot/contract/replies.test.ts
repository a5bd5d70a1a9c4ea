import type { z } from 'zod';
import { credits, workspace } from '../../../../sendpilot/contract/account';
import {
	campaign,
	campaignActionReply,
	campaignList,
	canonicalCampaignStatus,
} from '../../../../sendpilot/contract/campaign';
import { connectReply } from '../../../../sendpilot/contract/connectionRequest';
import { conversationList, messageList } from '../../../../sendpilot/contract/conversation';
import {
	addLeadsReply,
	fullLead,
	fullLeadList,
	leadList,
	setLeadStatusReply,
} from '../../../../sendpilot/contract/lead';
import {
	extractionResults,
	extractionStatusReply,
	startExtractionReply,
} from '../../../../sendpilot/contract/leadExtraction';
import {
	filterCatalogue,
	searchResults,
	searchStatusReply,
	startSearchReply,
} from '../../../../sendpilot/contract/leadSearch';
import { senderList, senderQuotaList } from '../../../../sendpilot/contract/sender';

const PAGE = { total: 1, page: 1, limit: 20, totalPages: 1 };
const OFFSET = { total: 1, limit: 100, offset: 0, has_more: false };

type Row = [name: string, schema: z.ZodTypeAny, reply: unknown];

describe('a current reply stays as it is, additions included', () => {
	it.each<Row>([
		[
			'campaigns',
			campaignList,
			{ campaigns: [{ id: 'c', status: 'started', totalLeads: 4, new: 1 }], pagination: PAGE },
		],
		['a campaign', campaign, { id: 'c', description: null, linkedInSenderIds: ['s'] }],
		[
			'a campaign with the older metrics',
			campaign,
			{ id: 'c', status: 'paused', metrics: { connectionsAccepted: 1 } },
		],
		[
			'a pause',
			campaignActionReply,
			{ success: true, campaignId: 'c', action: 'pause', newStatus: 'paused', message: 'Done' },
		],
		['leads', leadList, { leads: [{ id: 'l', firstName: null, new: {} }], pagination: PAGE }],
		['full leads', fullLeadList, { leads: [{ id: 'l', data: { a: [1] } }], pagination: PAGE }],
		['a full lead', fullLead, { id: 'l', isPremium: false, followerCount: 3, headline: 'CTO' }],
		[
			'added leads',
			addLeadsReply,
			{
				success: true,
				leadsAdded: 1,
				duplicatesSkipped: 1,
				invalidEntries: 1,
				errors: [{ linkedinUrl: 'x', reason: 'Invalid', index: 2 }],
			},
		],
		['added leads in counters only', addLeadsReply, { success: true, leadsAdded: 1 }],
		[
			'a status',
			setLeadStatusReply,
			{ success: true, leadId: 'l', status: 'DONE', message: 'Set' },
		],
		[
			'an invitation',
			connectReply,
			{ success: true, requestId: 'r', status: 'already_connected', new: 1 },
		],
		['senders', senderList, { senders: [{ id: 's', profileUrl: 'https://x', likes: 3 }] }],
		['quotas', senderQuotaList, { senders: [{ whatever: { used: 1 } }], total: 1 }],
		[
			'conversations',
			conversationList,
			{
				conversations: [
					{
						id: '2-a==',
						participants: [{ id: 'urn:li:a', name: 'Jane', profileUrl: 'https://x/in/ACoAA' }],
						lastMessage: { content: 'Hi', direction: 'received' },
					},
				],
				pagination: { continuationToken: 't', limit: 20, hasMore: true },
			},
		],
		[
			'conversations with page numbers',
			conversationList,
			{ conversations: [], pagination: { ...PAGE, hasMore: false } },
		],
		[
			'messages',
			messageList,
			{
				conversationId: '2-a==',
				messages: [
					{
						id: 'm',
						content: 'Hi',
						direction: 'sent',
						sender: { id: 'urn:li:a' },
						attachments: [{ type: 'file', url: 'https://x', size: 3 }],
					},
				],
				pagination: { hasMore: false },
			},
		],
		['a started search', startSearchReply, { id: 's', status: 'pending', estimated_quota: 9 }],
		[
			'a search',
			searchStatusReply,
			{ id: 's', status: 'processing', progress: { found: 2, percent_complete: 20 } },
		],
		['found leads', searchResults, { search_id: 's', leads: [{ id: 'f', new: 1 }], ...OFFSET }],
		['the catalogue', filterCatalogue, { filters: ['a', { b: 1 }], ...OFFSET }],
		['values of a filter', filterCatalogue, { filter: 'a', values: [1], ...OFFSET }],
		['a started extraction', startExtractionReply, { id: 'x', estimated_credits: 9 }],
		[
			'an extraction',
			extractionStatusReply,
			{ id: 'x', status: 'RUNNING', progress: { extracted: 1, percent_complete: 3 } },
		],
		[
			'extracted leads',
			extractionResults,
			{ campaign_id: 'x', leads: [{ id: 'f', skills: ['a'] }], ...OFFSET },
		],
		[
			'credits',
			credits,
			{ available: 3, subscription: 2, purchased: 1, used: 0, nextResetDate: null },
		],
		['a workspace', workspace, { apiKey: { name: 'a' }, workspace: {}, missingScopes: ['a:b'] }],
	])('%s', (_name, schema, reply) => {
		expect(schema.parse(reply)).toEqual(reply);
	});
});

describe('a reply of another generation is read as a current one', () => {
	it.each<[name: string, schema: z.ZodTypeAny, reply: unknown, current: unknown]>([
		[
			'campaigns under data and meta',
			campaignList,
			{ data: [{ id: 'c', status: 'STARTED' }], meta: PAGE },
			{ campaigns: [{ id: 'c', status: 'started' }], pagination: PAGE },
		],
		[
			'a status under id',
			setLeadStatusReply,
			{ id: 'l', previousStatus: 'DONE', status: 'OPPORTUNITY' },
			{ leadId: 'l', previousStatus: 'DONE', status: 'OPPORTUNITY' },
		],
		[
			'messages with other directions',
			messageList,
			{ messages: ['Outgoing', 'inbound'].map((direction) => ({ id: direction, direction })) },
			{
				messages: [
					{ id: 'Outgoing', direction: 'sent' },
					{ id: 'inbound', direction: 'received' },
				],
			},
		],
		[
			'progress as a number',
			searchStatusReply,
			{ id: 's', progress: 40 },
			{ id: 's', progress: { percent_complete: 40 } },
		],
		[
			'found leads under results',
			searchResults,
			{ search_id: 's', results: [{ id: 'f' }], has_more: true },
			{ search_id: 's', leads: [{ id: 'f' }], has_more: true },
		],
		['found leads as a list', searchResults, [{ id: 'f' }], { leads: [{ id: 'f' }] }],
		[
			'nested paging of extracted leads',
			extractionResults,
			{ leads: [], pagination: { has_more: true, total: 7 } },
			{ leads: [], has_more: true, total: 7 },
		],
		[
			'nested paging in camelCase',
			extractionResults,
			{ leads: [], pagination: { hasMore: true } },
			{ leads: [], has_more: true },
		],
		[
			'credits apart from those of the lead database',
			credits,
			{
				globalCredits: { balance: 10, used: 4, remaining: 6 },
				leadDatabase: { quota: 5, used: 1, remaining: 4 },
			},
			{ available: 6, used: 4, leadDatabase: { quota: 5, used: 1, remaining: 4 } },
		],
	])('%s', (_name, schema, reply, current) => {
		expect(schema.parse(reply)).toEqual(current);
	});
});

describe('a field of an undocumented type counts as missing', () => {
	it.each<[name: string, schema: z.ZodTypeAny, reply: unknown, read: unknown]>([
		['in a campaign', campaign, { id: 'c', name: 7, status: {}, totalLeads: '4' }, { id: 'c' }],
		['in a lead', fullLead, { id: 'l', data: 'none', isPremium: 'yes' }, { id: 'l' }],
		['in counters', addLeadsReply, { leadsAdded: '1', errors: 2 }, {}],
		[
			'in a conversation',
			conversationList,
			{ conversations: [{ id: 'a', participants: 'Jane', lastMessage: 'Hi' }], pagination: [] },
			{ conversations: [{ id: 'a' }] },
		],
		['in progress', searchStatusReply, { id: 's', progress: 'half' }, { id: 's' }],
		['in credits', credits, { available: 3, nextResetDate: 7 }, { available: 3 }],
		['in a workspace', workspace, { apiKey: 'sp', missingScopes: {} }, {}],
	])('%s', (_name, schema, reply, read) => {
		expect(schema.parse(reply)).toEqual(read);
	});
});

describe('a reply that is none', () => {
	it.each<Row>([
		['campaigns', campaignList, { items: [] }],
		['leads', leadList, { data: [] }],
		['a lead without id', fullLead, { firstName: 'Jane' }],
		['conversations', conversationList, {}],
		['a search without id', startSearchReply, { status: 'pending' }],
		['found leads', searchResults, { search_id: 's' }],
		['credits', credits, { credits: 3 }],
		['text', workspace, 'OK'],
	])('%s', (_name, schema, reply) => {
		expect(schema.safeParse(reply).success).toBe(false);
	});
});

it.each([
	['started', 'started'],
	['STARTED', 'started'],
	['active', 'started'],
	['Completed', 'finished'],
	['PAUSED', 'paused'],
	['Archived', 'Archived'],
	['constructor', 'constructor'],
])('the campaign status %s is read as %s', (status, read) => {
	expect(canonicalCampaignStatus(status)).toBe(read);
});

describe('a reply to a change that does not confirm it is unreadable', () => {
	it.each<Row>([
		['a pause with a text alone', campaignActionReply, { message: 'Accepted' }],
		['a pause with neither', campaignActionReply, { campaignId: 'c', action: 'pause' }],
		['a status with a text alone', setLeadStatusReply, { message: 'Accepted' }],
		['a status with the lead alone', setLeadStatusReply, { id: 'l', status: null }],
	])('%s', (_name, schema, reply) => {
		expect(schema.safeParse(reply).success).toBe(false);
	});
});
