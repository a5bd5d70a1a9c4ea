import { withAnswer } from '../support';
import {
	BY_PROFILE,
	INVITE,
	LEAD_WAYS,
	named,
	nameOf,
	PROFILE_WAYS,
	useOutreach,
	WAYS,
} from './ways';

const use = useOutreach();

const STOP = { stopIfReplied: true };

/** Makes a conversation with somebody else of the same name. */
const NAMESAKE = { linkedinUrl: 'https://www.linkedin.com/in/namesake' };

/** Spaces messages apart, so that each is checked against the newest state. */
const APART = { minDelay: 0.05 };

describe.each(named(WAYS))('Stop if They Replied: %s', (_name, way) => {
	it('reaches those who have not replied, and leaves out those who have', async () => {
		const outreach = use(way);
		outreach.talked(0, [{ direction: 'sent', content: 'Hi', hoursAgo: 3 }]);
		outreach.talked(1, [{ direction: 'received', content: 'No, thanks.', hoursAgo: 2 }]);
		const { output, failed } = await outreach.send(outreach.people(3), { safety: STOP });
		expect(outreach.reached).toEqual([0, 2]);
		expect(output).toHaveLength(2);
		expect(failed).toMatchObject([
			{
				name: nameOf(1),
				error: expect.stringMatching(
					/not (?:sent|invited): this person has replied on .*: "No, thanks\."$/,
				),
				details: {
					...{ delivery: 'notSent', reason: 'replied', itemIndex: 1 },
					reply: { text: 'No, thanks.', at: expect.any(String), matchedBy: 'name' },
				},
			},
		]);
	});

	it('ends a run that stops on errors, and reaches nobody behind', async () => {
		const outreach = use(way);
		outreach.talked(1, [{ direction: 'received', content: 'No.', hoursAgo: 2 }]);
		const { error } = await outreach.send(outreach.people(3), {
			safety: STOP,
			onError: 'stopWorkflow',
		});
		expect(outreach.reached).toEqual([0]);
		expect(error).toMatchObject({ itemIndex: 1 });
		expect(error?.message).toMatch(
			/^(?:Message|Invitation) not (?:sent|invited|\w+): this person has replied/,
		);
	});

	it('notices a reply that comes between two messages', async () => {
		const outreach = use(way);
		outreach.reply(1, 'Wait, I meant to ask you something.', 1);
		const { failed } = await outreach.send(outreach.people(3), { safety: STOP, options: APART });
		expect(outreach.reached).toEqual([0, 2]);
		expect(failed).toMatchObject([{ details: { reason: 'replied' } }]);
	});

	it('puts them on the success output, if wanted, even in a run that stops on errors', async () => {
		const outreach = use(way);
		outreach.talked(0, [{ direction: 'received', content: 'Call me.', hoursAgo: 2 }]);
		const { output, error } = await outreach.send(outreach.people(2), {
			safety: { ...STOP, blockedItems: 'output' },
			onError: 'stopWorkflow',
		});
		expect(error).toBeUndefined();
		expect(outreach.reached).toEqual([1]);
		expect(output).toMatchObject([
			{
				success: false,
				details: {
					...{ delivery: 'notSent', reason: 'replied' },
					message: expect.stringContaining('this person has replied'),
					description: expect.any(String),
					reply: { text: 'Call me.' },
				},
			},
			{ success: true },
		]);
		expect(output[0]).not.toHaveProperty('error');
	});

	describe('if the conversations cannot be read', () => {
		const unreadable = () => {
			const outreach = use(way);
			outreach.hideInbox();
			return outreach;
		};

		it('reaches nobody', async () => {
			const outreach = unreadable();
			const { failed } = await outreach.send(outreach.people(2), { safety: STOP });
			expect(outreach.posts).toEqual([]);
			expect(failed).toHaveLength(2);
			expect(failed[0]).toMatchObject({
				error: expect.stringContaining('the conversations could not be read'),
				details: { delivery: 'notSent', reason: 'replyUnknown' },
			});
		});

		it('reaches them, if wanted', async () => {
			const outreach = unreadable();
			const { output } = await outreach.send(outreach.people(2), {
				safety: { ...STOP, ifUnchecked: 'send' },
			});
			expect(outreach.reached).toEqual([0, 1]);
			expect(output).toHaveLength(2);
		});
	});

	it('counts a reply of somebody with the same name as unknown', async () => {
		const outreach = use(way);
		outreach.sandbox.quirks.publicProfiles = true;
		outreach.talked(0, [{ direction: 'received', content: 'Who are you?', hoursAgo: 2 }], NAMESAKE);
		const { failed } = await outreach.send(outreach.people(1), { safety: STOP });
		expect(outreach.posts).toEqual([]);
		expect(failed).toMatchObject([
			{ details: { reason: 'replyUnknown', reply: { text: 'Who are you?' } } },
		]);
	});

	it('counts a reply as unknown, if two people have this name and either has replied', async () => {
		const outreach = use(way);
		outreach.talked(0, [{ direction: 'sent', content: 'One', hoursAgo: 1 }]);
		outreach.talked(0, [{ direction: 'received', content: 'Two', hoursAgo: 2 }], NAMESAKE);
		const { failed } = await outreach.send(outreach.people(1), { safety: STOP });
		expect(outreach.posts).toEqual([]);
		expect(failed).toMatchObject([{ details: { reason: 'replyUnknown' } }]);
	});

	it('does not stop at two conversations under one name, if nobody has replied in either', async () => {
		const outreach = use(way);
		outreach.talked(0, [{ direction: 'sent', content: 'One', hoursAgo: 3 }]);
		outreach.talked(0, [{ direction: 'sent', content: 'Two', hoursAgo: 2 }], NAMESAKE);
		await outreach.send(outreach.people(1), { safety: STOP });
		expect(outreach.reached).toEqual([0]);
	});

	it('finds the person by the profile URL where LinkedIn shows it, whatever the name', async () => {
		const outreach = use(way);
		outreach.sandbox.quirks.publicProfiles = true;
		outreach.talked(0, [{ direction: 'received', content: 'No.', hoursAgo: 2 }], { name: 'P. 0' });
		const { failed } = await outreach.send(outreach.people(1), { safety: STOP });
		expect(outreach.posts).toEqual([]);
		expect(failed).toMatchObject([
			{ details: { reason: 'replied', reply: { matchedBy: 'profileUrl' } } },
		]);
	});

	it('opens the conversation, if its last message is ours', async () => {
		const outreach = use(way);
		outreach.talked(0, [
			{ direction: 'received', content: 'Please stop.', hoursAgo: 3 },
			{ direction: 'sent', content: 'Sure.', hoursAgo: 2 },
		]);
		const { failed } = await outreach.send(outreach.people(1), { safety: STOP });
		expect(outreach.posts).toEqual([]);
		expect(outreach.reads).toContain('/v1/inbox/conversations/:id/messages');
		expect(failed).toMatchObject([{ details: { reply: { text: 'Please stop.' } } }]);
	});

	it('gives the whole reply, though the list shows its beginning', async () => {
		const outreach = use(way);
		const text = 'I have read it twice. '.repeat(8).trim();
		outreach.talked(0, [{ direction: 'received', content: text, hoursAgo: 2 }]);
		const { failed } = await outreach.send(outreach.people(1), { safety: STOP });
		expect(failed).toMatchObject([{ details: { reply: { text } } }]);
	});

	const ANSWERED = [
		{ direction: 'received', content: 'Tell me more.', hoursAgo: 49 },
		{ direction: 'sent', content: 'Here you are.', hoursAgo: 48 },
	] as const;

	it.each([
		['any reply', { replySince: 'anyTime' }, 'replied'],
		['none, as it was answered', { replySince: 'ourLastMessage' }, undefined],
		['one of the last 3 days', { replySince: 'lastDays', replyDays: 3 }, 'replied'],
		['none of the last 2 days', { replySince: 'lastDays', replyDays: 2 }, undefined],
	])('counts %s', async (_what, since, reason) => {
		const outreach = use(way);
		outreach.talked(0, [...ANSWERED]);
		const { failed } = await outreach.send(outreach.people(1), { safety: { ...STOP, ...since } });
		expect(outreach.reached).toEqual(reason ? [] : [0]);
		expect(failed).toMatchObject(reason ? [{ details: { reason } }] : []);
	});

	it('counts a reply after our last message', async () => {
		const outreach = use(way);
		outreach.talked(0, [...ANSWERED, { direction: 'received', content: 'OK.', hoursAgo: 1 }]);
		const { failed } = await outreach.send(outreach.people(1), {
			safety: { ...STOP, replySince: 'ourLastMessage' },
		});
		expect(outreach.posts).toEqual([]);
		expect(failed).toMatchObject([{ details: { reason: 'replied', reply: { text: 'OK.' } } }]);
	});

	it('looks only at the conversations of the sender', async () => {
		const outreach = use(way);
		outreach.talked(0, [{ direction: 'received', content: 'No.', hoursAgo: 2 }]);
		outreach.lead(0).senderId = 'sender_bianca';
		await outreach.send(
			outreach.people(1, () => ({ sender: 'sender_bianca' })),
			{ safety: STOP },
		);
		expect(outreach.reachedWith).toMatchObject([{ senderId: 'sender_bianca' }]);
	});

	it('reaches them, once they are left out no more', async () => {
		const outreach = use(way);
		outreach.talked(0, [{ direction: 'received', content: 'No.', hoursAgo: 2 }]);
		await outreach.send(outreach.people(1), { safety: STOP });
		expect(outreach.reached).toEqual([]);
		await outreach.send(outreach.people(1));
		expect(outreach.reached).toEqual([0]);
	});
});

