import type { FastifyInstance } from 'fastify';
import { CONNECT_PATH, connectBody } from '../sendpilot/contract/connectionRequest';
import { ApiError, INVITATION_LIMIT_TEXT } from './errors';
import type { ApiParts } from './parts';
import { readProfileUrl } from './profile';
import { readySender } from './readySender';
import { validated } from './validation';
import { acceptedEvent } from './webhooks/happened';

const NO_PROFILE = 'recipientLinkedinUrl must be a LinkedIn profile URL';
const NO_NOTES = 'Notes are not available for this account: LinkedIn Premium is required';

/** Adds the call that sends an invitation. */
export function addConnectRoute(app: FastifyInstance, { store, quirks, webhooks }: ApiParts): void {
	app.post(CONNECT_PATH, (request, reply) => {
		const { senderId, recipientLinkedinUrl, message } = validated(connectBody, request.body);
		const sender = readySender(store, senderId, INVITATION_LIMIT_TEXT);
		const profile = readProfileUrl(recipientLinkedinUrl);
		if (!profile || profile.opaque) throw new ApiError(400, [NO_PROFILE]);
		if (message !== undefined && quirks.notes === 'refused') throw new ApiError(400, NO_NOTES);
		void reply.code(201);
		const answer = { success: true, recipientLinkedinUrl };
		if (store.isConnected(recipientLinkedinUrl)) {
			// Observed: the event comes for these people too.
			webhooks.emit(acceptedEvent({ senderId, recipientLinkedinUrl }, store));
			const timestamp = new Date().toISOString();
			return { ...answer, requestId: '', status: 'already_connected', timestamp };
		}
		const note = quirks.notes === 'sent' ? message : undefined;
		const { requestId, at } = store.invite(sender, {
			senderId,
			recipientLinkedinUrl,
			...(note === undefined ? {} : { note }),
		});
		return { ...answer, requestId, status: 'sent', timestamp: new Date(at).toISOString() };
	});
}
