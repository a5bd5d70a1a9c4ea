import { expectSchema, runOperation, type OperationRun } from '../sendPilot';
import { byId, useSandbox } from '../support';

const use = useSandbox();

/** A conversation of Alex's with as many messages, oldest first. */
function conversationOf(count: number) {
	const found = use.sandbox.seed.conversations.find(
		({ accountId }) => accountId === 'sender_alex',
	)!;
	found.messages = Array.from({ length: count }, (_, index) => ({
		id: `m_${index}`,
		direction: index % 2 ? ('received' as const) : ('sent' as const),
		content: `Message ${index}`,
		sentAt: new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString(),
		...(index === 1 && { attachment: 'offer.pdf' }),
	}));
	return found;
}

const getMessages = async (conversationId: string, more: OperationRun = {}) =>
	await runOperation(use.sandbox, 'conversation.getMessages', {
		...more,
		parameters: {
			senderId: byId('sender_alex'),
			conversationId: byId(conversationId),
			...more.parameters,
		},
	});

describe('Conversation → Get Messages', () => {
	it('outputs the whole thread, newest first', async () => {
		const { id } = conversationOf(130);
		const { output } = await getMessages(id, { parameters: { returnAll: true } });
		expect(output.map((one) => one.id)).toEqual(
			Array.from({ length: 130 }, (_, index) => `m_${129 - index}`),
		);
		expect(use.sandbox.requests).toHaveLength(3);
		expect(use.sandbox.requests[0]).toMatchObject({
			path: `/v1/inbox/conversations/${encodeURIComponent(id)}/messages`,
			query: { accountId: 'sender_alex', limit: '50' },
		});
		expectSchema('conversation.getMessages', output);
	});

	it('reads no more than the limit needs', async () => {
		const { id } = conversationOf(130);
		const { output } = await getMessages(id, { parameters: { limit: 50 } });
		expect(output).toHaveLength(50);
		expect(use.sandbox.requests).toHaveLength(1);
	});

	it('ends where a token repeats', async () => {
		use.sandbox.quirks.repeatsTokens = true;
		const { id } = conversationOf(60);
		const { output } = await getMessages(id, { parameters: { returnAll: true } });
		expect(output).toHaveLength(60);
	});

	it('outputs the raw messages if they are not simplified', async () => {
		const { id } = conversationOf(2);
		const { output } = await getMessages(id, { parameters: { simple: false } });
		expect(output[0]).toMatchObject({ sender: { name: expect.any(String) } });
	});

	it.each([
		['a conversation that does not exist', 'gone', /Conversation not found \(HTTP 404\)/],
		['no conversation', '={{ "" }}', /The field Conversation is empty/],
	])('says what is wrong with %s', async (_what, id, message) => {
		const { error } = await getMessages(id);
		expect(error?.message).toMatch(message);
	});
});
