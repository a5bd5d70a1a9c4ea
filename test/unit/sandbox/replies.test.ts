import { answerOf, call, eventsOf, postJson, send, TO_JANE, useSandbox } from './helpers';

const JANE = TO_JANE.recipientLinkedinUrl;
const OMAR = 'https://www.linkedin.com/in/omar-haddad';
const NOAH = 'https://www.linkedin.com/in/noah-berg';
const STRANGER = 'https://www.linkedin.com/in/ada-bauer';

const sandbox = useSandbox({ quirks: { repeatsConversations: false }, acceptAnyRecipient: true });
afterEach(() => jest.restoreAllMocks());

async function conversations(senderId: string, limit = 1) {
	const path = `/v1/inbox/conversations?accountId=${senderId}&limit=${limit}`;
	return (await answerOf(call(sandbox(), path))).body.conversations;
}

/** Who wrote what in the newest conversation of a sender, newest first. */
async function thread(senderId: string): Promise<Array<[direction: string, text: string]>> {
	const [{ id }] = await conversations(senderId);
	const path = `/v1/inbox/conversations/${encodeURIComponent(id)}/messages?accountId=${senderId}`;
	const { body } = await answerOf(call(sandbox(), path));
	return body.messages.map(({ direction, content }: { direction: string; content: string }) => [
		direction,
		content,
	]);
}

describe('a reply', () => {
	it('begins or goes on with a conversation, which becomes the newest and unread', async () => {
		jest.spyOn(Date, 'now').mockReturnValue(Date.now());
		sandbox().reply({ linkedinUrl: JANE, text: 'Who are you?' });
		sandbox().reply({ linkedinUrl: OMAR, text: 'Or on Friday?' });
		const received = { direction: 'received', sentAt: expect.any(String) };
		expect(await conversations('sender_alex', 2)).toMatchObject([
			{
				participants: [{ name: 'Omar Haddad' }],
				lastMessage: { content: 'Or on Friday?', ...received },
			},
			{
				participants: [{ name: 'Jane Doe' }],
				lastMessage: { content: 'Who are you?', ...received },
				unreadCount: 1,
			},
		]);
	});

	it('is in its thread in the order of events, even within a millisecond', async () => {
		jest.spyOn(Date, 'now').mockReturnValue(Date.now());
		sandbox().reply({ linkedinUrl: JANE, text: '1' });
		await send(sandbox(), { ...TO_JANE, message: '2' });
		sandbox().reply({ linkedinUrl: 'https://fr.linkedin.com/in/Jane-Doe/', text: '3' });
		await send(sandbox(), { ...TO_JANE, message: '4' });
		expect(await thread('sender_alex')).toEqual([
			['sent', '4'],
			['received', '3'],
			['sent', '2'],
			['received', '1'],
		]);
	});

	it('changes the status of every lead that the person is', () => {
		const janes = () => sandbox().seed.leads.filter((lead) => lead.linkedinUrl === JANE);
		const before = janes().map(({ updatedAt }) => updatedAt);
		sandbox().reply({ linkedinUrl: JANE, text: 'Yes' });
		expect(janes().map(({ status }) => status)).toEqual(['REPLY_RECEIVED', 'REPLY_RECEIVED']);
		for (const { updatedAt } of janes()) expect(before).not.toContain(updatedAt);
	});

	it('has its event', () => {
		const events = eventsOf(sandbox());
		sandbox().reply({ linkedinUrl: JANE, text: 'Yes' });
		expect(events()).toEqual([
			[
				'reply.received',
				{
					...{ leadId: 'lead_jane', campaignId: 'camp_founders', senderId: 'sender_alex' },
					...{ linkedinUrl: JANE, reply: 'Yes' },
				},
			],
		]);
	});

	it('goes to the sender that is named, or wrote last, or has the lead', async () => {
		const texts = async () =>
			[await thread('sender_alex'), await thread('sender_bianca')].map(([last]) => last);
		sandbox().reply({ linkedinUrl: JANE, text: 'lead' });
		await send(sandbox(), { ...TO_JANE, senderId: 'sender_bianca' });
		sandbox().reply({ linkedinUrl: JANE, text: 'last' });
		expect(await texts()).toEqual([
			['received', 'lead'],
			['received', 'last'],
		]);
		sandbox().reply({ linkedinUrl: JANE, text: 'named', senderId: 'sender_alex' });
		expect((await texts())[0]).toEqual(['received', 'named']);
	});

	it('can come from a stranger, if the sender is named', async () => {
		expect(() => sandbox().reply({ linkedinUrl: STRANGER, text: 'Hi' })).toThrow(
			expect.objectContaining({ status: 404, message: expect.stringContaining(STRANGER) }),
		);
		expect(() =>
			sandbox().reply({ linkedinUrl: STRANGER, text: 'Hi', senderId: 'sender_none' }),
		).toThrow(expect.objectContaining({ status: 404 }));
		sandbox().reply({ linkedinUrl: STRANGER, text: 'Hi', senderId: 'sender_alex' });
		expect(await conversations('sender_alex')).toMatchObject([
			{ participants: [{ name: 'Ada Bauer' }], lastMessage: { content: 'Hi' } },
		]);
	});

	it('can wait until so many messages have gone out', async () => {
		sandbox().reply({ linkedinUrl: STRANGER, text: 'Stop', afterDeliveries: 2 });
		const toStranger = { ...TO_JANE, recipientLinkedinUrl: STRANGER };
		for (const message of ['1', '2', '3']) await send(sandbox(), { ...toStranger, message });
		expect((await thread('sender_alex')).map(([, text]) => text)).toEqual(['3', 'Stop', '2', '1']);
	});

	it('that waited in vain does no harm to the message before it', async () => {
		sandbox().reply({ linkedinUrl: STRANGER, text: 'Stop', afterDeliveries: 1 });
		expect((await send(sandbox(), TO_JANE)).status).toBe(201);
	});
});

