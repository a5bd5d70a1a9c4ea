import type { Resource } from '../shared/operation';
import { get as getCampaign } from './campaign/get';
import { getAll as getCampaigns } from './campaign/getAll';
import { send as sendConnectionRequest } from './connectionRequest/send';
import { addToCampaign } from './lead/addToCampaign';
import { find as findLead } from './lead/find';
import { get as getLead } from './lead/get';
import { getAll as getLeads } from './lead/getAll';
import { setStatus as setLeadStatus } from './lead/setStatus';
import { send as sendMessage } from './message/send';
import { sendToLead } from './message/sendToLead';

/** Everything that the node can do; its fields and its execution follow from this. */
export const RESOURCES: readonly Resource[] = [
	{ value: 'campaign', name: 'Campaign', operations: [getCampaign, getCampaigns] },
	{
		value: 'connectionRequest',
		name: 'Connection Request',
		operations: [sendConnectionRequest],
	},
	{
		value: 'lead',
		name: 'Lead',
		operations: [addToCampaign, findLead, getLead, getLeads, setLeadStatus],
	},
	{ value: 'message', name: 'Message', operations: [sendMessage, sendToLead] },
];
