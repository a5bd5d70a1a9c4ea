import type { SendPilotApi } from './api';
import type { Lead } from './contract/lead';
import { SEND_PATH, type SendByLeadBody, type SendRequest } from './contract/message';
import { deliveryOf, type Delivery, type DeliveryProblem } from './delivery';
import { messageCall } from './sentMessage';
import type { CallResult, HttpRequest } from './http';
import type { LeadShape } from './leadShape';
import { problemIn, type ProblemReason } from './problem';
import { readProfileUrl } from './profileUrl';

/**
 * How SendPilot's validation asks for the profile address. It does so only if it does not know the lead shape,
 * which has no such field. Where the body holds validation texts is not documented, so all of it is searched;
 * observed ones read like `recipientLinkedinUrl must be a URL address`.
 */
const ASKS_FOR_PROFILE = /\brecipientLinkedinUrl\b[^,;]{0,40}\b(?:must|should|required|missing)\b/i;

/** What the sends of one execution share. */
export interface SendSession {
	/** Whether SendPilot accepts the lead shape; updated by each send. */
	leadShape: LeadShape;
	/**
	 * Asked before every sending call.
	 *
	 * @param senderId the account that would send; undefined if SendPilot chooses it
	 * @returns why that account must not send, or undefined if it may
	 */
	refusal: (senderId: string | undefined) => DeliveryProblem | undefined;
	/** Reads a lead, perhaps together with others. @throws SendPilotError if it cannot be read */
	readLead: (leadId: string) => Promise<Lead>;
}

/** The request in the profile shape, or why there is none. */
type Prepared = { request: SendRequest } | { problem: DeliveryProblem };

/**
 * Sends one message and says what became of it. Follows `POST /v1/inbox/send`.
 *
 * A request by lead is tried as it is. If SendPilot refuses that shape (production has since May 2026; the
 * refusal proves that nothing went out), the lead is read and the message goes to its profile, with lead and
 * campaign for reporting.
 *
 * @returns the delivery; never throws
 */
export async function sendMessage(
	api: SendPilotApi,
	request: SendRequest,
	session: SendSession,
): Promise<Delivery> {
	if (request.recipient === 'profile') return await post(api, request, session);

	const refusal = session.refusal(request.body.senderId);
	if (refusal) return { outcome: 'notSent', problem: refusal };
	const result = await session.leadShape.unlessRefused(
		async () => await api.call(sending(request)),
		refusesLeadShape,
	);
	if (result !== 'refused') return deliveryOf(result, messageCall(request.body), api.now());

	const prepared = await toProfile(request.body, session);
	if ('problem' in prepared) return { outcome: 'notSent', problem: prepared.problem };
	return await post(api, prepared.request, session);
}

/** Whether an answer to the lead shape says that SendPilot only accepts the profile shape. */
export function refusesLeadShape(result: CallResult): boolean {
	return (
		result.kind === 'answer' &&
		result.answer.status === 400 &&
		ASKS_FOR_PROFILE.test(JSON.stringify(result.answer.body ?? ''))
	);
}

async function post(
	api: SendPilotApi,
	request: SendRequest,
	session: SendSession,
): Promise<Delivery> {
	const refusal = session.refusal(request.body.senderId);
	if (refusal) return { outcome: 'notSent', problem: refusal };
	const result = await api.call(sending(request));
	return deliveryOf(result, messageCall(request.body), api.now());
}

function sending({ body }: SendRequest): HttpRequest {
	return { method: 'POST', effect: 'reachesPerson', path: SEND_PATH, body };
}

async function toProfile(
	body: SendByLeadBody,
	session: Pick<SendSession, 'readLead'>,
): Promise<Prepared> {
	let lead: Lead;
	try {
		lead = await session.readLead(body.leadId);
	} catch (error) {
		return { problem: { ...problemIn(error), step: 'readLead' } };
	}
	const profile = readProfileUrl(lead.linkedinUrl);
	if (!profile.ok) return unusable('leadWithoutProfile');
	const senderId = body.senderId ?? lead.senderId;
	if (!senderId) return unusable('leadWithoutSender');

	return {
		request: {
			recipient: 'profile',
			body: {
				senderId,
				recipientLinkedinUrl: profile.url,
				message: body.message,
				...(lead.campaignId ? { campaignId: lead.campaignId } : {}),
				leadId: body.leadId,
			},
		},
	};
}

function unusable(reason: ProblemReason): Prepared {
	return { problem: { reason, step: 'readLead', said: [] } };
}
