import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { EventReading } from '../../sendpilot/webhook/event';
import type { SignatureProblem } from '../../sendpilot/webhook/signature';
import type { Verification } from '../../sendpilot/webhook/verify';

/**
 * Why a delivery starts nothing and is not answered with success: what its headers and its body lack, or
 * `unusableSettings` for a node or credential that cannot be read, `unreadBody` for a body whose bytes n8n
 * does not give, `inProgress` for a repeat of an event whose first delivery n8n has not answered yet.
 */
export type RejectionReason =
	| SignatureProblem
	| Extract<Verification, { ok: false }>['problem']
	| Extract<EventReading, { kind: 'malformed' }>['problem']
	| 'unusableSettings'
	| 'unreadBody'
	| 'inProgress';

interface Rejection {
	/** HTTP status; none is a success, so that SendPilot tries again. */
	status: number;
	/** What happened, without a full stop; SendPilot's dashboard shows it too. */
	what: string;
	/** What to do about it, in whole sentences, for the log of n8n. */
	next: string;
}

const IF_OTHERS =
	'If it came from somebody else, nothing needs to be done: it started no execution.';
const COPY_SECRET =
	'Copy the secret of this webhook from SendPilot (Integrations → Webhooks) into the SendPilot Webhook API credential of the node.';
const CHECK_CLOCK =
	'Check the clock of the machine that n8n runs on; the option Clock Tolerance allows more.';
const NOT_FROM_SENDPILOT = `SendPilot does not send such headers; look for a proxy that changes them. ${IF_OTHERS}`;
const NOT_AN_EVENT =
	'SendPilot sends its events as JSON in UTF-8; look for a proxy that changes them.';

const REJECTIONS: Record<RejectionReason, Rejection> = {
	unsigned: {
		status: 401,
		what: 'The delivery has no signature',
		next: `SendPilot signs each of its own; look for a proxy that drops headers. ${IF_OTHERS}`,
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
		next: `${CHECK_CLOCK} ${IF_OTHERS}`,
	},
	early: {
		status: 401,
		what: 'The delivery was signed in the future',
		next: `${CHECK_CLOCK} ${IF_OTHERS}`,
	},
	noSecret: {
		status: 401,
		what: 'No signing secret is set, so that nothing can be verified',
		next: COPY_SECRET,
	},
	wrongSignature: {
		status: 401,
		what: 'The signature is not made with the signing secret',
		next: `${COPY_SECRET} While you rotate it, keep the old one as Previous Signing Secret. ${IF_OTHERS}`,
	},
	unusableSettings: {
		status: 401,
		what: 'The delivery could not be verified',
		next: 'Open the node, choose its SendPilot Webhook API credential again, and see that none of its expressions fails.',
	},
	unreadBody: { status: 400, what: 'The body cannot be read', next: NOT_AN_EVENT },
	empty: { status: 400, what: 'The body is empty', next: NOT_AN_EVENT },
	notUtf8: { status: 400, what: 'The body is not UTF-8', next: NOT_AN_EVENT },
	notJson: { status: 400, what: 'The body is not JSON', next: NOT_AN_EVENT },
	inProgress: {
		status: 503,
		what: 'An earlier delivery of this event is still being handed to n8n',
		next: 'SendPilot tries again by itself. If this goes on, n8n is overloaded or its database is slow.',
	},
};

/**
 * Answers a delivery that starts nothing, and logs one line about it that says what to do.
 *
 * @param detail what went wrong in our own house, for the log only
 */
export function reject(
	context: IWebhookFunctions,
	reason: RejectionReason,
	detail?: string,
): IWebhookResponseData {
	const { status, what, next } = REJECTIONS[reason];
	const workflow = context.getWorkflow();
	const cause = detail === undefined ? '' : ` (${detail})`;
	const line = `${context.getNode().name} in the workflow "${workflow.name ?? workflow.id}" refused a delivery: ${what}${cause}. ${next}`;
	// Names and causes may hold line breaks, which would make one line look like several.
	context.logger.warn(line.replace(/[\s\p{Cc}]+/gu, ' '), {
		workflowId: workflow.id,
		reason,
		httpStatus: status,
	});
	const response = context.getResponseObject();
	response.statusCode = status;
	response.setHeader('content-type', 'application/json; charset=utf-8');
	response.end(JSON.stringify({ statusCode: status, message: what }));
	return { noWebhookResponse: true };
}
