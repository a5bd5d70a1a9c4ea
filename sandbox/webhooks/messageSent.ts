import type { DeliveredMessage, Store } from '../store';
import type { EventSpec } from './requests';

/**
 * The event that SendPilot emits for a message sent through the API.
 *
 * @returns the event; lead and campaign are looked up by the profile if the request had none
 */
export function messageSentEvent(message: DeliveredMessage, store: Store): EventSpec {
	const { recipientLinkedinUrl: linkedinUrl, senderId } = message;
	const { leads } = store.seed;
	const lead =
		leads.find((one) => one.id === message.leadId) ?? store.leadsWithProfile(linkedinUrl)[0];
	return {
		eventType: 'message.sent',
		data: {
			leadId: message.leadId ?? lead?.id,
			campaignId: message.campaignId ?? lead?.campaignId,
			...{ linkedinUrl, senderId, message: message.message },
		},
	};
}
