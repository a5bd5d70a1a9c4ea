import type { SendPilotApi } from './api';
import { CONNECT_PATH, connectReply, type ConnectBody } from './contract/connectionRequest';
import { contradictsSending, deniesSending } from './contract/error';
import { deliveryOf, type Delivery, type SendingCall, type Sent } from './delivery';
import type { SendSession } from './send';

/** An invitation to send. */
export interface ConnectRequest {
	body: ConnectBody;
	/** Whether to send the invitation without its note where the sender cannot send notes. */
	mayDropNote: boolean;
}

/** An invitation that SendPilot accepted, or that was not needed. */
export interface SentInvitation extends Sent {
	/** ISO 8601 */
	sentAt: string | null;
	recipientLinkedinUrl: string | null;
	senderId: string | null;
	requestId: string | null;
	/**
	 * Whether the invitation had a note; null if unknown. A free LinkedIn account cannot send notes, and
	 * SendPilot leaves them out without saying so.
	 */
	noteSent: boolean | null;
}

/** The status of a person who is a connection already, and so gets no invitation. */
const ALREADY_CONNECTED = 'already_connected';

/** Statuses of an invitation that SendPilot accepted, or that was not needed. */
const TAKEN = new Set(['sent', 'queued', 'pending', ALREADY_CONNECTED]);

/**
 * Sends one invitation and says what became of it. Follows `POST /v1/inbox/connect`.
 *
 * A note that is refused can be left out: the invitation is then sent once more without it, but only if the
 * first answer proves that nothing went out, and is about the note.
 *
 * @returns the delivery; never throws
 */
export async function sendConnectionRequest(
	api: SendPilotApi,
	{ body, mayDropNote }: ConnectRequest,
	session: Pick<SendSession, 'refusal'>,
): Promise<Delivery> {
	const first = await post(api, body, session);
	const { message, ...withoutNote } = body;
	const mayGoOut = message !== undefined && !first.hasId && refusesNote(first.delivery);
	if (!mayDropNote || !mayGoOut) return first.delivery;
	return (await post(api, withoutNote, session)).delivery;
}

/** What became of one call. */
interface Posted {
	delivery: Delivery;
	/** Whether the reply names an invitation, whatever else it says: then another one must not follow by itself. */
	hasId: boolean;
}

async function post(
	api: SendPilotApi,
	body: ConnectBody,
	session: Pick<SendSession, 'refusal'>,
): Promise<Posted> {
	const refusal = session.refusal(body.senderId);
	if (refusal) return { delivery: { outcome: 'notSent', problem: refusal }, hasId: false };
	const call = { method: 'POST', effect: 'reachesPerson', path: CONNECT_PATH, body } as const;
	const result = await api.call(call);
	const reply = connectReply.safeParse(result.kind === 'answer' ? result.answer.body : undefined);
	const hasId = reply.success && Boolean(reply.data.requestId);
	return { delivery: deliveryOf(result, invitationCall(body), api.now()), hasId };
}

/**
 * Collects what is known about an invitation.
 *
 * @param reply empty if it was lost
 */
export function sentInvitation(
	reply: Partial<
		Record<'requestId' | 'status' | 'timestamp' | 'recipientLinkedinUrl', string | null>
	>,
	{ recipientLinkedinUrl, senderId, message }: ConnectBody,
): SentInvitation {
	const status = reply.status ?? 'sent';
	const isNeedless = isConnected(status);
	return {
		success: true,
		requestId: reply.requestId ?? null,
		status,
		sentAt: isNeedless ? null : (reply.timestamp ?? null),
		recipientLinkedinUrl: reply.recipientLinkedinUrl ?? recipientLinkedinUrl,
		senderId,
		noteSent: isNeedless || message === undefined ? false : null,
	};
}

function isConnected(status: string | null | undefined): boolean {
	return status?.toLowerCase() === ALREADY_CONNECTED;
}

/** How to judge a call that sends an invitation. */
export function invitationCall(body: ConnectBody): SendingCall {
	return {
		senderId: body.senderId,
		readReply(answer) {
			const parsed = connectReply.safeParse(answer);
			if (!parsed.success) return undefined;
			const { success, status, requestId } = parsed.data;
			if (deniesSending(parsed.data, requestId)) return 'declined';
			const isTaken = status ? TAKEN.has(status.toLowerCase()) : Boolean(requestId);
			const confirms = success ?? isTaken;
			if (!confirms || contradictsSending(answer)) return undefined;
			return { sent: sentInvitation(parsed.data, body), isNeedless: isConnected(status) };
		},
	};
}

/** SendPilot's words for a note; no code of the API names it. */
const NOTE = /\b(?:notes?|custom(?:ized|ised)? message|personali[sz]ed)\b/i;

/** Why a note may not be sent. */
const NOT_ALLOWED =
	/\b(?:premium|not (?:allowed|supported|permitted|available)|can(?:no|')t|free account)\b/i;

/** Whether an invitation certainly did not go out, because of its note. */
function refusesNote(delivery: Delivery): boolean {
	if (delivery.outcome !== 'notSent') return false;
	const { reason, said, inherited } = delivery.problem;
	const isRefusal = reason === 'invalid' || reason === 'forbidden' || reason === 'declined';
	return isRefusal && !inherited && said.some((text) => NOTE.test(text) && NOT_ALLOWED.test(text));
}
