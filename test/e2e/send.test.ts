import {
	deliveredTo,
	errorOf,
	jsonOf,
	people,
	personUrl,
	sendBodies,
	toLead,
	toProfile,
} from '../support';
import { startLive, run, usePlace } from './support';

const place = usePlace();

describe('Send LinkedIn Message', () => {
	it('sends to profiles, from the editor', async () => {
		const execution = await run(place, people(2), { parameters: toProfile() });
		expect(execution.status).toBe('success');
		expect(deliveredTo(place.sandbox)).toEqual([personUrl(0), personUrl(1)]);
		expect(jsonOf(execution)[1]).toEqual({
			success: true,
			messageId: 'msg_2',
			status: 'sent',
			sentAt: expect.stringMatching(/^\d{4}-/),
			recipientLinkedinUrl: personUrl(1),
			leadId: null,
			senderId: 'sender_alex',
			campaignId: null,
			conversationId: null,
		});
	});

	it('sends to leads, in a live workflow', async () => {
		const { id } = await startLive(place, [{ lead: 'lead_jane' }, { lead: 'lead_tom' }], {
			parameters: toLead({ message: 'Hello 👋\n優希' }),
		});
		const execution = await place.client.finished(id);
		expect(execution).toMatchObject({ status: 'success', mode: 'webhook' });
		expect(place.sandbox.delivered).toMatchObject([
			{ leadId: 'lead_jane', senderId: 'sender_alex', message: 'Hello 👋\n優希' },
			{ leadId: 'lead_tom', senderId: 'sender_casper', message: 'Hello 👋\n優希' },
		]);
		expect(jsonOf(execution).map(({ leadId }) => leadId)).toEqual(['lead_jane', 'lead_tom']);
	});
});

describe('a failed execution', () => {
	it.each([
		{
			what: 'a recipient who is not connected',
			fault: { fault: 'status', status: 400, message: 'Recipient is not a connection' } as const,
			message:
				'Message not sent: The recipient is not a 1st-degree connection of the sender: Recipient is not a connection (HTTP 400). 1 of 3 sent.',
			next: 'Connection Request Accepted',
			summary: '1 of 3 sent (item 0), 1 not sent (item 1), 1 not tried (item 2).',
		},
		{
			what: 'an answer that is lost',
			fault: { fault: 'resetAfterDelivery' } as const,
			message: 'Message may have been sent: The connection broke before SendPilot answered',
			next: 'Check the conversation with this person',
			summary: '1 of 3 sent (item 0), 1 may have been sent (item 1), 1 not tried (item 2).',
		},
		{
			what: 'a sender who has reached the daily limit',
			fault: { fault: 'dailyQuota' } as const,
			message: /^Message not sent: The sender has reached today's LinkedIn message limit/,
			next: 'Wait until tomorrow, or raise the daily limit in SendPilot.',
			summary: '1 of 3 sent (item 0), 1 not sent (item 1), 1 not tried (item 2).',
		},
	])('says what happened and what to do, for $what', async ({ fault, message, next, summary }) => {
		place.sandbox.inject({ ...fault, recipient: 'person-1', times: Infinity });
		const execution = await run(place, people(3), { parameters: toProfile() });
		expect(execution.status).toBe('error');
		const error = errorOf(execution);
		expect(error).toMatchObject({ name: 'NodeApiError', itemIndex: 1 });
		expect(error?.message).toMatch(message);
		expect(error?.description).toContain(next);
		expect(error?.description).toContain(summary);
		expect(error?.description).toContain('Do not run the whole workflow again');
		expect(deliveredTo(place.sandbox)).not.toContain(personUrl(2));
	});

	it('sends nothing if one of the items cannot be sent', async () => {
		const items = [...people(2), { url: 'https://www.linkedin.com/sales/lead/ACwAAA1b2C3' }];
		const execution = await run(place, items, { parameters: toProfile() });
		expect(errorOf(execution)).toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringMatching(/^Message not sent: .*Sales Navigator/),
			itemIndex: 2,
		});
		expect(place.sandbox.requests).toEqual([]);
	});
});

describe('a rejected API key', () => {
	it.each(['stopWorkflow', 'continueErrorOutput'] as const)(
		'costs one call, however many items there are (%s)',
		async (onError) => {
			const { client, sandbox } = place;
			const data = { apiKey: 'sp_live_revoked', baseUrl: sandbox.url };
			const id = await client.createCredential('Revoked', 'sendPilotApi', data);
			const credentials = { sendPilotApi: { id, name: 'Revoked' } };
			const parameters = toProfile();
			const execution = await run(place, people(5), { credentials, parameters, onError });
			expect(sandbox.requests.map(({ status }) => status)).toEqual([401]);
			const said = errorOf(execution)?.message ?? jsonOf(execution, 1)[0].error;
			expect(said).toContain('Message not sent: SendPilot does not accept the API key');
		},
	);
});

describe('On Error', () => {
	const items = people(3, (index) => ({ firstName: ['Ada', 'Ben', 'Cleo'][index] }));
	const parameters = toProfile();

	beforeEach(() => {
		place.sandbox.inject({ fault: 'status', status: 400, message: 'No', recipient: 'person-1' });
	});

	it('Continue (using error output) gives failed items an output of their own', async () => {
		const node = { parameters, onError: 'continueErrorOutput' as const };
		const execution = await run(place, items, node);
		expect(execution.status).toBe('success');
		expect(jsonOf(execution).map(({ recipientLinkedinUrl }) => recipientLinkedinUrl)).toEqual([
			personUrl(0),
			personUrl(2),
		]);
		expect(jsonOf(execution, 1)).toEqual([
			{
				...items[1],
				error: 'Message not sent: SendPilot rejected the request: No (HTTP 400)',
				details: expect.objectContaining({
					delivery: 'notSent',
					reason: 'invalid',
					httpStatus: 400,
					itemIndex: 1,
				}),
			},
		]);
	});

	it('Continue returns all items in order, and failed ones with their own fields', async () => {
		const node = { parameters, onError: 'continueRegularOutput' as const };
		const execution = await run(place, items, node);
		expect(execution.status).toBe('success');
		expect(jsonOf(execution)).toMatchObject([
			{ recipientLinkedinUrl: personUrl(0) },
			{ ...items[1], error: expect.stringMatching(/^Message not sent/) },
			{ recipientLinkedinUrl: personUrl(2) },
		]);
	});

	it('sends each item to SendPilot once, failed ones included', async () => {
		await run(place, items, { parameters, onError: 'continueErrorOutput' });
		expect(sendBodies(place.sandbox)).toHaveLength(3);
	});
});
