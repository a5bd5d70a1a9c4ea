import { senderList, senderQuotaList } from '../../../sendpilot/contract/sender';
import { answerOf, call, send, TO_JANE, useSandbox } from './helpers';

describe('senders', () => {
	const sandbox = useSandbox();

	it('are listed with their remaining messages, and fit the contract', async () => {
		await send(sandbox(), TO_JANE);
		const { body } = await answerOf(call(sandbox(), '/v1/inbox/senders'));
		expect(senderList.parse(body).senders).toEqual(body.senders);
		expect(body.total).toBe(5);
		expect(body.senders[0]).toEqual({
			id: 'sender_alex',
			name: 'Alex Moreau',
			linkedinUrl: 'https://www.linkedin.com/in/alex-moreau',
			status: 'active',
			dailyMessageLimit: 100,
			messagesSentToday: 1,
			remainingMessages: 99,
		});
	});

	it('are rate_limited once they reach their daily limit', async () => {
		const statusOfCasper = async () => {
			const { body } = await answerOf(call(sandbox(), '/v1/inbox/senders'));
			return body.senders[2].status;
		};
		expect(await statusOfCasper()).toBe('active');
		for (let time = 0; time < 2; time++) {
			await send(sandbox(), { ...TO_JANE, senderId: 'sender_casper' });
		}
		expect(await statusOfCasper()).toBe('rate_limited');
	});

	it('have quotas of three kinds', async () => {
		await send(sandbox(), TO_JANE);
		const { body } = await answerOf(call(sandbox(), '/v1/senders/quotas'));
		expect(senderQuotaList.parse(body)).toEqual(body);
		const resetsAt = expect.any(String);
		expect(body.senders[0].quotas).toMatchObject({
			messages: { limit: 100, used: 1, remaining: 99, resetsAt },
			invitations: { limit: 20, used: 0, remaining: 20, resetsAt },
			likes: { used: 0 },
		});
	});
});

describe('senders with the older field names', () => {
	const sandbox = useSandbox({ generation: 'docs' });

	it('have a profileUrl', async () => {
		const { body } = await answerOf(call(sandbox(), '/v1/inbox/senders'));
		expect(body.senders[0]).toMatchObject({
			profileUrl: 'https://www.linkedin.com/in/alex-moreau',
		});
		expect(body.senders[0]).not.toHaveProperty('linkedinUrl');
	});
});
