import { resumable } from '../support';
import {
	BY_PROFILE,
	INVITE,
	named,
	PROFILE_WAYS,
	TO_LEAD,
	useOutreach,
	WAYS,
	type Way,
} from './ways';

const use = useOutreach();

const STOPS = { onError: 'stopWorkflow' } as const;
const RETRIES = { ...STOPS, retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

const NOT_IN_INBOX =
	/(It is not in the conversation with this person|have nobody with this name), but (it )?may still arrive$/;

/** Begins with the same 100 characters as {@link LONG}. */
const LIKE_LONG = `${'We met at the fair in Lyon. '.repeat(5)}And then?`;
const LONG = `${'We met at the fair in Lyon. '.repeat(5)}What about Tuesday? `;

function having(way: Way) {
	const outreach = use(way);
	outreach.acceptAll();
	return outreach;
}

const CONFIRMED = {
	success: true,
	confirmedInInbox: true,
	conversationId: expect.stringMatching(/^2-/),
	sentAt: expect.stringMatching(/^\d{4}-/),
};

describe.each(named(WAYS))('If Uncertain, Check Inbox: %s', (_name, way) => {
	it.each(['deliveredThen500', 'resetAfterDelivery'] as const)(
		'finds what went out (%s), and goes on even if errors stop the run',
		async (fault) => {
			const outreach = having(way);
			outreach.fault(fault);
			const { output, error } = await outreach.send(outreach.people(2), STOPS);
			expect(error).toBeUndefined();
			expect(outreach.reached).toEqual([0, 1]);
			expect(output).toMatchObject([CONFIRMED, { success: true }]);
			expect(output[0]).not.toHaveProperty('alreadySent');
			expect(output[1]).not.toHaveProperty('confirmedInInbox');
		},
	);

	it('leaves what it does not find uncertain, and says where it looked', async () => {
		const outreach = having(way);
		outreach.fault('lostThen500');
		const { failed } = await outreach.send(outreach.people(2));
		expect(outreach.reached).toEqual([1]);
		expect(failed).toMatchObject([
			{ error: expect.stringMatching(NOT_IN_INBOX), details: { delivery: 'uncertain' } },
		]);
	});

	it('ends a run that stops on errors at what it does not find', async () => {
		const outreach = having(way);
		outreach.fault('lostThen500');
		const { error } = await outreach.send(outreach.people(3), STOPS);
		expect(outreach.reached).toEqual([]);
		expect(error?.message).toMatch(/may have been/);
	});

	it('is looked for after a delay, because it arrives late', async () => {
		const outreach = having(way);
		outreach.sandbox.quirks.inboxDelayMs = 100;
		outreach.fault('deliveredThen500');
		const { output } = await outreach.send(outreach.people(1), { options: { inboxDelay: 0.2 } });
		expect(output).toMatchObject([CONFIRMED]);
	});

	it('is uncertain while it has not arrived', async () => {
		const outreach = having(way);
		outreach.sandbox.quirks.inboxDelayMs = 60_000;
		outreach.fault('deliveredThen500');
		const { failed } = await outreach.send(outreach.people(1));
		expect(failed).toMatchObject([
			{ error: expect.stringMatching(NOT_IN_INBOX), details: { delivery: 'uncertain' } },
		]);
	});

	it('is uncertain if the conversations cannot be read', async () => {
		const outreach = having(way);
		outreach.hideInbox();
		outreach.fault('deliveredThen500');
		const { failed } = await outreach.send(outreach.people(1));
		expect(failed).toMatchObject([
			{
				error: expect.stringContaining('The inbox could not be checked: '),
				details: { delivery: 'uncertain' },
			},
		]);
	});

	it('is uncertain if it can be that of another person with this name', async () => {
		const outreach = having(way);
		outreach.talked(0, [{ direction: 'sent', content: 'Hi', hoursAgo: 2 }], {
			linkedinUrl: 'https://www.linkedin.com/in/namesake',
		});
		outreach.fault('deliveredThen500');
		const { failed } = await outreach.send(outreach.people(1));
		expect(failed).toMatchObject([{ details: { delivery: 'uncertain' } }]);
	});

	it('compares the whole of a long text, without spaces at its ends', async () => {
		const outreach = having(way);
		outreach.fault('deliveredThen500');
		const items = outreach.people(1, () => ({ message: LONG }));
		const { output } = await outreach.send(items);
		expect(output).toMatchObject([CONFIRMED]);
	});

	it('compares its beginning where the conversation cannot be opened', async () => {
		const outreach = having(way);
		outreach.fault('deliveredThen500');
		outreach.sandbox.inject({
			...{ fault: 'status', status: 403, message: 'Forbidden resource' },
			...{ path: '/v1/inbox/conversations/', method: 'GET', times: Infinity },
		});
		const items = outreach.people(1, () => ({ message: LONG }));
		const { output } = await outreach.send(items);
		expect(output).toMatchObject([CONFIRMED]);
	});

	it('does not take another text with the same beginning for it', async () => {
		const outreach = having(way);
		outreach.talked(0, [{ direction: 'sent', content: LIKE_LONG, hoursAgo: -1 }]);
		outreach.fault('lostThen500');
		const items = outreach.people(1, () => ({ message: LONG }));
		const { failed } = await outreach.send(items);
		expect(failed).toMatchObject([{ details: { delivery: 'uncertain' } }]);
	});

	it('does not take the same text for it that came from the person, or an hour before', async () => {
		const outreach = having(way);
		outreach.talked(0, [
			{ direction: 'sent', content: 'Hello', hoursAgo: 1 },
			{ direction: 'received', content: 'Hello', hoursAgo: -1 },
		]);
		outreach.fault('lostThen500');
		const { failed } = await outreach.send(outreach.people(1));
		expect(failed).toMatchObject([{ details: { delivery: 'uncertain' } }]);
	});

	it('reads no conversation if it is off, or nothing is uncertain', async () => {
		const outreach = having(way);
		await outreach.send([outreach.person(1)]);
		outreach.fault('deliveredThen500');
		const { failed } = await outreach.send(outreach.people(1), { safety: { checkInbox: false } });
		expect(failed).toMatchObject([{ details: { delivery: 'uncertain' } }]);
		expect(outreach.reads).not.toContain('/v1/inbox/conversations');
	});

	describe('what an earlier try has left uncertain', () => {
		/** The inbox cannot be read the first time. */
		function uncertainOnce() {
			const outreach = having(way);
			outreach.hideInbox(1);
			outreach.fault('deliveredThen500');
			return outreach;
		}

		const CONFIRMED_LATER = { ...CONFIRMED, alreadySent: true };

		it('is looked for by Retry On Fail, which then goes on', async () => {
			const outreach = uncertainOnce();
			const { output, error } = await outreach.send(outreach.people(2), RETRIES);
			expect(error).toBeUndefined();
			expect(outreach.reached).toEqual([0, 1]);
			expect(output).toMatchObject([CONFIRMED_LATER, { success: true }]);
		});

		it('is looked for by a retried execution, which then goes on', async () => {
			const outreach = uncertainOnce();
			const { finished, error } = await outreach.send(outreach.people(2), STOPS);
			expect(error?.message).toMatch(/may have been/);
			expect(outreach.reached).toEqual([0]);
			const retried = await outreach.send(outreach.people(2), {
				...STOPS,
				settings: { mode: 'retry', resume: resumable(finished) },
			});
			expect(retried.error).toBeUndefined();
			expect(retried.output).toMatchObject([CONFIRMED_LATER, { success: true }]);
			expect(outreach.reached).toEqual([0, 1]);
		});

		it('is looked for by a new execution, and then is known', async () => {
			const outreach = uncertainOnce();
			await outreach.send(outreach.people(2), STOPS);
			const { output } = await outreach.send(outreach.people(2), STOPS);
			expect(output).toMatchObject([CONFIRMED_LATER, { success: true }]);
			expect(outreach.reached).toEqual([0, 1]);
			const reads = outreach.reads.length;
			const last = await outreach.send(outreach.people(2), STOPS);
			expect(last.output).toMatchObject([{ alreadySent: true }, { alreadySent: true }]);
			expect(outreach.reads.slice(reads)).not.toContain('/v1/inbox/conversations');
			expect(outreach.reached).toEqual([0, 1]);
		});

		it.each([
			['Retry On Fail', RETRIES],
			['new executions', STOPS],
		])('stays so in %s, and is not sent again, if it is not found', async (_what, node) => {
			const outreach = having(way);
			outreach.fault('lostThen500');
			for (let count = 0; count < 2; count++) {
				const { error } = await outreach.send(outreach.people(1), node);
				expect(error?.message).toMatch(/may have been/);
				expect(error?.message).toMatch(NOT_IN_INBOX);
			}
			expect(outreach.reached).toEqual([]);
		});
	});

	describe('with Send Again', () => {
		const AGAIN = { repeats: 'sendAgain' };

		it('does not take what an earlier execution sent for it', async () => {
			const outreach = having(way);
			const first = await outreach.send(outreach.people(1), { safety: AGAIN });
			expect(first.output).toHaveLength(1);
			outreach.fault('lostThen500');
			const { failed } = await outreach.send(outreach.people(1), { safety: AGAIN });
			expect(failed).toMatchObject([{ details: { delivery: 'uncertain' } }]);
			expect(outreach.reached).toEqual([0]);
		});

		it('does not take it for it in a retry either', async () => {
			const outreach = having(way);
			outreach.talked(0, [{ direction: 'sent', content: 'Hello', hoursAgo: 1 }]);
			outreach.fault('lostThen500');
			const { error } = await outreach.send(outreach.people(1), { ...RETRIES, safety: AGAIN });
			expect(error?.message).toMatch(/may have been/);
			expect(outreach.reached).toEqual([]);
		});

		it('does not take it for it in a retry a moment later', async () => {
			const outreach = having(way);
			await outreach.send(outreach.people(1), { safety: AGAIN });
			outreach.fault('lostThen500');
			const { error } = await outreach.send(outreach.people(1), { ...RETRIES, safety: AGAIN });
			expect(error?.message).toMatch(/may have been/);
			expect(outreach.reached).toEqual([0]);
		});

		it('does not take it for it in a retried execution a moment later', async () => {
			const outreach = having(way);
			await outreach.send(outreach.people(1), { safety: AGAIN });
			outreach.fault('lostThen500');
			const run = { ...STOPS, safety: AGAIN };
			const { finished } = await outreach.send(outreach.people(1), run);
			const settings = { mode: 'retry', resume: resumable(finished) } as const;
			const { error } = await outreach.send(outreach.people(1), { ...run, settings });
			expect(error?.message).toMatch(/may have been/);
			expect(outreach.reached).toEqual([0]);
		});

		it('does not take it for it a moment later, although the history was forgotten', async () => {
			const outreach = having(way);
			const safety = { ...AGAIN, forgetHistory: true };
			await outreach.send(outreach.people(1), { safety });
			outreach.fault('lostThen500');
			const { failed } = await outreach.send(outreach.people(1), { safety });
			expect(failed).toMatchObject([{ details: { delivery: 'uncertain' } }]);
			expect(outreach.reached).toEqual([0]);
		});

		it('finds what a retry is to confirm, if it went out in this execution', async () => {
			const outreach = having(way);
			outreach.hideInbox(1);
			outreach.fault('deliveredThen500');
			const { output } = await outreach.send(outreach.people(1), { ...RETRIES, safety: AGAIN });
			expect(output).toMatchObject([{ ...CONFIRMED, alreadySent: true }]);
			expect(outreach.reached).toEqual([0]);
		});
	});
});

describe.each(named(PROFILE_WAYS))('If Uncertain, Check Inbox without a name: %s', (_name, way) => {
	const UNNAMED = { recipientName: '' };

	it('finds nobody where LinkedIn hides profile URLs, and says what would help', async () => {
		const outreach = having(way);
		outreach.fault('deliveredThen500');
		const { failed } = await outreach.send(outreach.people(1), { safety: UNNAMED });
		expect(failed).toMatchObject([
			{
				error: expect.stringMatching(/Recipient Name is not filled in$/),
				details: { delivery: 'uncertain' },
			},
		]);
	});

	it('needs none where LinkedIn shows them', async () => {
		const outreach = having(way);
		outreach.sandbox.quirks.publicProfiles = true;
		outreach.fault('deliveredThen500');
		const { output } = await outreach.send(outreach.people(1), { safety: UNNAMED });
		expect(output).toMatchObject([CONFIRMED]);
	});
});

describe('Message → Send to Lead', () => {
	it('looks for the text with the names filled in', async () => {
		const outreach = having(TO_LEAD);
		outreach.fault('deliveredThen500');
		const items = outreach.people(1, () => ({ message: 'Hi {{firstName}} {{lastName}}!' }));
		const { output } = await outreach.send(items);
		expect(outreach.reachedWith).toMatchObject([{ message: 'Hi Person 0!' }]);
		expect(output).toMatchObject([CONFIRMED]);
	});
});

describe('Connection Request → Send', () => {
	it('cannot look for an invitation without a note', async () => {
		const outreach = having(INVITE);
		outreach.fault('deliveredThen500');
		const { failed } = await outreach.send(outreach.people(1), {
			parameters: { note: '' },
		});
		expect(outreach.reads).not.toContain('/v1/inbox/conversations');
		expect(failed).toMatchObject([
			{ error: expect.stringContaining('there is no text to look for') },
		]);
	});

	it('does not find the note before somebody has accepted', async () => {
		const outreach = use(INVITE);
		outreach.fault('deliveredThen500');
		const { failed } = await outreach.send(outreach.people(1));
		expect(failed).toMatchObject([{ details: { delivery: 'uncertain' } }]);
	});
});

describe.each(named([BY_PROFILE, TO_LEAD, INVITE]))('while one is looked for: %s', (_name, way) => {
	/** Two senders; the first message of the one is uncertain, and looking for it takes its time. */
	function twoSenders(fault: 'deliveredThen500' | 'lostThen500') {
		const outreach = having(way);
		const { sandbox } = outreach;
		sandbox.inject({ fault, senderId: 'sender_alex', method: 'POST', path: '/v1/inbox' });
		// So that the second sender is still busy with its first message when the look begins.
		const later = { fault: 'delay', ms: 60, senderId: 'sender_bianca', path: '/v1/inbox' } as const;
		sandbox.inject({ ...later, method: 'POST' });
		sandbox.inject({ fault: 'delay', ms: 200, method: 'GET', path: '/v1/inbox/conversations' });
		const senders = ['sender_alex', 'sender_bianca', 'sender_bianca'];
		const items = outreach.people(3, (number) => ({ sender: senders[number] }));
		const look = () => sandbox.requests.find(({ path }) => path === '/v1/inbox/conversations')!;
		const lastCall = () => outreach.posts.at(-1)!;
		return { outreach, items, look, lastCall };
	}

	it("another sender's call does not begin if its end decides about the run", async () => {
		const { outreach, items, look, lastCall } = twoSenders('deliveredThen500');
		const { error } = await outreach.send(items, STOPS);
		expect(error).toBeUndefined();
		expect([...outreach.reached].sort()).toEqual([0, 1, 2]);
		expect(lastCall().startedAt).toBeGreaterThanOrEqual(look().endedAt!);
	});

	it("another sender's call never begins if it is not found", async () => {
		const { outreach, items } = twoSenders('lostThen500');
		const { error } = await outreach.send(items, STOPS);
		expect(error?.message).toMatch(/may have been/);
		expect(outreach.reached).toEqual([1]);
	});

	it('the others go on if errors do not stop the run', async () => {
		const { outreach, items, look, lastCall } = twoSenders('lostThen500');
		await outreach.send(items);
		expect(outreach.reached).toEqual([1, 2]);
		expect(lastCall().startedAt).toBeLessThan(look().endedAt!);
	});
});
