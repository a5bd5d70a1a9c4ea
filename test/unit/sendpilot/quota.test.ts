import { quotaOf } from '../../../sendpilot/quota';

const RESET = '2026-11-29T00:00:00.000Z';
const resetsAt = Date.parse(RESET);

describe('the quota of a sender', () => {
	it.each([
		[
			'in an object',
			{
				senderId: 'a',
				quotas: { messages: { limit: 50, used: 20, remaining: 30, resetsAt: RESET } },
			},
			{ used: 20, left: 30, resetsAt },
		],
		[
			'directly below the sender, with the time of the reset',
			{ id: 'a', resetAt: RESET, message: { used: 20, left: 30 } },
			{ used: 20, left: 30, resetsAt },
		],
		[
			'without what is left, which is the limit less what was used',
			{ accountId: 'a', daily: { messages: { daily_limit: 50, sent_today: 20 } } },
			{ used: 20, left: 30 },
		],
		[
			'without what was used',
			{ sender_id: 'a', quota: { Messages: { max: 50, available: 30 } } },
			{ used: 20, left: 30 },
		],
		[
			'with more used than allowed',
			{ id: 'a', messages: { limit: 10, used: 12 } },
			{ used: 12, left: 0 },
		],
	])('is read %s', (_how, quota, expected) => {
		expect(quotaOf([{ id: 'b', messages: { used: 1 } }, quota], 'a', 'message')).toEqual(expected);
	});

	it.each([
		['of another sender', { id: 'b', messages: { used: 1, left: 2 } }],
		['of something else', { id: 'a', likes: { used: 1, left: 2 } }],
		['that is text', { id: 'a', messages: 'many' }],
		['of odd types', { id: 'a', messages: { used: '1', left: null, remaining: -1 } }],
	])('is unknown if there is only one %s', (_what, quota) => {
		const { used, left } = quotaOf([quota], 'a', 'message');
		expect({ used, left }).toEqual({ used: undefined, left: undefined });
	});

	it('of invitations is not that of messages', () => {
		const quotas = { invitations: { used: 3, left: 4 }, messages: { used: 1, left: 2 } };
		expect(quotaOf([{ senderId: 'a', quotas }], 'a', 'invitation')).toEqual({ used: 3, left: 4 });
	});
});
