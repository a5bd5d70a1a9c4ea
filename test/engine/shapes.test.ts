import { jsonOf, byId, pairingOf, run, sendBodies, toLead, toProfile, useSandbox } from './support';

const OUTPUT_KEYS = [
	'campaignId',
	'conversationId',
	'leadId',
	'messageId',
	'recipientLinkedinUrl',
	'senderId',
	'sentAt',
	'status',
	'success',
];

describe('a message to a LinkedIn profile', () => {
	const use = useSandbox();

	it('is sent in exactly the documented profile shape', async () => {
		await run(use.sandbox, [{ url: 'linkedin.com/in/Jane-Doe/?x=1', message: 'Hi Jane' }], {
			parameters: toProfile(),
		});
		expect(sendBodies(use.sandbox)).toEqual([
			{
				senderId: 'sender_alex',
				recipientLinkedinUrl: 'https://www.linkedin.com/in/jane-doe',
				message: 'Hi Jane',
			},
		]);
	});

	it('includes campaign and lead for reporting if they are given', async () => {
		const parameters = toProfile({ campaignId: byId('camp_founders'), leadId: byId('lead_jane') });
		const finished = await run(use.sandbox, [{ url: 'linkedin.com/in/jane-doe' }], { parameters });
		expect(sendBodies(use.sandbox)).toEqual([
			expect.objectContaining({ campaignId: 'camp_founders', leadId: 'lead_jane' }),
		]);
		expect(jsonOf(finished)).toEqual([
			expect.objectContaining({ campaignId: 'camp_founders', leadId: 'lead_jane' }),
		]);
	});

	it('gives one item with every key, null if a value is unknown', async () => {
		const finished = await run(use.sandbox, [{ url: 'linkedin.com/in/jane-doe' }], {
			parameters: toProfile(),
		});
		const [item] = jsonOf(finished);
		expect(Object.keys(item).sort()).toEqual(OUTPUT_KEYS);
		expect(item).toMatchObject({
			success: true,
			messageId: 'msg_1',
			status: 'sent',
			sentAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
			recipientLinkedinUrl: 'https://www.linkedin.com/in/jane-doe',
			senderId: 'sender_alex',
			leadId: null,
			campaignId: null,
			conversationId: null,
		});
	});

	it('keeps emoji, line breaks and white space at the ends as they are', async () => {
		const message = '  Hi 👩‍💻,\r\n\n\tHéllo\u00a0— 你好 \u200f\n';
		await run(use.sandbox, [{ url: 'linkedin.com/in/jane-doe', message }], {
			parameters: toProfile(),
		});
		expect(use.sandbox.delivered.map((sent) => sent.message)).toEqual([message]);
	});

	it('gives items in the order of the input, each paired with its own', async () => {
		const senders = ['sender_alex', 'sender_bianca', 'sender_alex', 'sender_casper'];
		const items = senders.map((sender, index) => ({ sender, url: `linkedin.com/in/p-${index}` }));
		const finished = await run(use.sandbox, items, { parameters: toProfile() });
		expect(jsonOf(finished).map(({ senderId }) => senderId)).toEqual(senders);
		expect(jsonOf(finished).map(({ recipientLinkedinUrl }) => recipientLinkedinUrl)).toEqual(
			items.map(({ url }) => `https://www.${url}`),
		);
		expect(pairingOf(finished)).toEqual([0, 1, 2, 3]);
	});

	it('accepts a plain value from an expression instead of a locator', async () => {
		const parameters = toProfile({ senderId: 'sender_bianca' });
		await run(use.sandbox, [{ url: 'linkedin.com/in/jane-doe' }], { parameters });
		expect(sendBodies(use.sandbox)).toEqual([
			expect.objectContaining({ senderId: 'sender_bianca' }),
		]);
	});
});

describe('a message to a SendPilot lead, if SendPilot accepts the lead shape', () => {
	const use = useSandbox({ generation: 'docs', acceptAnyRecipient: false });

	it('is sent with lead and message only', async () => {
		await run(use.sandbox, [{ lead: 'lead_jane' }], { parameters: toLead() });
		expect(use.sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'GET /v1/inbox/senders',
			'GET /v1/leads/lead_jane',
			'POST /v1/inbox/send',
		]);
		expect(sendBodies(use.sandbox)).toEqual([{ leadId: 'lead_jane', message: 'Hello' }]);
	});

	it('names the sender if one is chosen, and never the campaign that filters the list', async () => {
		const parameters = toLead({
			senderId: byId('sender_bianca'),
			campaignId: byId('camp_founders'),
		});
		await run(use.sandbox, [{ lead: 'lead_jane' }], { parameters });
		expect(sendBodies(use.sandbox)).toEqual([
			{ leadId: 'lead_jane', message: 'Hello', senderId: 'sender_bianca' },
		]);
	});

	it('gives an item of the same form as a message to a profile', async () => {
		const finished = await run(use.sandbox, [{ lead: 'lead_jane' }], { parameters: toLead() });
		const [item] = jsonOf(finished);
		expect(Object.keys(item).sort()).toEqual(OUTPUT_KEYS);
		expect(item).toMatchObject({
			success: true,
			messageId: 'msg_1',
			status: 'sent',
			leadId: 'lead_jane',
			senderId: 'sender_alex',
			recipientLinkedinUrl: null,
		});
	});
});

describe('a message to a SendPilot lead, if SendPilot only accepts the profile shape', () => {
	const use = useSandbox({ generation: 'live', acceptAnyRecipient: false });

	it('goes to the profile of the lead, from the sender of the lead, with lead and campaign for reporting', async () => {
		const finished = await run(use.sandbox, [{ lead: 'lead_jane' }], { parameters: toLead() });
		expect(use.sandbox.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'GET /v1/inbox/senders',
			'GET /v1/leads/lead_jane',
			'POST /v1/inbox/send',
			'POST /v1/inbox/send',
		]);
		expect(sendBodies(use.sandbox)[1]).toEqual({
			senderId: 'sender_alex',
			recipientLinkedinUrl: 'https://www.linkedin.com/in/jane-doe',
			message: 'Hello',
			campaignId: 'camp_founders',
			leadId: 'lead_jane',
		});
		expect(use.sandbox.delivered).toHaveLength(1);
		expect(jsonOf(finished)).toEqual([
			expect.objectContaining({ leadId: 'lead_jane', campaignId: 'camp_founders' }),
		]);
	});

	it('prefers the sender that the user chose', async () => {
		const parameters = toLead({ senderId: byId('sender_bianca') });
		await run(use.sandbox, [{ lead: 'lead_jane' }], { parameters });
		expect(use.sandbox.delivered).toEqual([expect.objectContaining({ senderId: 'sender_bianca' })]);
	});

	it('learns once in an execution that the lead shape is refused', async () => {
		const leads = ['lead_jane', 'lead_omar', 'lead_yuki', 'lead_tom'];
		await run(
			use.sandbox,
			leads.map((lead) => ({ lead })),
			{ parameters: toLead() },
		);
		const asked = sendBodies(use.sandbox).filter(
			(body) => !('recipientLinkedinUrl' in Object(body)),
		);
		expect(asked).toHaveLength(1);
		expect(use.sandbox.delivered.map(({ leadId }) => leadId)).toEqual(leads);
	});
});
