import { problemOf } from '../../../sendpilot/problem';

const reasonOf = (status: number, message: string | string[]) =>
	problemOf({ kind: 'answer', answer: { status, headers: {}, body: { message } } }, 0)?.reason;

describe('a 400', () => {
	it.each([
		'Recipient is not a 1st-degree connection of this LinkedIn account',
		'Recipient is not a 1st degree connection',
		'The recipient must be a first-degree connection of the sender',
		'Not connected',
		'You are not connected to this recipient',
		'The recipient is not connected with you',
		'Recipient is not yet connected',
		'This person is not a connection',
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