describe.each(named(PROFILE_WAYS))('Stop if They Replied without a name: %s', (_name, way) => {
	const UNNAMED = { ...STOP, recipientName: '' };

	it('cannot tell, while conversations could be with anybody', async () => {
		const outreach = use(way);
		outreach.talked(7, [{ direction: 'received', content: 'No.', hoursAgo: 2 }]);
		const { failed } = await outreach.send(outreach.people(1), { safety: UNNAMED });
		expect(outreach.posts).toEqual([]);
		expect(failed).toMatchObject([
			{
				error: expect.stringContaining('no name is given'),
				details: {
					reason: 'replyUnknown',
					description: expect.stringContaining('Fill in Recipient Name under Safety.'),
				},
			},
		]);
	});

	it('needs none, where LinkedIn shows profile URLs', async () => {
		const outreach = use(way);
		outreach.sandbox.quirks.publicProfiles = true;
		outreach.talked(1, [{ direction: 'received', content: 'No.', hoursAgo: 2 }]);
		await outreach.send(outreach.people(2), { safety: UNNAMED });
		expect(outreach.reached).toEqual([0]);
	});

	it('takes it from the lead under Safety', async () => {
		const outreach = use(way);
		outreach.talked(0, [{ direction: 'received', content: 'No.', hoursAgo: 2 }]);
		await outreach.send(
			outreach.people(2, (number) => ({ of: `lead_person_${number}` })),
			{
				safety: { ...UNNAMED, recipientLead: '={{ $json.of }}' },
			},
		);
		expect(outreach.reached).toEqual([1]);
	});

	it('counts the status of the lead under Safety', async () => {
		const outreach = use(way);
		outreach.lead(0).status = 'REPLY_RECEIVED';
		const { failed } = await outreach.send(
			outreach.people(1, (number) => ({ of: `lead_person_${number}` })),
			{ safety: { ...UNNAMED, recipientLead: '={{ $json.of }}' } },
		);
		expect(outreach.posts).toEqual([]);
		expect(failed).toMatchObject([{ details: { reason: 'replied', reply: null } }]);
	});
});

