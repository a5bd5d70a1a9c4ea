import {
	conversationList,
	messageList,
	type Conversation,
	type ThreadMessage,
} from '../../../sendpilot/contract/conversation';
import { answerOf, call, send, TO_JANE, useSandbox } from './helpers';

const LONG = '2-dGhyZWFkIDE=';

describe('conversations', () => {
	const sandbox = useSandbox({ quirks: { repeatsConversations: false } });
	const get = (query: string) => answerOf(call(sandbox(), `/v1/inbox/conversations${query}`));

	const nameOf = ({ participants }: Conversation) => participants?.[0]?.name;

	/** Messages with Alex, newest first. */
	async function messagesOf(id: string): Promise<ThreadMessage[]> {
		const path = `/v1/inbox/conversations/${encodeURIComponent(id)}/messages`;
		const { body } = await answerOf(call(sandbox(), `${path}?accountId=sender_alex`));
		return body.messages;
	}
	afterEach(() => jest.restoreAllMocks());

	/** Follows the tokens as a careful client does. */
	async function all(query: string) {
		const pages: Conversation[][] = [];
		const seen = new Set<string>();
		for (let token = ''; !seen.has(token); ) {
			seen.add(token);
			const { body } = await get(`?${query}${token && `&continuationToken=${token}`}`);
			pages.push(body.conversations);
			token = body.pagination.continuationToken ?? '';
		}
		return pages;
	}

	it('come newest first, with opaque people, and fit the contract', async () => {
		const { body } = await get('');
		expect(conversationList.parse(body)).toEqual(body);
		expect(body.conversations).toHaveLength(20);
		expect(body.pagination).toMatchObject({ hasMore: true, limit: 20 });
		expect(body.conversations[0]).toMatchObject({
			accountId: 'sender_alex',
			participants: [
				{
					id: expect.stringMatching(/^urn:li:fsd_profile:ACoAA/),
					name: 'Omar Haddad',
					profileUrl: expect.stringMatching(/^https:\/\/www\.linkedin\.com\/in\/ACoAA/),
				},
			],
			lastMessage: { content: 'Happy to talk on Tuesday.', direction: 'received' },
			unreadCount: 1,
		});
		const times = body.conversations.map((one: Conversation) => one.lastActivityAt);
		expect(times).toEqual([...times].sort().reverse());
	});

	it('are each on one page, whatever its size', async () => {
		const found = (await all('limit=25')).flat().map(({ id }) => id);
		expect(found).toHaveLength(201);
		expect(new Set(found).size).toBe(201);
	});

	it('are those of one sender, if wanted', async () => {
		const found = (await all('accountId=sender_alex')).flat();
		expect(new Set(found.map(({ accountId }) => accountId))).toEqual(new Set(['sender_alex']));
		expect(found.length).toBeLessThan(201);
		expect((await get('?accountId=sender_none')).status).toBe(404);
	});

	it('are with two people of the same name', async () => {
		const { conversations } = sandbox().seed;
		const people = conversations.map(({ accountId, name }) => `${accountId} ${name}`);
		expect(people.length - new Set(people).size).toBe(1);
	});

	it('can be added, with a namesake too', async () => {
		const { conversations } = sandbox().seed;
		const linkedinUrl = 'https://www.linkedin.com/in/omar-haddad-2';
		conversations.push({ ...conversations[0]!, id: '2-namesake', linkedinUrl });
		const { body } = await get('?limit=2');
		expect(body.conversations.map(nameOf)).toEqual(['Omar Haddad', 'Omar Haddad']);
		expect(new Set(body.conversations.map(({ id }: Conversation) => id)).size).toBe(2);
	});

	it('show public profiles, if wanted', async () => {
		sandbox().quirks.publicProfiles = true;
		sandbox().seed.conversations[0]!.linkedinUrl = 'https://de.linkedin.com/in/Omar-Haddad/?x=1';
		const { body } = await get('?limit=1');
		const profileUrl = 'https://www.linkedin.com/in/omar-haddad';
		expect(body.conversations[0].participants).toMatchObject([{ name: 'Omar Haddad', profileUrl }]);
		const thread = await messagesOf(body.conversations[0].id);
		expect(thread[0]).toMatchObject({ sender: { profileUrl } });
	});

	it('show what was sent only after a while, if wanted', async () => {
		const toOmar = 'https://www.linkedin.com/in/omar-haddad';
		sandbox().quirks.inboxDelayMs = 60_000;
		await send(sandbox(), { ...TO_JANE, recipientLinkedinUrl: toOmar, message: 'Tuesday it is' });
		await send(sandbox(), TO_JANE);
		const before = (await get('?limit=1')).body.conversations[0];
		expect(before.lastMessage.content).toBe('Happy to talk on Tuesday.');
		expect(await messagesOf(before.id)).toHaveLength(2);
		sandbox().reply({ linkedinUrl: toOmar, text: 'Or on Friday?' });
		expect(await messagesOf(before.id)).toHaveLength(3);

		jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
		expect((await get('?limit=2')).body.conversations.map(nameOf)).toEqual([
			'Omar Haddad',
			'Jane Doe',
		]);
		expect((await messagesOf(before.id)).map(({ content }) => content).slice(0, 2)).toEqual([
			'Or on Friday?',
			'Tuesday it is',
		]);
	});

	it('show only the beginning of the last message', async () => {
		sandbox().seed.conversations[0]!.messages[1]!.content = '🚀'.repeat(101);
		const { body } = await get('?limit=1');
		expect(body.conversations[0].lastMessage.content).toBe('🚀'.repeat(100));
	});

	it('begin or go on with what was sent', async () => {
		const toOmar = 'https://www.linkedin.com/in/omar-haddad';
		await send(sandbox(), { ...TO_JANE, recipientLinkedinUrl: toOmar, message: 'Tuesday it is' });
		await send(sandbox(), TO_JANE);
		const { body } = await get('?limit=2');
		const lastMessages = body.conversations.map((one: Conversation) => [
			nameOf(one),
			one.lastMessage?.content,
		]);
		expect(lastMessages).toEqual([
			['Jane Doe', 'Hello Jane'],
			['Omar Haddad', 'Tuesday it is'],
		]);
	});

	it.each([
		['?limit=26', 500],
		['?limit=100', 500],
		['?limit=101', 400],
		['?page=2', 400],
		['?continuationToken=mine', 400],
	])('%s is %i', async (query, status) => {
		expect((await get(query)).status).toBe(status);
	});

	it('come twice if the list moves between two pages', async () => {
		sandbox().quirks.repeatsConversations = true;
		const [first, second] = await all('limit=20');
		expect(second![0]).toEqual(first!.at(-1));
		expect(new Set((await all('limit=20')).flat().map(({ id }) => id)).size).toBe(201);
	});

	it('end with a token that was there before, if wanted', async () => {
		sandbox().quirks.repeatsTokens = true;
		const pages = await all('limit=25');
		const { body } = await get(`?limit=25&continuationToken=${tokenOf(200)}`);
		expect(body.pagination).toEqual({
			continuationToken: tokenOf(200),
			limit: 25,
			hasMore: true,
		});
		expect(pages.flat()).toHaveLength(201);
	});
});

