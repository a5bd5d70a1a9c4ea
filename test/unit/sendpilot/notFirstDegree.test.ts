import { deliveryOf } from '../../../sendpilot/delivery';
import { messageCall } from '../../../sendpilot/sentMessage';

const REQUEST = { recipient: 'lead', body: { leadId: 'lead_jane', message: 'Hi' } } as const;

function reasonOf(status: number, message: string | string[]) {
	const answer = { status, headers: {}, body: { message } };
	const delivery = deliveryOf({ kind: 'answer', answer }, messageCall(REQUEST.body), 0);
	return 'problem' in delivery ? delivery.problem.reason : undefined;
}

describe('a 400 to a send', () => {
	it.each([
		'Recipient is not a 1st-degree connection of this LinkedIn account',
		'Recipient is not a 1st degree connection',
		'The recipient must be a first-degree connection of the sender',
		'Not connected',
		'You are not connected to this recipient',
		'The recipient is not connected with you',
		'Recipient is not yet connected',
		'This person is not a connection',
		'The sender is not connected to the recipient',
		'The account and the recipient are not connected',
		'Recipient is not in your connections',
		"The recipient isn't connected with you",
		'The recipient must be a 1st\u2011degree connection',
		'The recipient is not currently connected',
	])('that says "%s" is about a missing connection', (said) => {
		expect(reasonOf(400, said)).toBe('notFirstDegree');
		expect(reasonOf(400, ['Bad request', said])).toBe('notFirstDegree');
	});

	it.each([
		'senderId should not be empty',
		'recipientLinkedinUrl must be a URL address',
		'Sender not found',
		'The sender is not connected to LinkedIn',
		'LinkedIn account is not connected',
		'Sender account disconnected',
		'senderId "x" is not connected',
		'Senders not connected',
		'You are not connected to LinkedIn',
		'Not connected: please reconnect your LinkedIn account',
		'Your LinkedIn profile is not connected to SendPilot',
		'Inbox not connected',
		'You have reached the limit of messages to 1st-degree connections',
		'Could not verify whether this is a first-degree connection',
		'message must be shorter than or equal to 8000 characters',
		'The connection to LinkedIn was lost',
	])('that says "%s" is not', (said) => {
		expect(reasonOf(400, said)).toBe('invalid');
	});

	it('is the only status that can be', () => {
		for (const status of [401, 403, 404, 409, 422, 500]) {
			expect(reasonOf(status, 'Recipient is not a 1st-degree connection')).not.toBe(
				'notFirstDegree',
			);
		}
	});
});
