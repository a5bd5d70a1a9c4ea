import { BY_LEAD, named, useOutreach, WAYS } from './ways';

const use = useOutreach();

describe.each(named(WAYS))('senders that cannot send: %s', (_name, way) => {
	/** Those of the sandbox; a lead has its own sender. */
	const from = (sender: string) => {
		const outreach = use(way);
		for (const number of [0, 1, 2]) outreach.lead(number).senderId = sender;
		return { outreach, items: outreach.people(3, () => ({ sender })) };
	};

	it.each([
		['sender_dora', 'disconnected', 'Reconnect it in SendPilot'],
		['sender_emil', 'warming', 'Wait until it has warmed up'],
	])('%s is %s, which costs no call', async (sender, status, next) => {
		const { outreach, items } = from(sender);
		const { failed } = await outreach.send(items, { safety: { blockedItems: 'output' } });
		expect(outreach.posts).toEqual([]);
		expect(outreach.reads.filter((path) => path === '/v1/inbox/senders')).toHaveLength(1);
		expect(failed).toHaveLength(3);
		expect(failed[0]).toMatchObject({
			error: expect.stringContaining(`is ${status} in SendPilot`),
			details: {
				...{ delivery: 'notSent', reason: 'senderNotReady', senderStatus: status },
				description: expect.stringContaining(next),
			},
		});
	});

	it('does not wait between people who are not reached', async () => {
		const { outreach, items } = from('sender_dora');
		const { failed } = await outreach.send(items, { options: { minDelay: 3_600 } });
		expect(failed).toHaveLength(3);
		expect(outreach.posts).toEqual([]);
	});

	it('does not keep other senders from sending', async () => {
		const { outreach, items } = from('sender_dora');
		outreach.lead(1).senderId = 'sender_bianca';
		items[1].sender = 'sender_bianca';
		await outreach.send(items);
		expect(outreach.reached).toEqual([1]);
	});

	it('sends if the senders cannot be read', async () => {
		const { outreach, items } = from('sender_alex');
		outreach.sandbox.inject({
			...{ fault: 'status', status: 403, message: 'Forbidden resource' },
			...{ path: '/v1/inbox/senders', method: 'GET', times: Infinity },
		});
		await outreach.send(items);
		expect(outreach.reached).toEqual([0, 1, 2]);
	});

	it('begins no call with a key that SendPilot refuses', async () => {
		const { outreach, items } = from('sender_alex');
		const sendPilotApi = { apiKey: 'wrong', baseUrl: outreach.sandbox.url };
		const { failed } = await outreach.send(items, {
			settings: { credentials: { sendPilotApi } },
		});
		expect(failed).toHaveLength(3);
		expect(failed[0]).toMatchObject({ details: { delivery: 'notSent', reason: 'unauthorized' } });
		expect(outreach.posts).toEqual([]);
		expect(outreach.sandbox.requests).toHaveLength(1);
	});
});

describe.each(named(WAYS.filter(({ kind }) => kind === 'message')))(
	'senders without messages left: %s',
	(_name, way) => {
		it('cost no call, and say when they can send again', async () => {
			const outreach = use(way);
			const [alex] = outreach.sandbox.seed.senders;
			alex.messagesSentToday = alex.dailyMessageLimit;
			const { output } = await outreach.send(outreach.people(2), {
				safety: { blockedItems: 'output' },
			});
			expect(outreach.posts).toEqual([]);
			expect(output).toHaveLength(2);
			const [first] = output;
			expect(first).toMatchObject({ success: false, details: { reason: 'limit', left: 0 } });
			expect(Date.parse(Object(first.details).nextAllowedAt)).toBeGreaterThan(Date.now());
		});

		it('stop when they have none left', async () => {
			const outreach = use(way);
			const [alex] = outreach.sandbox.seed.senders;
			alex.messagesSentToday = alex.dailyMessageLimit - 2;
			const { failed } = await outreach.send(outreach.people(4));
			expect(outreach.reached).toEqual([0, 1]);
			expect(failed).toMatchObject([
				{ details: { reason: 'limit', left: 0 } },
				{ details: { reason: 'limit', left: 0 } },
			]);
		});
	},
);

describe('a sender that is chosen by the lead', () => {
	it('is known before the first call, even if nothing else needs the lead', async () => {
		const outreach = use(BY_LEAD);
		outreach.lead(0).senderId = 'sender_dora';
		const { failed } = await outreach.send(outreach.people(1), {
			safety: { skipLeadStatuses: [] },
		});
		expect(outreach.posts).toEqual([]);
		expect(failed).toMatchObject([{ details: { reason: 'senderNotReady' } }]);
	});
});
