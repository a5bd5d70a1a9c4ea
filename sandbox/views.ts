import type { SandboxCampaign, SandboxLead, SandboxSender } from './seedTypes';
import { without } from './without';

/** @returns a campaign as in today's lists */
export function currentCampaign(campaign: SandboxCampaign, leads: SandboxLead[]) {
	return { ...without(campaign, 'description'), ...activity(leads) };
}

/** @returns a campaign as in today's `GET /v1/campaigns/{id}` */
export function currentCampaignDetail(campaign: SandboxCampaign, leads: SandboxLead[]) {
	return { ...currentCampaign(campaign, leads), description: campaign.description };
}

/** @returns a campaign as in the older lists: no counters, the status in capitals */
export function oldCampaign(campaign: SandboxCampaign, leads: SandboxLead[]) {
	const { id, name, status, createdAt, updatedAt } = campaign;
	const { totalLeads } = activity(leads);
	return { id, name, status: status.toUpperCase(), totalLeads, createdAt, updatedAt };
}

/** @returns a campaign as in the older `GET /v1/campaigns/{id}`: counters under `metrics` */
export function oldCampaignDetail(campaign: SandboxCampaign, leads: SandboxLead[]) {
	const { connectionsSent, messagesSent, repliesReceived } = activity(leads);
	return {
		...oldCampaign(campaign, leads),
		metrics: { connectionsSent, connectionsAccepted: 0, messagesSent, repliesReceived },
	};
}

/** @returns a lead as in `GET /v1/leads/{id}` */
export function plainLead(lead: SandboxLead) {
	const { id, linkedinUrl, status, campaignId, createdAt, updatedAt } = lead;
	const { firstName, lastName, title, company } = lead;
	return {
		...{ id, linkedinUrl, status, campaignId, createdAt, updatedAt },
		...{ firstName, lastName, title, company },
	};
}

/** @returns a lead as in lists: with the sender, which a single lead has only with `full=true` */
export function listedLead(lead: SandboxLead) {
	return { ...plainLead(lead), senderId: lead.senderId };
}

/** @returns a lead with `full=true` */
export function fullLead(lead: SandboxLead) {
	return { ...without(lead, 'connected'), data: lead.data ?? {} };
}

/** @returns a sender as in the older lists: with `profileUrl` */
export function oldSender(sender: SandboxSender, remainingMessages: number) {
	const { linkedinUrl, ...rest } = listedSender(sender, remainingMessages);
	return { ...rest, profileUrl: linkedinUrl };
}

/** @returns a sender; its status is `rate_limited` once it has reached its daily limit */
export function listedSender(sender: SandboxSender, remainingMessages: number) {
	const isAtLimit = sender.status === 'active' && remainingMessages === 0;
	const { id, name, linkedinUrl, status, dailyMessageLimit, messagesSentToday } = sender;
	return {
		...{ id, name, linkedinUrl, status: isAtLimit ? 'rate_limited' : status },
		...{ dailyMessageLimit, messagesSentToday, remainingMessages },
	};
}

/** Derived from the leads, so that the numbers are consistent with them. */
function activity(leads: SandboxLead[]) {
	return {
		totalLeads: leads.length,
		connectionsSent: leads.length,
		messagesSent: leads.filter((lead) => lead.connected).length,
		repliesReceived: leads.filter((lead) => lead.status === 'REPLY_RECEIVED').length,
	};
}
