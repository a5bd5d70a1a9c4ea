import { invitationCall } from '../../../sendpilot/connect';
import { deliveryOf } from '../../../sendpilot/delivery';

const JANE = 'https://www.linkedin.com/in/jane-doe';
const BODY = { senderId: 'sender_alex', recipientLinkedinUrl: JANE, message: 'Hi Jane' };

/** What became of an invitation that SendPilot answers with a 2xx and this body. */
const delivery = (body: unknown) =>
	deliveryOf(
		{ kind: 'answer', answer: { status: 201, headers: {}, body } },
		invitationCall(BODY),
		0,
	);

describe('a reply to an invitation', () => {
	it.each([
		[{ success: true, requestId: 'r', status: 'sent' }, false],
		[{ requestId: 'r' }, false],
		[{ success: true, error: null }, false],
		[{ success: true, error: ' ' }, false],
		[{ success: true, status: 'already_connected' }, true],
		[{ status: 'ALREADY_CONNECTED' }, true],
	])('%j says that it was sent, needless: %s', (body, isNeedless) => {
		expect(delivery(body)).toMatchObject({ outcome: 'sent', result: { success: true } });
		expect('isNeedless' in delivery(body)).toBe(isNeedless);
	});

	it.each([
		[{ success: false }, []],
		[{ success: false, error: 'Weekly limit', message: 'Hi' }, ['Weekly limit']],
		[{ success: false, status: 'failed' }, []],
	])('%j says that it was not', (body, said) => {
		expect(delivery(body)).toMatchObject({
			outcome: 'notSent',
			problem: { reason: 'declined', said },
		});
	});

	it.each([[{}], ['OK'], [{ status: 'unheard_of' }]])('%j leaves that open', (body) => {
		expect(delivery(body)).toMatchObject({
			outcome: 'uncertain',
			problem: { reason: 'unreadable', step: 'send', senderId: 'sender_alex' },
		});
	});

	it.each([
		[{ success: false, status: 'sent' }],
		[{ success: false, status: 'already_connected' }],
		[{ success: false, requestId: 'r' }],
		[{ success: false, status: 'invited' }],
		[{ success: true, status: 'limit_reached' }],
		[{ success: true, error: 'Session expired' }],
		[{ success: true, status: 'failed', requestId: 'r' }],
		[{ requestId: 'r', error: 'Session expired' }],
	])('%j contradicts itself, which leaves that open', (body) => {
		expect(delivery(body)).toMatchObject({
			outcome: 'uncertain',
			problem: { reason: 'contradictory', step: 'send', senderId: 'sender_alex' },
		});
	});
});
