import type { INodeParameters } from 'n8n-workflow';
import { MAX_CLAIMED } from '../../../nodes/shared/reach/history/sendHistory';
import type { FaultRule } from '../../../sandbox';
import { beginOperation, expectSchema, runOperation, type OperationRun } from '../sendPilot';
import {
	byId,
	changesOf,
	crashed,
	killedWhen,
	people,
	personUrl,
	startN8n,
	useSandbox,
	withAnswer,
} from '../support';

const use = useSandbox({ acceptAnyRecipient: false });

const PARAMETERS: INodeParameters = {
	senderId: byId('={{ $json.sender ?? "sender_alex" }}'),
	recipientLinkedinUrl: '={{ $json.url }}',
	note: '={{ $json.note ?? "" }}',
};

const invite = async (more: OperationRun = {}) =>
	await runOperation(use.sandbox, 'connectionRequest.send', {
		items: people(1),
		...more,
		parameters: { ...PARAMETERS, ...more.parameters },
	});

const invitedTo = () => use.sandbox.invited.map((one) => one.recipientLinkedinUrl);

const NOTE = "Hi, let's connect!";

describe('Connection Request → Send', () => {
	it('invites each person, with or without a note', async () => {
		const items = [people(2)[0], { ...people(2)[1], note: ` ${NOTE} ` }];
		const { output, pairing, hints } = await invite({ items });
		expect(hints).toEqual([
			expect.stringMatching(/^To go on when they accept, .* event Connection Request Accepted\.$/),
		]);
		expect(changesOf(use.sandbox).map(({ path, body }) => ({ path, body }))).toEqual([
			{
				path: '/v1/inbox/connect',
				body: { senderId: 'sender_alex', recipientLinkedinUrl: personUrl(0) },
			},
			{
				path: '/v1/inbox/connect',
				body: {
					senderId: 'sender_alex',
					recipientLinkedinUrl: personUrl(1),
					message: ` ${NOTE} `,
				},
			},
		]);
		expect(output).toEqual([
			{
				success: true,
				requestId: 'req_1',
				status: 'sent',
				sentAt: expect.stringMatching(/^\d{4}-/),
				recipientLinkedinUrl: personUrl(0),
				senderId: 'sender_alex',
				noteSent: false,
			},
			// A free account leaves the note out without saying so.
			expect.objectContaining({ requestId: 'req_2', noteSent: null }),
		]);
		expect(pairing).toEqual([0, 1]);
		expectSchema('connectionRequest.send', output);
	});

	it('says that a person is a connection already, which is a success', async () => {
		const url = 'https://www.linkedin.com/in/jane-doe';
		const { output, hints } = await invite({ items: [{ url }] });
		expect(output).toMatchObject([{ success: true, status: 'already_connected', sentAt: null }]);
		expect(hints).toEqual([
			expect.stringMatching(
				/^1 of 1 not invited, because the sender is connected with this person/,
			),
		]);
		expect(use.sandbox.invited).toEqual([]);
		// Nobody was reached, so it is asked again next time, and the answer is the same.
		expect((await invite({ items: [{ url }] })).output).toEqual(output);
	});

	it('counts nobody who is a connection already as invited, when the run stops', async () => {
		const rule = { fault: 'status', status: 400, message: 'No', after: 1 } as const;
		use.sandbox.inject({ ...rule, path: '/v1/inbox/connect' });
		const items = [{ url: 'https://www.linkedin.com/in/jane-doe' }, ...people(2)];
		const { error } = await invite({ items });
		expect(error?.message).toMatch(/^Invitation not sent: .* 0 of 3 sent, 1 not needed\.$/);
		expect(error?.description).toMatch(
			/^0 of 3 sent, 1 not needed \(item 0\), 1 not sent \(item 1\), 1 not tried \(item 2\)\. /,
		);
	});

	it('takes a note of 300 characters, each emoji one', async () => {
		await invite({ parameters: { note: '🚀'.repeat(300) } });
		expect(use.sandbox.invited).toMatchObject([{ note: '🚀'.repeat(300) }]);
	});

	it('refuses a longer note before it calls, and says by how much to shorten it', async () => {
		const { error } = await invite({ parameters: { note: '🚀'.repeat(301) } });
		expect(error).toMatchObject({
			message:
				'Invitation not sent: the note has 301 characters, more than the 300 that SendPilot allows',
			description: expect.stringMatching(/^Shorten Note by at least 1 character\. /),
		});
		expect(use.sandbox.requests).toEqual([]);
	});

	it.each([
		['no sender', { senderId: byId('={{ "" }}') }, /no sender is chosen/],
		['no address', { recipientLinkedinUrl: '={{ "" }}' }, /the LinkedIn Profile URL is empty/],
		['a company', { recipientLinkedinUrl: 'linkedin.com/company/acme' }, /company or school page/],
		['a note that is not text', { note: '={{ [1] }}' }, /the note is not text/],
		[
			'an option that does not exist',
			{ options: { ifNoteNotAllowed: 'perhaps' } },
			/no If the Note Isn't Allowed "perhaps"/,
		],
	])('refuses %s before it calls', async (_what, parameters, message) => {
		const { error } = await invite({ parameters });
		expect(error?.message).toMatch(/^Invitation not sent: /);
		expect(error?.message).toMatch(message);
		expect(use.sandbox.requests).toEqual([]);
	});
});

