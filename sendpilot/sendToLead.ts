import type { SendPilotApi } from './api';
import { SEND_TO_LEAD_PATH, type SendToLeadBody } from './contract/message';
import { pathFor } from './contract/path';
import { deliveryOf, type Delivery } from './delivery';
import type { SendSession } from './send';
import { messageCall } from './sentMessage';

/** A message to a lead, whose profile SendPilot looks up. */
export interface SendToLeadRequest {
	leadId: string;
	body: SendToLeadBody;
}

/**
 * Sends one message and says what became of it. Follows `POST /v1/inbox/send/lead/{leadId}`.
 *
 * @returns the delivery; never throws
 */
export async function sendToLead(
	api: SendPilotApi,
	{ leadId, body }: SendToLeadRequest,
	session: Pick<SendSession, 'refusal'>,
): Promise<Delivery> {
	const refusal = session.refusal(body.senderId);
	if (refusal) return { outcome: 'notSent', problem: refusal };
	const path = pathFor(SEND_TO_LEAD_PATH, leadId);
	const result = await api.call({ method: 'POST', effect: 'reachesPerson', path, body });
	return deliveryOf(result, messageCall({ leadId, ...body }), api.now());
}
