import type { SendRequest } from '../../../sendpilot/contract/message';
import { sentMessage } from '../../../sendpilot/delivery';
import { sendMessage } from '../../../sendpilot/send';
import type { Reach } from '../reach/reach';
import { readRequest } from './readRequest';

/** Reaching a person by LinkedIn message. */
export const message: Reach<SendRequest> = {
	kind: 'message',
	read: readRequest,
	senderOf: ({ body }) => body.senderId,
	recipientOf: (request) => ({
		person: {
			...(request.recipient === 'profile' ? { profileUrl: request.body.recipientLinkedinUrl } : {}),
			...(request.body.leadId ? { leadId: request.body.leadId } : {}),
		},
		text: request.body.message,
		// The message that was sent may have come from another sender.
		asSent: { ...sentMessage({}, request), senderId: null, campaignId: null },
	}),
	send: sendMessage,
};
