import type { Resource } from '../shared/operation';
import { getCredits } from './account/getCredits';
import { getWorkspace } from './account/getWorkspace';
import { get as getCampaign } from './campaign/get';
import { getAll as getCampaigns } from './campaign/getAll';
import { pause } from './campaign/pause';
import { resume } from './campaign/resume';
import { send as sendConnectionRequest } from './connectionRequest/send';
import { getAll as getConversations } from './conversation/getAll';
import { getMessages } from './conversation/getMessages';
import { addToCampaign } from './lead/addToCampaign';
import { find as findLead } from './lead/find';
import { get as getLead } from './lead/get';
import { getAll as getLeads } from './lead/getAll';
import { setStatus as setLeadStatus } from './lead/setStatus';
import { get as getExtraction } from './leadExtraction/get';
import { getResults as getExtractionResults } from './leadExtraction/getResults';
import { start as startExtraction } from './leadExtraction/start';
import { get as getSearch } from './leadSearch/get';
import { getFilters } from './leadSearch/getFilters';
import { getResults as getSearchResults } from './leadSearch/getResults';
import { start as startSearch } from './leadSearch/start';
import { send as sendMessage } from './message/send';
import { sendToLead } from './message/sendToLead';
import { getAll as getSenders } from './sender/getAll';
import { getQuotas } from './sender/getQuotas';

/** Everything that the node can do; its fields and its execution follow from this. */
export const RESOURCES: readonly Resource[] = [
	{ value: 'account', name: 'Account', operations: [getCredits, getWorkspace] },
	{ value: 'campaign', name: 'Campaign', operations: [getCampaign, getCampaigns, pause, resume] },
	{
		value: 'connectionRequest',
		name: 'Connection Request',
		operations: [sendConnectionRequest],
	},
	{ value: 'conversation', name: 'Conversation', operations: [getConversations, getMessages] },
	{
		value: 'lead',
		name: 'Lead',
		operations: [addToCampaign, findLead, getLead, getLeads, setLeadStatus],
	},
	{
		value: 'leadExtraction',
		name: 'Lead Extraction',
		operations: [getExtraction, getExtractionResults, startExtraction],
	},
	{
		value: 'leadSearch',
		name: 'Lead Search',
		operations: [getSearch, getFilters, getSearchResults, startSearch],
	},
	{ value: 'message', name: 'Message', operations: [sendMessage, sendToLead] },
	{ value: 'sender', name: 'Sender', operations: [getSenders, getQuotas] },
];
