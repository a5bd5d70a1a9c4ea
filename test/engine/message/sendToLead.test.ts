import { join } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import { ROOT } from '../../../scripts/unpack';
import { expectSchema, runOperation, type OperationRun } from '../sendPilot';
import { byId, changesOf, useSandbox } from '../support';

const use = useSandbox({ acceptAnyRecipient: false });

const sendToLead = async (parameters: INodeParameters = {}, more: OperationRun = {}) =>
	await runOperation(use.sandbox, 'message.sendToLead', {
		parameters: {
			senderId: byId('sender_alex'),
			leadId: byId('lead_jane'),
			message: 'Hi {{firstName}} {{lastName}}',
			...parameters,
		},
		...more,
	});

describe('Message → Send to Lead', () => {
	it('has SendPilot look up the profile and fill in its placeholders', async () => {
		const { output } = await sendToLead({
			campaignId: byId('camp_founders'),
			message: 'Hi {{firstName}} {{lastName}} {{other}}',
			safety: { refuseUnfinishedText: false },
		});
		expect(changesOf(use.sandbox)).toMatchObject([
			{
				method: 'POST',
				path: '/v1/inbox/send/lead/lead_jane',
				body: {
					senderId: 'sender_alex',
					message: 'Hi {{firstName}} {{lastName}} {{other}}',
					campaignId: 'camp_founders',
				},
			},
		]);
		expect(use.sandbox.delivered).toMatchObject([
			{
				recipientLinkedinUrl: 'https://www.linkedin.com/in/jane-doe',
				message: 'Hi Jane Doe {{other}}',
			},
		]);
		expect(output).toMatchObject([
			{ success: true, leadId: 'lead_jane', senderId: 'sender_alex', status: 'sent' },
		]);
		// The reply of the sandbox has no conversation.
		expectSchema(
			'message.sendToLead',
			output.map((item) => ({ ...item, conversationId: 'conv_1' })),
		);
	});

	it.each([
		['=Hi {{firstName}}!', 'Hi {{firstName}}!'],
		['=Hi {{ firstName }} {{ lastName }}!', 'Hi {{firstName}} {{lastName}}!'],
		['={{firstName}}, {{ $json.topic }}?', '{{firstName}}, pricing?'],
		['={{ $json.text }}', 'For {{firstName}}'],
	])(
		'leaves the placeholders to SendPilot where the editor has made an expression of them: %s',
		async (message, sent) => {
			const items = [{ topic: 'pricing', text: 'For {{firstName}}' }];
			await sendToLead({ message }, { items });
			expect(changesOf(use.sandbox)).toMatchObject([{ body: { message: sent } }]);
		},
	);

	it('sends nothing if an expression beside a placeholder cannot be evaluated', async () => {
		const { error } = await sendToLead({
			message: "=Hi {{firstName}}, {{ $('Nowhere').item.json.a }}",
		});
		expect(error?.message).toMatch(/^Message not sent: .*Message/);
		expect(use.sandbox.requests).toEqual([]);
	});

	it('encodes the ID of the lead', async () => {
		const { leads } = use.sandbox.seed;
		leads.push({ ...leads[0], id: 'lead/1?x' });
		await sendToLead({ leadId: byId('lead/1?x') });
		expect(use.sandbox.delivered).toMatchObject([{ leadId: 'lead/1?x' }]);
	});

	it('sends a lead the same text once', async () => {
		await sendToLead();
		const { output } = await sendToLead();
		expect(output).toMatchObject([{ alreadySent: true, leadId: 'lead_jane', messageId: null }]);
		expect(use.sandbox.delivered).toHaveLength(1);
	});

	it.each([
		['no lead', { leadId: byId('={{ "" }}') }, /^Message not sent: no lead is chosen/],
		['no sender', { senderId: byId('={{ "" }}') }, /^Message not sent: no sender is chosen/],
		[
			'an automatic sender',
			{ senderId: byId('automatic') },
			/only works for a message whose Recipient/,
		],
		['no text', { message: ' ' }, /^Message not sent: the message is empty/],
		['a text that is too long', { message: 'a'.repeat(8_001) }, /has 8001 characters/],
	])('refuses %s before it calls', async (_what, parameters, message) => {
		const { error } = await sendToLead(parameters);
		expect(error?.message).toMatch(message);
		expect(use.sandbox.requests).toEqual([]);
	});

	it.each([
		['a lead that does not exist', { leadId: byId('gone') }, 'notFound'],
		['a lead who is not connected', { leadId: byId('lead_noah') }, 'notFirstDegree'],
		['a sender that is not connected', { senderId: byId('sender_dora') }, 'senderNotReady'],
	])('says that nothing was sent to %s', async (_what, parameters, reason) => {
		const { failed } = await sendToLead(parameters, { onError: 'continueErrorOutput' });
		expect(failed).toMatchObject([{ details: { delivery: 'notSent', reason } }]);
		expect(use.sandbox.delivered).toEqual([]);
	});
});

