import type { OperationName, OperationRun } from './engine/sendPilot';
import { byId, personUrl, toProfile } from './support';

/** For each operation of the node SendPilot, a run that succeeds against the sandbox as it is at the start. */
export const EXAMPLES: Record<OperationName, Pick<OperationRun, 'parameters' | 'items'>> = {
	'account.getCredits': {},
	'account.getWorkspace': {},
	'campaign.get': { parameters: { campaignId: byId('camp_founders') } },
	'campaign.getAll': { parameters: { limit: 2 } },
	'campaign.pause': { parameters: { campaignId: byId('camp_founders') } },
	'campaign.resume': { parameters: { campaignId: byId('camp_agencies') } },
	'lead.addToCampaign': {
		parameters: { campaignId: byId('camp_founders'), linkedinUrl: personUrl(1) },
	},
	'lead.find': {
		parameters: {
			campaignId: byId('camp_founders'),
			linkedinUrl: 'https://www.linkedin.com/in/jane-doe',
		},
	},
	'lead.get': { parameters: { leadId: byId('lead_jane') } },
	'lead.getAll': { parameters: { campaignId: byId('camp_founders'), limit: 2 } },
	'lead.setStatus': { parameters: { leadId: byId('lead_jane'), status: 'OPPORTUNITY' } },
	'connectionRequest.send': {
		parameters: {
			senderId: byId('sender_alex'),
			recipientLinkedinUrl: 'https://www.linkedin.com/in/noah-berg',
			note: "Hi Noah, let's connect!",
		},
	},
	'conversation.getAll': { parameters: { senderId: byId('sender_alex'), limit: 3 } },
	'conversation.getMessages': {
		parameters: { senderId: byId('sender_alex'), conversationId: byId('2-T21hcg==') },
	},
	'message.send': { parameters: toProfile({ recipientLinkedinUrl: personUrl(1) }) },
	'message.sendToLead': {
		parameters: {
			senderId: byId('sender_alex'),
			leadId: byId('lead_jane'),
			message: 'Hi {{firstName}}!',
		},
	},
	'sender.getAll': {},
	'sender.getQuotas': {},
	'leadExtraction.start': {
		parameters: {
			name: 'CTOs',
			urls: 'https://www.linkedin.com/search/results/people/?keywords=cto',
			limit: 5,
		},
	},
	'leadSearch.start': {
		parameters: { name: 'CTOs', limit: 5, filtersJson: '{"job_titles":["CTO"]}' },
	},
	'leadExtraction.get': { parameters: { extractionId: byId('extract_founders') } },
	'leadExtraction.getResults': { parameters: { extractionId: byId('extract_founders') } },
	'leadSearch.get': { parameters: { searchId: byId('search_ctos') } },
	'leadSearch.getFilters': {},
	'leadSearch.getResults': { parameters: { searchId: byId('search_ctos') } },
};
