import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { Explanation } from '../shared/explanation';
import type { EventReading } from '../../sendpilot/webhook/event';
import type { SignatureProblem } from '../../sendpilot/webhook/signature';
import type { Verification } from '../../sendpilot/webhook/verify';
import { logRejection } from './rejectionLog';

/**
 * Why a delivery starts nothing and gets an error: something is wrong with its headers or its body, or
 * `unusableSettings` (the node or its credential can't be read), `unreadBody` (n8n does not provide the
 * body's bytes), `inProgress` (n8n has not answered the first delivery of the same event yet).
 */
export type RejectionReason =
	| SignatureProblem
	| Extract<Verification, { ok: false }>['problem']
	| Extract<EventReading, { kind: 'malformed' }>['problem']
	| 'unusableSettings'
	| 'unreadBody'
	| 'inProgress';

/** `what` is sent to the caller, so SendPilot's dashboard may show it; `next` is for n8n's log only. */
interface Rejection extends Explanation {
	/** HTTP status. It is never a success, so SendPilot tries again. */
	status: number;
}

const IF_NOT_SENDPILOT =
	'If it came from someone else, no action is needed: it started no execution.';
const COPY_SECRET =
	'Copy the secret of this webhook from SendPilot (Integrations → Webhooks) into the SendPilot Webhook API credential of the node.';
const CHECK_CLOCK =
	'Check the clock of the machine that n8n runs on, or raise Clock Tolerance in the options of the node.';
const NOT_FROM_SENDPILOT = `SendPilot does not send such headers. Check whether a proxy changes them. ${IF_NOT_SENDPILOT}`;
const NOT_AN_EVENT = 'SendPilot sends events as JSON in UTF-8. Check whether a proxy changes them.';

const REJECTIONS: Record<RejectionReason, Rejection> = {
	unsigned: {
		status: 401,
		what: 'The delivery has no signature',
		next: `SendPilot signs every delivery. Check whether a proxy drops headers. ${IF_NOT_SENDPILOT}`,
	},
	incomplete: {
		status: 401,
		what: 'One of the signature headers is missing',
		next: NOT_FROM_SENDPILOT,
	},
	contradicting: {
		status: 401,
		what: 'The signature headers contradict each other',
		next: NOT_FROM_SENDPILOT,
	},
	unreadable: {
		status: 401,
		what: 'A signature header cannot be read',
		next: NOT_FROM_SENDPILOT,
	},
	stale: {
		status: 401,
		what: 'The delivery was signed too long ago',
		next: `${CHECK_CLOCK} ${IF_NOT_SENDPILOT}`,
	},
	early: {
		status: 401,
		what: 'The delivery was signed in the future',
		next: `${CHECK_CLOCK} ${IF_NOT_SENDPILOT}`,
	},
	noSecret: {
		status: 401,
		what: 'No signing secret is set, so nothing can be verified',
		next: COPY_SECRET,
	},
	wrongSignature: {
		status: 401,
		what: 'The signature does not match the signing secret',
		next: `${COPY_SECRET} While you rotate it, keep the old secret as Previous Signing Secret. ${IF_NOT_SENDPILOT}`,
	},
	unusableSettings: {
		status: 401,
		what: 'The delivery could not be verified',
		next: 'Open the node, select its SendPilot Webhook API credential again, and check its expressions.',
	},
	unreadBody: { status: 400, what: 'The body cannot be read', next: NOT_AN_EVENT },
	empty: { status: 400, what: 'The body is empty', next: NOT_AN_EVENT },
	notUtf8: { status: 400, what: 'The body is not UTF-8', next: NOT_AN_EVENT },
	notJson: { status: 400, what: 'The body is not JSON', next: NOT_AN_EVENT },
	inProgress: {
		status: 503,
		what: 'An earlier delivery of this event is still being processed',
		next: 'SendPilot tries again automatically. If this keeps happening, n8n is overloaded or its database is slow.',
	},
};

/**
 * Answers a delivery with an error, starts nothing, and logs what to do, see {@link logRejection}.
 *
 * @param detail what went wrong on our side, for the log only
 */
export function reject(
	context: IWebhookFunctions,
	reason: RejectionReason,
	detail?: string,
): IWebhookResponseData {
	const rejection = REJECTIONS[reason];
	const { status, what } = rejection;
	logRejection(context, { reason, detail, ...rejection });
	const response = context.getResponseObject();
	response.statusCode = status;
	response.setHeader('content-type', 'application/json; charset=utf-8');
	response.end(JSON.stringify({ statusCode: status, message: what }));
	return { noWebhookResponse: true };
}
