import fc from 'fast-check';
import { MESSAGE_MAX_CHARACTERS, sendReply } from '../../../sendpilot/contract/message';
import { answerOf, send, TO_JANE, until, useSandbox } from './helpers';

const badRequest = (message: unknown) => ({
	status: 400,
	body: { statusCode: 400, message, error: 'Bad Request' },
});

describe('sending as in production', () => {
	const sandbox = useSandbox();

	it('delivers the message and answers with the documented body', async () => {
		const request = { ...TO_JANE, leadId: 'lead_jane', campaignId: 'camp_founders' };
		const { status, body } = await answerOf(send(sandbox(), request));
		expect(status).toBe(201);
		expect(body).toEqual({
			success: true,
			messageId: expect.any(String),
			recipientLinkedinUrl: TO_JANE.recipientLinkedinUrl,
			status: 'sent',
			timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
			leadId: 'lead_jane',
		});
		expect(sendReply.parse(body)).toEqual(body);
		expect(sandbox().delivered).toEqual([
			{ ...request, messageId: body.messageId, at: expect.any(Number) },
		]);
	});

	it('is not idempotent: the same request twice means two messages', async () => {
		const [first, second] = await Promise.all([
			answerOf(send(sandbox(), TO_JANE)),
			answerOf(send(sandbox(), TO_JANE)),
		]);
		expect(first.body.messageId).not.toBe(second.body.messageId);
		expect(sandbox().delivered).toHaveLength(2);
	});

	it('rejects sending by lead with the two texts of production', async () => {
		expect(await answerOf(send(sandbox(), { leadId: 'lead_jane', message: 'Hi' }))).toEqual(
			badRequest(['senderId should not be empty', 'recipientLinkedinUrl must be a URL address']),
		);
	});

	it('lacks only the profile if sending by lead names a sender', async () => {
		const request = { leadId: 'lead_jane', senderId: 'sender_alex', message: 'Hi' };
		expect(await answerOf(send(sandbox(), request))).toEqual(
			badRequest(['recipientLinkedinUrl must be a URL address']),
		);
	});

	it.each([
		['an unknown field', { attachment: 'x' }, ['property attachment should not exist']],
		['no message', { message: undefined }, ['message should not be empty']],
		['a blank message', { message: ' \n' }, ['message should not be empty']],
		['a message that is not text', { message: 5 }, ['message must be a string']],
		[
			'a message that is too long',
			{ message: 'a'.repeat(MESSAGE_MAX_CHARACTERS + 1) },
			['message must be shorter than or equal to 8000 characters'],
		],
		[
			'a URL without a scheme',
			{ recipientLinkedinUrl: 'linkedin.com/in/jane-doe' },
			['recipientLinkedinUrl must be a URL address'],
		],
		[
			'a URL of another site',
			{ recipientLinkedinUrl: 'https://example.com/in/jane-doe' },
			['recipientLinkedinUrl must be a LinkedIn profile URL'],
		],
		[
			'an internal id of LinkedIn',
			{
				recipientLinkedinUrl: 'https://www.linkedin.com/in/ACoAABsandbox00000000000000000000000001',
			},
			['recipientLinkedinUrl must contain the public profile name, not an internal LinkedIn id'],
		],
		['an unknown sender', { senderId: 'sender_nobody' }, 'Sender not found in this workspace'],
		[
			'a person who is not connected',
			{ recipientLinkedinUrl: 'https://www.linkedin.com/in/noah-berg' },
			'Recipient is not a 1st-degree connection of this LinkedIn account',
		],
		[
			'an unknown person',
			{ recipientLinkedinUrl: 'https://www.linkedin.com/in/nobody-known' },
			'Recipient is not a 1st-degree connection of this LinkedIn account',
		],
	])('rejects %s', async (_what, change, message) => {
		expect(await answerOf(send(sandbox(), { ...TO_JANE, ...change }))).toEqual(badRequest(message));
		expect(sandbox().delivered).toEqual([]);
	});

	it.each(['[]', '"text"', 'null', '{}', ''])('treats %p as an empty request', async (body) => {
		const { status, body: said } = await answerOf(send(sandbox(), undefined, { body }));
		expect(status).toBe(400);
		expect(said.message).toEqual([
			'senderId should not be empty',
			'recipientLinkedinUrl must be a URL address',
			'message should not be empty',
		]);
	});

	it.each(['{"message": "Hel', 'not JSON'])(
		'rejects the body %p, which is not JSON',
		async (body) => {
			const answer = await answerOf(send(sandbox(), undefined, { body }));
			expect(answer).toEqual(badRequest(expect.stringContaining('JSON')));
			expect(sandbox().requests).toMatchObject([{ body, status: 400 }]);
		},
	);

	it('counts characters as people do: 8,000 emoji are allowed', async () => {
		const message = '🙂'.repeat(MESSAGE_MAX_CHARACTERS);
		expect((await send(sandbox(), { ...TO_JANE, message })).status).toBe(201);
		expect(sandbox().delivered[0]?.message).toBe(message);
	});

	it('delivers any message unchanged', async () => {
		const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((one) => one.trim() !== '');
		await fc.assert(
			fc.asyncProperty(text, async (message) => {
				sandbox().reset();
				await send(sandbox(), { ...TO_JANE, message });
				expect(sandbox().delivered.map((one) => one.message)).toEqual([message]);
			}),
			{ numRuns: 30 },
		);
	});

	it.each([
		'https://linkedin.com/in/jane-doe/',
		'https://fr.linkedin.com/in/Jane-Doe?miniProfileUrn=x#top',
		'https://www.linkedin.com/in/jane%2Ddoe/details/experience',
	])('recognises the person of a lead in %s', async (recipientLinkedinUrl) => {
		expect((await send(sandbox(), { ...TO_JANE, recipientLinkedinUrl })).status).toBe(201);
	});

	it.each([
		'https://www.linkedin.com/in/山田-優希',
		'https://www.linkedin.com/in/%E5%B1%B1%E7%94%B0-%E5%84%AA%E5%B8%8C',
		'https://www.linkedin.com/in/%25E5%25B1%25B1%25E7%2594%25B0-%25E5%2584%25AA%25E5%25B8%258C',
	])('recognises a name beyond Latin letters in %s', async (recipientLinkedinUrl) => {
		expect((await send(sandbox(), { ...TO_JANE, recipientLinkedinUrl })).status).toBe(201);
	});

	it.each([
		['sender_dora', 'Sender sender_dora is not active (disconnected)'],
		['sender_emil', 'Sender sender_emil is not active (warming)'],
	])('rejects %s with 403', async (senderId, message) => {
		expect(await answerOf(send(sandbox(), { ...TO_JANE, senderId }))).toEqual({
			status: 403,
			body: { statusCode: 403, message, error: 'Forbidden' },
		});
	});

	it('answers 429 once a sender reaches its daily limit, for this sender only', async () => {
		const bySenderOfTwo = { ...TO_JANE, senderId: 'sender_casper' };
		const statuses: number[] = [];
		for (let time = 0; time < 3; time++) {
			statuses.push((await send(sandbox(), bySenderOfTwo)).status);
		}
		expect(statuses).toEqual([201, 201, 429]);
		expect(await answerOf(send(sandbox(), bySenderOfTwo))).toEqual({
			status: 429,
			body: {
				statusCode: 429,
				message: 'Daily message limit reached for this LinkedIn account',
				error: 'Too Many Requests',
			},
		});
		expect((await send(sandbox(), TO_JANE)).status).toBe(201);
		expect(sandbox().delivered).toHaveLength(3);
	});

	it('delivers no more than the quota, however many arrive at once', async () => {
		await fc.assert(
			fc.asyncProperty(fc.nat(6), fc.nat(8), async (dailyMessageLimit, sends) => {
				sandbox().reset();
				const alex = sandbox().seed.senders[0]!;
				alex.dailyMessageLimit = dailyMessageLimit;
				await Promise.all(Array.from({ length: sends }, () => send(sandbox(), TO_JANE)));
				expect(sandbox().delivered).toHaveLength(Math.min(dailyMessageLimit, sends));
			}),
			{ numRuns: 20 },
		);
	});

	it('knows how many sends were in progress at once, in total and for each sender', async () => {
		sandbox().inject({ fault: 'hang', times: 3 });
		const byBianca = { ...TO_JANE, senderId: 'sender_bianca' };
		for (const one of [TO_JANE, TO_JANE, byBianca]) send(sandbox(), one).catch(() => undefined);
		await until(() => sandbox().peakSends() === 3);
		expect(sandbox().peakSends('sender_alex')).toBe(2);
		expect(sandbox().peakSends('sender_bianca')).toBe(1);
		expect(sandbox().peakSends('sender_casper')).toBe(0);
	});

	it('counts consecutive sends as one at a time', async () => {
		for (let time = 0; time < 20; time++) await (await send(sandbox(), TO_JANE)).text();
		expect(sandbox().peakSends()).toBe(1);
	});
});