describe('conversations with page numbers', () => {
	const sandbox = useSandbox({ generation: 'docs' });
	const get = (query: string) => answerOf(call(sandbox(), `/v1/inbox/conversations${query}`));

	it('end with the last page, and are answered with 500 after it', async () => {
		const { body } = await get('?limit=25&page=9');
		expect(body.conversations).toHaveLength(1);
		expect(body.pagination).toEqual({
			...{ page: 9, limit: 25, total: 201, totalPages: 9, hasMore: false },
		});
		expect((await get('?limit=25&page=10')).status).toBe(500);
	});
});

describe('the messages of a conversation', () => {
	const sandbox = useSandbox();
	const get = (query: string, id = LONG) =>
		answerOf(call(sandbox(), `/v1/inbox/conversations/${encodeURIComponent(id)}/messages${query}`));

	it('come newest first, page by page, and fit the contract', async () => {
		const ids: string[] = [];
		let token = '';
		do {
			const { body } = await get(`?accountId=sender_bianca${token}`);
			expect(messageList.parse(body)).toEqual(body);
			ids.push(...body.messages.map(({ id }: { id: string }) => id));
			const next = body.pagination.continuationToken;
			token = next === undefined ? '' : `&continuationToken=${next}`;
		} while (token);
		expect(ids).toHaveLength(130);
		expect([ids[0], ids.at(-1), new Set(ids).size]).toEqual(['msg_1_130', 'msg_1_1', 130]);
	});

	it('say who wrote what, and whether it was read', async () => {
		const { body } = await get('?accountId=sender_alex', '2-T21hcg==');
		expect(body.messages).toMatchObject([
			{
				...{ direction: 'received', readStatus: 'unread', contentType: 'TEXT' },
				sender: { name: 'Omar Haddad' },
				recipient: { name: 'Alex Moreau' },
			},
			{ direction: 'sent', readStatus: 'read', sender: { name: 'Alex Moreau' } },
		]);
	});

	it('can have a file', async () => {
		const { body } = await get('?accountId=sender_alex', '2-dGhyZWFkIDI=');
		expect(body.messages.at(-1)).toMatchObject({
			contentType: 'FILE',
			attachments: [{ type: 'file', name: 'one-pager.pdf' }],
		});
	});

	it.each([
		['', 400, ['accountId should not be empty']],
		['?accountId=sender_none', 404, 'Account not found'],
		['?accountId=sender_alex', 404, 'Conversation not found'],
	])('%s is %i', async (query, status, message) => {
		expect(await get(query)).toMatchObject({ status, body: { message } });
	});
});

function tokenOf(position: number): string {
	return Buffer.from(`from:${position}`).toString('base64url');
}
