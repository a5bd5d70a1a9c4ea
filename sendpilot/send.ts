import type { SendPilotApi } from './api';
import type { Lead } from './contract/lead';
import { SEND_PATH, type SendByLeadBody, type SendRequest } from './contract/message';
import { deliveryOf, type Delivery, type DeliveryProblem } from './delivery';
import type { CallResult } from './http';
import { readLead } from './lead';
import type { LeadShape } from './leadShape';
import { problemIn, type ProblemReason } from './problem';
import { readProfileUrl } from './profileUrl';

/**
 * How SendPilot's validation asks for the profile address. It only does so where it knows no lead
 * shape, since that shape has no such field. Where validation texts stand is not documented, so that
 * the whole body is looked through; the observed ones read like `recipientLinkedinUrl must be a URL
 * address`.
 */
const ASKS_FOR_PROFILE = /\brecipientLinkedinUrl\b[^,;]{0,40}\b(?:must|should|required|missing)\b/i;

/** What one execution knows, and what each of its sends is to heed. */
export interface SendSession {
	/** What the execution has learned of the lead shape; updated by each send. */
	leadShape: LeadShape;
	/**
	 * Asked before every sending call.
	 *
	 * @param senderId the account that would send, undefined where SendPilot chooses it
	 * @returns why that account is not to be used any more, or undefined
	 */
	refusal: (senderId: string | undefined) => DeliveryProblem | undefined;
}

/** The result of preparing the other shape: a request, or why there is none. */
type Prepared = { request: SendRequest } | { problem: DeliveryProblem };

/**
 * Sends one message and says what became of it. Follows `POST /v1/inbox/send`.
 *
 * A request by lead is sent as it is. Where this SendPilot refuses that shape (seen in production
 * since May 2026; the refusal proves that nothing went out), the lead is read and the message goes to
 * its profile, with lead and campaign for tracking.
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
		async () => await api.call({ method: 'POST', path: SEND_PATH, body: request.body }),
		refusesLeadShape,
	);
	if (result !== 'refused') return deliveryOf(result, request, api.now());

	const prepared = await toProfile(api, request.body);
	if ('problem' in prepared) return { outcome: 'notSent', problem: prepared.problem };
	return await post(api, prepared.request, session);
}

/** Whether an answer to the lead shape says that this SendPilot takes the profile shape only. */
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
	const result = await api.call({ method: 'POST', path: SEND_PATH, body: request.body });
	return deliveryOf(result, request, api.now());
}

async function toProfile(api: SendPilotApi, body: SendByLeadBody): Promise<Prepared> {
	let lead: Lead;
	try {
		lead = await readLead(api, body.leadId);
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
