import type { FastifyInstance } from 'fastify';
import {
	SEND_PATH,
	SEND_TO_LEAD_PATH,
	sendByLeadBody,
	sendByProfileBody,
	sendToLeadBody,
	type SendByLeadBody,
	type SendByProfileBody,
} from '../sendpilot/contract/message';
import { ApiError, DAILY_LIMIT_TEXT } from './errors';
import type { Generation } from './generation';
import { readProfileUrl } from './profile';
import { readySender } from './readySender';
import type { SandboxLead } from './seedTypes';
import type { DeliveredMessage, Store } from './store';
import { isRecord, validated } from './validation';

/** What decides whether a message may go out. */
export interface SendRules {
	/** `docs` accepts both of the documented requests, `live` only the one of production. */
	generation: Generation;
	/** Whether people who are not connected leads can be messaged too. */
	acceptAnyRecipient: boolean;
}

const NOT_CONNECTED = 'Recipient is not a 1st-degree connection of this LinkedIn account';
const OPAQUE_PROFILE =
	'recipientLinkedinUrl must contain the public profile name, not an internal LinkedIn id';
const NO_PROFILE = 'recipientLinkedinUrl must be a LinkedIn profile URL';

/** Adds the calls that send a message: to a profile, to a lead in the older form, and to a lead by its id. */
export function addSendRoutes(app: FastifyInstance, store: Store, rules: SendRules): void {
	app.post(SEND_PATH, (request, reply) => {
		void reply.code(201);
		return rules.generation === 'docs' && namesOnlyTheLead(request.body)
			? leadReply(sendToLead(store, rules, validated(sendByLeadBody, request.body)))
			: profileReply(sendToProfile(store, rules, validated(sendByProfileBody, request.body)));
	});

	app.post<{ Params: { id: string } }>(SEND_TO_LEAD_PATH, (request, reply) => {
		const { message, senderId } = validated(sendToLeadBody, request.body);
		const lead = store.lead(request.params.id);
		const text = filledIn(message, lead);
		void reply.code(201);
		return profileReply(sendToLead(store, rules, { leadId: lead.id, senderId, message: text }));
	});
}

function namesOnlyTheLead(body: unknown): boolean {
	return isRecord(body) && 'leadId' in body && !('recipientLinkedinUrl' in body);
}

function sendToLead(store: Store, rules: SendRules, body: SendByLeadBody): DeliveredMessage {
	const lead = store.lead(body.leadId);
	const sender = readySender(
		store,
		body.senderId ?? lead.senderId ?? anyReadySender(store),
		DAILY_LIMIT_TEXT,
	);
	if (!lead.connected && !rules.acceptAnyRecipient) throw new ApiError(400, NOT_CONNECTED);
	return store.deliver(sender, {
		senderId: sender.id,
		recipientLinkedinUrl: lead.linkedinUrl,
		leadId: lead.id,
		campaignId: lead.campaignId,
		message: body.message,
	});
}

function sendToProfile(store: Store, rules: SendRules, body: SendByProfileBody): DeliveredMessage {
	const sender = readySender(store, body.senderId, DAILY_LIMIT_TEXT);
	const profile = readProfileUrl(body.recipientLinkedinUrl);
	if (!profile) throw new ApiError(400, [NO_PROFILE]);
	if (profile.opaque) throw new ApiError(400, [OPAQUE_PROFILE]);
	// The profile alone decides who gets it. Campaign and lead are for tracking only, so not looked up.
	if (!rules.acceptAnyRecipient && !store.isConnected(body.recipientLinkedinUrl)) {
		throw new ApiError(400, NOT_CONNECTED);
	}
	return store.deliver(sender, body);
}

/** SendPilot's own placeholders; others stay as they are. */
function filledIn(message: string, { firstName, lastName }: SandboxLead): string {
	return message
		.replaceAll('{{firstName}}', firstName ?? '')
		.replaceAll('{{lastName}}', lastName ?? '');
}

function anyReadySender(store: Store): string {
	const ready = store.seed.senders.find(
		(sender) => sender.status === 'active' && store.remaining(sender) > 0,
	);
	if (!ready) throw new ApiError(429, DAILY_LIMIT_TEXT);
	return ready.id;
}

function leadReply({ messageId, leadId, senderId, at }: DeliveredMessage) {
	return { success: true, messageId, leadId, senderId, sentAt: new Date(at).toISOString() };
}

function profileReply({ messageId, recipientLinkedinUrl, leadId, at }: DeliveredMessage) {
	return {
		success: true,
		messageId,
		recipientLinkedinUrl,
		status: 'sent',
		timestamp: new Date(at).toISOString(),
		leadId,
	};
}
