import type { SendRequest } from '../../../sendpilot/contract/message';
import { sendMessage } from '../../../sendpilot/send';
import { sentMessage } from '../../../sendpilot/sentMessage';
import type { Reach } from '../reach/reach';
import { MESSAGE_WORDS } from '../reach/peopleWords';
import { readSendRequest } from './readRequest';

/** Reaching a person by LinkedIn message. */
export const message: Reach<SendRequest> = {
	kind: 'message',
	words: MESSAGE_WORDS,
	read: readSendRequest,
	senderOf: ({ body }) => body.senderId,
	recipientOf: (request) => ({
		person: {
			...(request.recipient === 'profile' ? { profileUrl: request.body.recipientLinkedinUrl } : {}),
			...(request.body.leadId ? { leadId: request.body.leadId } : {}),
		},
		text: request.body.message,
		// The message that was sent may have come from another sender.
		asSent: { ...sentMessage({}, request.body), senderId: null, campaignId: null },
	}),
	textOf: ({ body }) => body.message,
	send: sendMessage,
};
