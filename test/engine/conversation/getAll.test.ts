import type { INodeParameters } from 'n8n-workflow';
import { expectSchema, runOperation, type OperationRun } from '../sendPilot';
import { byId, useSandbox } from '../support';

const ALEX = byId('sender_alex');

describe.each(['live', 'docs'] as const)('Conversation → Get Many (%s)', (generation) => {
	const use = useSandbox({ generation });

	it('loses none where SendPilot needs smaller pages partway through', async () => {
		const expected = use.sandbox.seed.conversations.filter(
			({ accountId }) => accountId === 'sender_alex',
		);
		use.sandbox.inject({
			...{ fault: 'status', status: 500, message: 'Internal server error' },
			...{ path: '/v1/inbox/conversations', after: 2, times: 3 },
		});
		const { output } = await runOperation(use.sandbox, 'conversation.getAll', {
			parameters: { senderId: ALEX, returnAll: true },
		});
		expect(output.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
	});

	it('outputs all conversations of a sender once, newest first', async () => {
		const { output } = await runOperation(use.sandbox, 'conversation.getAll', {
			parameters: { senderId: ALEX, returnAll: true },
		});
		const expected = use.sandbox.seed.conversations.filter(
			({ accountId }) => accountId === 'sender_alex',
		);
		expect(new Set(output.map(({ id }) => id))).toEqual(new Set(expected.map(({ id }) => id)));
		expect(output).toHaveLength(expected.length);
		const times = output.map(({ lastActivityAt }) => String(lastActivityAt));
		expect(times).toEqual([...times].sort().reverse());
		expectSchema('conversation.getAll', output);
	});
});

describe('Conversation → Get Many', () => {
	const use = useSandbox();
	const getAll = async (parameters: INodeParameters = {}, more: OperationRun = {}) =>
		await runOperation(use.sandbox, 'conversation.getAll', {
			parameters: { senderId: ALEX, ...parameters },
			...more,
		});
	const limits = () => use.sandbox.requests.map(({ query }) => Object(query).limit);

	it('lists those of all senders without one', async () => {
		const { output } = await getAll({ senderId: byId(''), returnAll: true });
		expect(output).toHaveLength(use.sandbox.seed.conversations.length);
		expect(new Set(output.map(({ senderId }) => senderId)).size).toBeGreaterThan(1);
	});

	it('reads no more pages than the limit needs', async () => {
		const { output } = await getAll({ limit: 15 });
		expect(output).toHaveLength(15);
		expect(use.sandbox.requests).toHaveLength(1);
	});

	it('asks for smaller pages where SendPilot answers with 500, and loses nothing', async () => {
		use.sandbox.quirks.conversationPageMax = 9;
		const { output } = await getAll({ limit: 12 });
		expect(output).toHaveLength(12);
		expect([...new Set(limits())]).toEqual(['20', '10', '5']);
	});

	it('ends where a token repeats', async () => {
		use.sandbox.quirks.repeatsTokens = true;
		const { output } = await getAll({ returnAll: true });
		const all = use.sandbox.seed.conversations.filter(
			({ accountId }) => accountId === 'sender_alex',
		);
		expect(output).toHaveLength(all.length);
	});

	it('does not take an error in the middle for the end', async () => {
		use.sandbox.inject({
			...{ fault: 'status', status: 502, message: 'Bad gateway' },
			...{ path: '/v1/inbox/conversations', after: 1, times: Infinity },
		});
		const { error } = await getAll({ returnAll: true });
		expect(error?.message).toMatch(/server error.*HTTP 502/);
	});

	describe('with filters', () => {
		it('keeps unread ones, and those that wait for a reply', async () => {
			const unread = await getAll({ returnAll: true, filters: { unreadOnly: true } });
			expect(unread.output.length).toBeGreaterThan(0);
			for (const { unreadCount } of unread.output) expect(unreadCount).toBeGreaterThan(0);
			const waiting = await getAll({ returnAll: true, filters: { waitingForReply: true } });
			expect(waiting.output.length).toBeGreaterThan(unread.output.length);
			const directions = waiting.output.map((one) => one.lastMessageDirection);
			expect(new Set(directions)).toEqual(new Set(['received']));
		});

		it('reads on until the limit is reached, and no further', async () => {
			const { output } = await getAll({ limit: 3, filters: { unreadOnly: true } });
			expect(output).toHaveLength(3);
		});

		it('stops reading at conversations that are too old', async () => {
			const all = await getAll({ returnAll: true });
			const { length: pages } = use.sandbox.requests;
			const activeSince = String(all.output[4].lastActivityAt);
			const { output } = await getAll({ returnAll: true, filters: { activeSince } });
			expect(output).toEqual(all.output.slice(0, 5));
			expect(use.sandbox.requests.length - pages).toBeLessThanOrEqual(2);
		});

		it.each(['={{ $now.minus({ days: 1 }) }}', '={{ new Date() }}'])(
			'takes the date of the expression %s',
			async (activeSince) => {
				const newest = use.sandbox.seed.conversations.filter(
					({ accountId }) => accountId === 'sender_alex',
				);
				const { output, error } = await getAll({ returnAll: true, filters: { activeSince } });
				expect(error).toBeUndefined();
				expect(output.length).toBeLessThan(newest.length);
			},
		);

		it.each(
			['2026-01-31', '2026-01-31T12:30', ' 2026-01-31T12:30:00.000+02:00 '].map(
				(text) => `={{ "${text}" }}`,
			),
		)('takes %s', async (activeSince) => {
			const { error } = await getAll({ filters: { activeSince } });
			expect(error).toBeUndefined();
		});

		it.each([
			...['soon', '5', '2026', '01/02/2026', '2026-02-31', '2026-02-31T00:00:00'].map(
				(text) => `={{ "${text}" }}`,
			),
			...['={{ ({}) }}', '={{ 5 }}'],
		])('refuses %s, which is no date', async (activeSince) => {
			const { error } = await getAll({ filters: { activeSince } });
			expect(error?.message).toBe('The field Active Since is not a date');
			expect(use.sandbox.requests).toEqual([]);
		});
	});

	describe('to match a person', () => {
		const named = (name: string, more: object = {}) => getAll({ matchPerson: { name, ...more } });
		const person = () =>
			use.sandbox.seed.conversations.find(({ accountId }) => accountId === 'sender_alex')!;

		it('finds the conversation by name, without case and accents', async () => {
			person().name = 'Renée  Müller';
			const { output } = await named('RENEE MULLER');
			expect(output).toMatchObject([
				{ id: person().id, match: { by: 'name', isAmbiguous: false } },
			]);
		});

		it('says that a name is ambiguous, and outputs each conversation', async () => {
			const [one, other] = use.sandbox.seed.conversations.filter(
				({ accountId }) => accountId === 'sender_alex',
			);
			one.name = other.name = 'Sam Stone';
			const { output } = await named('sam stone');
			expect(output.map(({ id }) => id).sort()).toEqual([one.id, other.id].sort());
			for (const { match } of output) expect(match).toEqual({ by: 'name', isAmbiguous: true });
		});

		it('prefers a public profile URL, which only some conversations have', async () => {
			const [one, other] = use.sandbox.seed.conversations.filter(
				({ accountId }) => accountId === 'sender_alex',
			);
			one.name = other.name = 'Sam Stone';
			one.opaqueId = 'sam-stone';
			const { output } = await named('Sam Stone', { profileUrl: 'linkedin.com/in/Sam-Stone/' });
			expect(output).toMatchObject([
				{ id: one.id, match: { by: 'profileUrl', isAmbiguous: false } },
			]);
		});

		it.each([
			[{ name: 'Nobody Here' }, []],
			[{ profileUrl: 'linkedin.com/in/nobody' }, []],
		])('outputs nothing for %j', async (matchPerson, expected) => {
			const { output, error } = await getAll({ matchPerson });
			expect({ output, error }).toEqual({ output: expected, error: undefined });
		});

		it('says so beside the output, and to an AI agent by an error', async () => {
			const name = 'Nobody Here';
			const { hints } = await getAll({ matchPerson: { profileUrl: 'linkedin.com/in/nobody' } });
			expect(hints).toEqual([
				expect.stringMatching(
					/^Not found: no conversation of this sender is with linkedin.com\/in\/nobody; the newest \d+ were searched\. Add the name: /,
				),
			]);
			const { error } = await runOperation(use.sandbox, 'conversation.getAll', {
				parameters: { senderId: byId('sender_alex'), matchPerson: { name } },
				asTool: true,
			});
			expect(error?.message).toMatch(/^No conversation of this sender is with Nobody Here; /);
		});

		it('reads the conversations of each sender once for all items', async () => {
			const read = async (count: number) => {
				const items = Array.from({ length: count }, (_, index) => ({
					...{ name: `Person ${index}`, sender: index % 2 ? 'sender_alex' : 'sender_bianca' },
				}));
				const before = use.sandbox.requests.length;
				await runOperation(use.sandbox, 'conversation.getAll', {
					parameters: {
						senderId: byId('={{ $json.sender }}'),
						matchPerson: { name: '={{ $json.name }}' },
					},
					items,
				});
				return use.sandbox.requests.length - before;
			};
			expect(await read(40)).toBe(await read(2));
		});

		it('refuses a name and an address that are both blank, before any call', async () => {
			const { error } = await getAll({ matchPerson: { name: '={{ "" }}', profileUrl: ' ' } });
			expect(error?.message).toBe('Match Person has neither a LinkedIn Profile URL nor a Name');
			expect(use.sandbox.requests).toEqual([]);
		});

		it('refuses what is no profile, before any call', async () => {
			const { error } = await getAll({ matchPerson: { profileUrl: 'linkedin.com/company/acme' } });
			expect(error?.message).toMatch(/company/i);
			expect(use.sandbox.requests).toEqual([]);
		});

		it('goes by the name where the address cannot be used', async () => {
			person().name = 'Sam Stone';
			const { output } = await named('Sam Stone', { profileUrl: `in/${person().opaqueId}` });
			expect(output).toMatchObject([
				{ id: person().id, match: { by: 'name', isAmbiguous: false } },
			]);
		});

		it('needs a sender', async () => {
			const { error } = await getAll({ senderId: byId(''), matchPerson: { name: 'Sam' } });
			expect(error?.message).toBe('The field Sender is empty, so a person cannot be matched');
			expect(use.sandbox.requests).toEqual([]);
		});
	});
});
