import { CUSTOM_LEAD_STATUS_LABELS, type CustomLeadStatus } from '../../sendpilot/contract/lead';
import type { SandboxCampaign, SandboxLead } from '../seedTypes';
import type { DeliveredInvitation, ExchangedMessage, Store } from '../store';
import type { EventSpec } from './requests';

/** @returns the event of a campaign that the API paused or resumed */
export function campaignEvent({ id, name, status, updatedAt }: SandboxCampaign): EventSpec {
	const campaign = { campaignId: id, campaignName: name };
	return status === 'paused'
		? {
				eventType: 'campaign.paused',
				data: { ...campaign, pausedAt: updatedAt, pausedBy: 'api' },
			}
		: {
				eventType: 'campaign.resumed',
				data: { ...campaign, resumedAt: updatedAt, resumedBy: 'api' },
			};
}

/** @returns the event of a lead whose status the API changed */
export function leadUpdatedEvent(lead: SandboxLead, previousStatus: string): EventSpec {
	const { id: leadId, campaignId, linkedinUrl, status: newStatus } = lead;
	return {
		eventType: 'lead.updated',
		data: { leadId, campaignId, linkedinUrl, previousStatus, newStatus },
	};
}

/** @returns the event of a lead whose CRM label the API changed */
export function leadTagEvent(
	{ id: leadId, linkedinUrl }: SandboxLead,
	label: CustomLeadStatus,
	previous: string | undefined,
): EventSpec {
	return {
		eventType: 'lead.tag.updated',
		data: {
			leadId,
			linkedinUrl,
			newTag: CUSTOM_LEAD_STATUS_LABELS[label],
			previousTag: CUSTOM_LEAD_STATUS_LABELS[previous as CustomLeadStatus] ?? null,
		},
	};
}

/** Who invited whom. */
type Invitation = Pick<DeliveredInvitation, 'senderId' | 'recipientLinkedinUrl'>;

/** @returns the event of an invitation that the API sent */
export function invitedEvent(
	{ senderId, recipientLinkedinUrl: linkedinUrl, note }: DeliveredInvitation,
	store: Store,
): EventSpec {
	return {
		eventType: 'connection_request.sent',
		data: { ...leadOf(linkedinUrl, store), linkedinUrl, senderId, note },
	};
}

/** @returns the event of a person who accepted an invitation, or was connected already */
export function acceptedEvent(
	{ senderId, recipientLinkedinUrl: linkedinUrl }: Invitation,
	store: Store,
): EventSpec {
	const acceptedAt = new Date().toISOString();
	return {
		eventType: 'connection_request.accepted',
		data: { ...leadOf(linkedinUrl, store), linkedinUrl, senderId, acceptedAt },
	};
}

/** @returns the event of a person who replied */
export function replyEvent(
	{ senderId, linkedinUrl, content: reply }: ExchangedMessage,
	store: Store,
): EventSpec {
	return {
		eventType: 'reply.received',
		data: { ...leadOf(linkedinUrl, store), linkedinUrl, senderId, reply },
	};
}

/** Only a known person has a lead. */
function leadOf(linkedinUrl: string, store: Store) {
	const [lead] = store.leadsWithProfile(linkedinUrl);
	return { leadId: lead?.id, campaignId: lead?.campaignId };
}