/** Two leads of one sender, and a lead of another sender that is special. */
const besideOthers = (special: string) => [
	...['lead_jane', 'lead_omar'].map((id) => ({ id, sender: 'sender_alex' })),
	{ id: special, sender: 'sender_bianca' },
];
const BY_ITEM = {
	senderId: byId('={{ $json.sender }}'),
	leadId: byId('={{ $json.id }}'),
	message: 'Hi',
	// The first call about a lead is the one that sends.
	safety: { skipLeadStatuses: [] },
};

describe('an ID that was cut in the middle of a character', () => {
	const items = besideOthers('lead_\ud83d');

	it('is that of no lead, and keeps nobody else from being messaged once', async () => {
		const onError = 'continueErrorOutput';
		for (let run = 0; run < 2; run++) {
			const { output, failed } = await sendToLead(BY_ITEM, { items, onError });
			expect(output.map(({ leadId }) => leadId)).toEqual(['lead_jane', 'lead_omar']);
			expect(failed).toMatchObject([
				{ details: { delivery: 'notSent', reason: 'notFound', itemIndex: 2 } },
			]);
		}
		expect(use.sandbox.delivered.map(({ leadId }) => leadId)).toEqual(['lead_jane', 'lead_omar']);
	});
});

describe('an error in the node itself', () => {
	const items = besideOthers('lead_odd');
	/** Makes the call for one lead fail where nobody expects it, while another sender's call is under way. */
	const breakOne = () => {
		const paths = jest.requireActual<{ pathFor: (path: string, id: string) => string }>(
			join(ROOT, 'dist/sendpilot/contract/path'),
		);
		const { pathFor } = paths;
		jest.spyOn(paths, 'pathFor').mockImplementation((path, id) => {
			if (id === 'lead_odd') throw new Error('Odd');
			return pathFor(path, id);
		});
		use.sandbox.inject({ fault: 'delay', ms: 50, path: '/v1/inbox/send', times: Infinity });
	};
	afterEach(() => jest.restoreAllMocks());

	it.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
		'is uncertain, and concerns no other item (%s)',
		async (onError) => {
			breakOne();
			const { output, failed } = await sendToLead(BY_ITEM, { items, onError });
			expect(output.filter(({ success }) => success)).toHaveLength(2);
			expect([...output, ...failed].at(-1)).toMatchObject({
				error: 'Message may have been sent: Something went wrong in this node: Odd',
				details: { delivery: 'uncertain', reason: 'unexpected', itemIndex: 2 },
			});
		},
	);

	it('ends the run when the calls under way are back, and nothing goes out after that, or twice', async () => {
		breakOne();
		const { error } = await sendToLead(BY_ITEM, { items });
		expect(error).toMatchObject({
			itemIndex: 2,
			message: expect.stringMatching(/^Message may have been sent: .*1 of 3 sent, 1 may have been/),
		});
		expect(use.sandbox.delivered).toHaveLength(1);

		jest.restoreAllMocks();
		const again = await sendToLead(BY_ITEM, { items, onError: 'continueErrorOutput' });
		expect(again.failed).toMatchObject([{ details: { reason: 'interrupted', itemIndex: 2 } }]);
		expect(use.sandbox.delivered.map(({ leadId }) => leadId)).toEqual(['lead_jane', 'lead_omar']);
	});
});