describe.each(named(LEAD_WAYS))(
	'Stop if They Replied, by the status of the lead: %s',
	(_n, way) => {
		it('needs no conversation', async () => {
			const outreach = use(way);
			outreach.lead(1).status = 'REPLY_RECEIVED';
			const { failed } = await outreach.send(outreach.people(2), { safety: STOP });
			expect(outreach.reached).toEqual([0]);
			expect(failed).toMatchObject([{ details: { reason: 'replied', reply: null } }]);
		});

		it('holds even if the conversations cannot be read, and nobody minds', async () => {
			const outreach = use(way);
			outreach.lead(0).status = 'REPLY_RECEIVED';
			outreach.hideInbox();
			await outreach.send(outreach.people(1), { safety: { ...STOP, ifUnchecked: 'send' } });
			expect(outreach.posts).toEqual([]);
		});

		it('says nothing of when, so the conversation decides about other times', async () => {
			const outreach = use(way);
			outreach.lead(0).status = 'REPLY_RECEIVED';
			outreach.talked(0, [
				{ direction: 'received', content: 'Tell me more.', hoursAgo: 49 },
				{ direction: 'sent', content: 'Here you are.', hoursAgo: 48 },
			]);
			await outreach.send(outreach.people(1), {
				safety: { ...STOP, replySince: 'ourLastMessage' },
			});
			expect(outreach.reached).toEqual([0]);
		});

		it('cannot tell of a lead that cannot be read, which is an error', async () => {
			const outreach = use(way);
			outreach.sandbox.inject({
				...{ fault: 'status', status: 403, message: 'Forbidden resource' },
				...{ path: '/v1/leads', method: 'GET', times: Infinity },
			});
			const { failed } = await outreach.send(outreach.people(1), {
				safety: { ...STOP, ifUnchecked: 'send' },
			});
			expect(outreach.reached).toEqual([]);
			expect(failed).toMatchObject([{ details: { delivery: 'notSent' } }]);
		});
	},
);