describe('a note that the sender cannot send', () => {
	const items = people(1).map((person) => ({ ...person, note: NOTE }));
	const dropping = { parameters: { options: { ifNoteNotAllowed: 'sendWithoutNote' } }, items };

	beforeEach(() => (use.sandbox.quirks.notes = 'refused'));

	it('fails, and says why', async () => {
		const { error } = await invite({ items });
		expect(error?.message).toMatch(/^Invitation not sent: .*LinkedIn Premium is required/);
		expect(use.sandbox.invited).toEqual([]);
		expect(changesOf(use.sandbox)).toHaveLength(1);
	});

	it('is left out, if that is wanted', async () => {
		const { output } = await invite(dropping);
		expect(output).toMatchObject([{ status: 'sent', noteSent: false }]);
		expect(use.sandbox.invited).toMatchObject([{ recipientLinkedinUrl: personUrl(0) }]);
		expect(changesOf(use.sandbox)).toHaveLength(2);
	});

	it.each<[string, FaultRule]>([
		[
			'a server error that names it',
			{ fault: 'status', status: 500, message: 'Notes are not allowed' },
		],
		['a lost answer', { fault: 'resetAfterDelivery' }],
		['a refusal for another reason', { fault: 'status', status: 400, message: 'Unknown sender' }],
		['a limit', { fault: 'dailyQuota' }],
		['a wrong key', { fault: 'status', status: 401, message: 'Notes are not allowed' }],
	])('is not tried without it after %s', async (_what, rule) => {
		use.sandbox.quirks.notes = 'sent';
		use.sandbox.inject({ ...rule, path: '/v1/inbox/connect' });
		const { error } = await invite(dropping);
		expect(error).toBeDefined();
		expect(changesOf(use.sandbox)).toHaveLength(1);
	});
});

it.each([
	[undefined, 2],
	['req_1', 1],
])('a refused note whose answer has the ID %s costs %d calls', async (requestId, expected) => {
	const options = { ifNoteNotAllowed: 'sendWithoutNote' };
	const answer = { success: false, status: 'failed', error: 'Notes are not allowed', requestId };
	const { calls, result } = await withAnswer(
		answer,
		async (settings) => await invite({ parameters: { note: NOTE, options }, settings }),
	);
	expect(calls).toBe(expected);
	expect(result.error?.message).toMatch(/^Invitation not sent: .*Notes are not allowed/);
});