describe('sending as in all of the docs', () => {
	const sandbox = useSandbox({ generation: 'docs' });

	it('accepts the lead alone, and uses its sender', async () => {
		const { status, body } = await answerOf(
			send(sandbox(), { leadId: 'lead_yuki', message: 'Hi' }),
		);
		expect(status).toBe(201);
		expect(body).toEqual({
			success: true,
			messageId: expect.any(String),
			leadId: 'lead_yuki',
			senderId: 'sender_bianca',
			sentAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
		});
		expect(sandbox().delivered).toMatchObject([
			{ leadId: 'lead_yuki', campaignId: 'camp_founders', senderId: 'sender_bianca' },
		]);
	});

	it('uses the requested sender', async () => {
		const request = { leadId: 'lead_yuki', senderId: 'sender_alex', message: 'Hi' };
		expect((await answerOf(send(sandbox(), request))).body.senderId).toBe('sender_alex');
	});

	it('chooses an active sender for a lead without one', async () => {
		const { body } = await answerOf(send(sandbox(), { leadId: 'lead_ines', message: 'Hi' }));
		expect(body.senderId).toBe('sender_alex');
	});

	it('reaches a lead whose profile is an internal id', async () => {
		expect((await send(sandbox(), { leadId: 'lead_opaque', message: 'Hi' })).status).toBe(201);
	});

	it('answers 404 for an unknown lead and 400 for one that is not connected', async () => {
		const unknown = await answerOf(send(sandbox(), { leadId: 'lead_nobody', message: 'Hi' }));
		expect(unknown).toMatchObject({ status: 404, body: { message: 'Lead not found' } });
		expect((await send(sandbox(), { leadId: 'lead_noah', message: 'Hi' })).status).toBe(400);
		expect(sandbox().delivered).toEqual([]);
	});

	it('accepts the profile too', async () => {
		expect((await answerOf(send(sandbox(), TO_JANE))).body.status).toBe('sent');
	});
});

describe('sending to anyone', () => {
	const sandbox = useSandbox({ acceptAnyRecipient: true });

	it('delivers to profiles that the sandbox does not know', async () => {
		const recipientLinkedinUrl = 'https://www.linkedin.com/in/nobody-known';
		expect((await send(sandbox(), { ...TO_JANE, recipientLinkedinUrl })).status).toBe(201);
		expect(sandbox().delivered).toMatchObject([{ recipientLinkedinUrl }]);
	});

	it('still requires the profile of a person', async () => {
		const recipientLinkedinUrl = 'https://www.linkedin.com/company/acme';
		expect((await send(sandbox(), { ...TO_JANE, recipientLinkedinUrl })).status).toBe(400);
	});
});