describe('between two messages', () => {
	it('somebody can reply, and a sender can be disconnected', async () => {
		sandbox().onDelivered = ({ message, recipientLinkedinUrl: linkedinUrl }) => {
			if (message === '1') sandbox().reply({ linkedinUrl, text: 'Stop' });
			if (message === '2') sandbox().seed.senders[0]!.status = 'disconnected';
		};
		const statuses: number[] = [];
		for (const message of ['1', '2', '3']) {
			statuses.push((await send(sandbox(), { ...TO_JANE, message })).status);
		}
		expect(statuses).toEqual([201, 201, 403]);
		expect((await thread('sender_alex')).map(([, text]) => text)).toEqual(['2', 'Stop', '1']);
	});

	it('the invitations of a sender can be used up', async () => {
		sandbox().onInvited = () => (sandbox().seed.senders[0]!.dailyInvitationLimit = 1);
		const invite = async (recipientLinkedinUrl: string) => {
			const body = { senderId: 'sender_alex', recipientLinkedinUrl };
			return (await postJson('/v1/inbox/connect', sandbox(), body)).status;
		};
		expect([await invite(NOAH), await invite(STRANGER)]).toEqual([201, 429]);
	});
});

describe('the note of an invitation', () => {
	const invite = (message?: string) =>
		postJson('/v1/inbox/connect', sandbox(), {
			...{ senderId: 'sender_alex', recipientLinkedinUrl: NOAH, message },
		});

	it('begins the conversation once the invitation is accepted, as old as it is', async () => {
		await invite('Nice to meet you');
		sandbox().reply({ linkedinUrl: NOAH, text: 'Hi', senderId: 'sender_alex' });
		expect(await thread('sender_alex')).toEqual([['received', 'Hi']]);
		sandbox().accept(NOAH);
		expect(await thread('sender_alex')).toEqual([
			['received', 'Hi'],
			['sent', 'Nice to meet you'],
		]);
		const [{ createdAt }] = await conversations('sender_alex');
		expect(Date.parse(createdAt)).toBe(sandbox().invited[0]!.at);
	});

	it('is missing from the conversation if there is none', async () => {
		await invite();
		sandbox().accept(NOAH);
		expect(await conversations('sender_alex')).toMatchObject([
			{ participants: [{ name: 'Omar Haddad' }] },
		]);
	});
});