describe('nobody is invited twice', () => {
	it('by one sender in a new execution, not even with another note', async () => {
		await invite();
		const { output } = await invite({ parameters: { note: NOTE } });
		expect(output).toMatchObject([
			{ alreadySent: true, requestId: null, noteSent: null, recipientLinkedinUrl: personUrl(0) },
		]);
		expect(invitedTo()).toEqual([personUrl(0)]);
	});

	it('by another sender, if each person is to be invited once', async () => {
		const safety = { repeats: 'skipSamePerson' };
		await invite();
		const { output } = await invite({ parameters: { safety, senderId: byId('sender_bianca') } });
		expect(output).toMatchObject([{ alreadySent: true, senderId: null }]);
		expect(invitedTo()).toEqual([personUrl(0)]);
		await invite({ parameters: { senderId: byId('sender_bianca') } });
		expect(use.sandbox.invited.map(({ senderId }) => senderId)).toEqual([
			'sender_alex',
			'sender_bianca',
		]);
	});

	it('after an answer that was lost', async () => {
		use.sandbox.inject({ fault: 'resetAfterDelivery', path: '/v1/inbox/connect' });
		const { error } = await invite();
		expect(error?.message).toMatch(/^Invitation may have been sent: /);
		expect(error?.description).toMatch(/^Check the sender's sent invitations on LinkedIn/);
		const again = await invite({ parameters: { note: NOTE } });
		expect(again.error?.message).toBe(
			'Invitation may have been sent: An earlier invitation to this person may have been sent. It was not found in the inbox: LinkedIn hides most profile addresses there, and Recipient Name is not filled in',
		);
		expect(invitedTo()).toEqual([personUrl(0)]);
	});

	it('when n8n is killed in the middle, and what crashed is retried', async () => {
		const n8n = await startN8n(use.database);
		let calls = 0;
		const died = killedWhen(n8n, (step) => step === 'afterCall' && ++calls === 5);
		const settings = { items: people(10), parameters: PARAMETERS };
		const running = await beginOperation(use.sandbox, 'connectionRequest.send', {
			...{ ...settings, settings: { n8n, mode: 'trigger' } },
		});
		await died;
		const restarted = await startN8n(use.database);
		const resume = crashed(running);
		const { output, failed } = await runOperation(use.sandbox, 'connectionRequest.send', {
			...settings,
			onError: 'continueErrorOutput',
			settings: { n8n: restarted, mode: 'retry', resume },
		});
		expect(new Set(invitedTo()).size).toBe(use.sandbox.invited.length);
		expect(output.length + failed.length).toBe(10);
		expect(failed.length).toBeLessThanOrEqual(MAX_CLAIMED);
		const sent = output.map((one) => one.recipientLinkedinUrl);
		expect(sent.filter((url) => !invitedTo().includes(String(url)))).toEqual([]);
		for (const { details } of failed) expect(details).toMatchObject({ delivery: 'uncertain' });
	});

	it('and an invitation never counts as a message', async () => {
		use.sandbox.seed.leads.find(({ id }) => id === 'lead_noah')!.connected = false;
		const recipientLinkedinUrl = 'https://www.linkedin.com/in/noah-berg';
		await invite({ parameters: { recipientLinkedinUrl } });
		use.sandbox.seed.leads.find(({ id }) => id === 'lead_noah')!.connected = true;
		const { output } = await runOperation(use.sandbox, 'message.send', {
			parameters: {
				...{ recipient: 'profile', senderId: byId('sender_alex'), recipientLinkedinUrl },
				message: 'sender_alex',
				safety: { repeats: 'skipSamePerson' },
			},
		});
		expect(output[0]).not.toHaveProperty('alreadySent');
		expect(use.sandbox.delivered).toHaveLength(1);
	});
});

describe('the daily limit of invitations', () => {
	it('ends those of its sender, and of no other', async () => {
		use.sandbox.seed.senders.find(({ id }) => id === 'sender_alex')!.dailyInvitationLimit = 1;
		const items = people(6).map((person, index) => ({
			...person,
			sender: index % 2 ? 'sender_bianca' : 'sender_alex',
		}));
		const { output, failed } = await invite({ items, onError: 'continueErrorOutput' });
		expect(output).toHaveLength(4);
		expect(failed).toMatchObject([
			{ error: expect.stringContaining("today's LinkedIn invitation limit") },
			{ error: expect.stringContaining('An earlier invitation failed for a reason that also') },
		]);
		expect(changesOf(use.sandbox)).toHaveLength(5);
	});
});