describe('Stop if They Replied, off', () => {
	it.each(named([BY_PROFILE, INVITE]))('reads no conversation: %s', async (_name, way) => {
		const outreach = use(way);
		outreach.talked(0, [{ direction: 'received', content: 'No.', hoursAgo: 2 }]);
		await outreach.send(outreach.people(1));
		expect(outreach.reached).toEqual([0]);
		expect(outreach.reads).toEqual(['/v1/inbox/senders']);
	});
});

describe('conversations that the sandbox does not have', () => {
	const PERSON = { id: 'urn:1', name: nameOf(0), profileUrl: null };
	const OTHER = { id: 'urn:2', name: nameOf(1), profileUrl: null };
	const REPLY = { content: 'Hello all', sentAt: '2026-01-12T15:00:00.000Z', direction: 'received' };

	it.each([
		['a reply in a group', { participants: [PERSON, OTHER], lastMessage: REPLY }],
		[
			'messages without a direction',
			{ participants: [PERSON], lastMessage: { ...REPLY, direction: undefined } },
		],
	])('%s can be from anybody', async (_what, conversation) => {
		const outreach = use(BY_PROFILE);
		const messages = [{ id: 'm1', ...conversation.lastMessage }];
		const answer = {
			...{ success: true, messageId: 'msg_1', senders: [], total: 0, messages },
			conversations: [{ id: 'c1', accountId: 'sender_alex', ...conversation }],
			pagination: { hasMore: false },
		};
		const { result } = await withAnswer(
			answer,
			async (settings) => await outreach.send(outreach.people(2), { safety: STOP, settings }),
		);
		expect(result.failed.map(({ details }) => details)).toMatchObject(
			conversation.participants.map(() => ({ delivery: 'notSent', reason: 'replyUnknown' })),
		);
		expect(result.output).toHaveLength(2 - conversation.participants.length);
	});
});
