import { answerOf, call, eventsOf, send, TO_JANE, useReceiver, useSandbox } from './helpers';

describe('the control routes', () => {
	const sandbox = useSandbox();
	const receiver = useReceiver();
	const webhook = () => ({ url: receiver.url, secret: 'secret-text', scheme: 'hex' });

	function post(path: string, body?: unknown) {
		return answerOf(
			fetch(`${sandbox().url}/_sandbox/${path}`, {
				method: 'POST',
				...(body !== undefined && {
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify(body),
				}),
			}),
		);
	}
	const state = async () => (await answerOf(fetch(`${sandbox().url}/_sandbox/state`))).body;

	it('show what happened, without secrets', async () => {
		await post('webhooks', webhook());
		await send(sandbox(), TO_JANE);
		await sandbox().webhooks.settled();
		const seen = await state();
		expect(seen).toMatchObject({
			delivered: [{ senderId: 'sender_alex', message: 'Hello Jane' }],
			requests: [{ path: '/v1/inbox/send', status: 201 }],
			webhooks: {
				registered: [{ url: receiver.url, scheme: 'hex' }],
				log: [{ eventType: 'message.sent', attempt: 1, status: 204 }],
			},
		});
		expect(seen.senders).toHaveLength(5);
		expect(seen.senders[0]).toMatchObject({ id: 'sender_alex', remainingMessages: 99 });
		expect(JSON.stringify(seen)).not.toMatch(/secret-text|sp_sandbox_key/);
	});

	it('make faults happen', async () => {
		expect((await post('faults', { fault: 'lostThen500', times: null })).status).toBe(201);
		expect((await send(sandbox(), TO_JANE)).status).toBe(500);
		expect((await send(sandbox(), TO_JANE)).status).toBe(500);
	});

	it('emit events', async () => {
		await post('webhooks', webhook());
		const { status, body } = await post('events', { eventType: 'campaign.paused', times: 2 });
		expect(status).toBe(202);
		await sandbox().webhooks.settled();
		expect(receiver.received.map((one) => JSON.parse(one.body).eventId)).toEqual([
			body.eventId,
			body.eventId,
		]);
	});

	it('send a test event', async () => {
		await post('webhooks', webhook());
		const test = { url: receiver.url, eventType: 'reply.received' };
		const { status, body } = await post('webhooks/test', test);
		expect(status).toBe(202);
		await sandbox().webhooks.settled();
		expect(receiver.received.map((one) => JSON.parse(one.body))).toMatchObject([
			{ eventId: body.eventId, eventType: 'reply.received' },
		]);
	});

	it('send no test event to a URL that is not registered', async () => {
		expect(await post('webhooks/test', { url: receiver.url })).toMatchObject({
			status: 404,
			body: { message: `No webhook is registered for ${receiver.url}` },
		});
	});

	it('change quirks, until the reset', async () => {
		expect(await post('quirks', { jobPolls: 1, jobMs: null })).toMatchObject({
			status: 200,
			body: { jobPolls: 1, jobMs: null, conversationPageMax: 25 },
		});
		expect(sandbox().quirks).toMatchObject({ jobPolls: 1, jobMs: Infinity });
		await post('reset');
		expect(sandbox().quirks).toMatchObject({ jobPolls: 3, jobMs: 10_000 });
	});

	it('have people reply', async () => {
		const linkedinUrl = TO_JANE.recipientLinkedinUrl;
		const answer = await post('replies', { linkedinUrl, text: 'Yes', senderId: 'sender_bianca' });
		expect(answer).toEqual({ status: 201, body: { success: true } });
		const path = '/v1/inbox/conversations?limit=1&accountId=sender_bianca';
		expect((await answerOf(call(sandbox(), path))).body.conversations).toMatchObject([
			{ participants: [{ name: 'Jane Doe' }], lastMessage: { content: 'Yes' } },
		]);
	});

	it('change leads, with the events', async () => {
		const { updatedAt } = sandbox().seed.leads[0]!;
		const events = eventsOf(sandbox());
		const change = { id: 'lead_jane', status: 'UNSUBSCRIBED', connected: false, company: null };
		expect((await post('leads', change)).status).toBe(200);
		await post('leads', { id: 'lead_jane', customLeadStatus: 'NOT_INTERESTED' });
		const { body } = await answerOf(call(sandbox(), '/v1/leads/lead_jane?full=true'));
		expect(body).toMatchObject({
			...{ status: 'UNSUBSCRIBED', customLeadStatus: 'NOT_INTERESTED', firstName: 'Jane' },
			company: null,
		});
		expect(sandbox().seed.leads[0]).toMatchObject({ connected: false });
		expect(body.updatedAt).not.toBe(updatedAt);
		expect(events().map(([type]) => type)).toEqual(['lead.updated', 'lead.tag.updated']);
	});

	it('change senders, after some messages if wanted', async () => {
		await post('senders', { id: 'sender_alex', messagesSentToday: 90, dailyMessageLimit: 91 });
		expect((await state()).senders[0]).toMatchObject({ remainingMessages: 1 });
		await post('senders', { id: 'sender_alex', dailyMessageLimit: 100 });
		await post('senders', { id: 'sender_alex', status: 'disconnected', afterDeliveries: 2 });
		const statuses: number[] = [];
		while (statuses.length < 3) statuses.push((await send(sandbox(), TO_JANE)).status);
		expect(statuses).toEqual([201, 201, 403]);
	});

	it.each([
		['leads', { id: 'lead_none', status: 'BLOCKED', afterDeliveries: 5 }, 'Lead not found'],
		['senders', { id: 'sender_none', afterDeliveries: 5 }, 'Account not found'],
	])('change no %s that do not exist', async (path, change, message) => {
		expect(await post(path, change)).toMatchObject({ status: 404, body: { message } });
	});

	it('reset', async () => {
		await send(sandbox(), TO_JANE);
		expect((await post('reset')).status).toBe(200);
		expect(await state()).toMatchObject({ delivered: [], requests: [] });
	});

	it.each([
		['faults', undefined, /Send a JSON object/],
		['faults', [], /Send a JSON object/],
		['faults', {}, /fault: .*'deliveredThen500'/],
		['faults', { fault: 'explode' }, /fault: .*'deliveredThen500'/],
		['faults', { fault: 'delay', ms: 'soon' }, /ms: Expected number/],
		['faults', { fault: 'hang', time: 3 }, /'time'/],
		['faults', { fault: 'hang', times: 0 }, /times: must be a whole number/],
		['quirks', { jobPolls: 0 }, /jobPolls: Number must be greater than or equal to 1/],
		['quirks', { polls: 1 }, /'polls'/],
		['replies', { linkedinUrl: 'jane', text: 'Yes' }, /linkedinUrl: must be a LinkedIn profile/],
		['replies', { linkedinUrl: TO_JANE.recipientLinkedinUrl }, /text: Required/],
		['leads', { status: 'BLOCKED' }, /id: Required/],
		['leads', { id: 'lead_jane', status: 'BLOKED' }, /status: .*'BLOCKED'/],
		['leads', { id: 'lead_jane', campaignId: 'camp_expo' }, /'campaignId'/],
		['senders', { id: 'sender_alex', status: 'gone' }, /status: .*'disconnected'/],
		['senders', { id: 'sender_alex', messagesSentToday: -1 }, /messagesSentToday: /],
		['senders', { id: 'sender_alex', afterDeliveries: -1 }, /afterDeliveries: /],
		['webhooks', {}, /url: Required/],
		['webhooks', { url: 'x', secret: 's', scheme: 'hex' }, /url: Invalid url/],
		[
			'webhooks',
			{ url: 'http://127.0.0.1', secret: 's', scheme: 'hex', events: ['x'] },
			/events\.0: x is not a SendPilot event/,
		],
		['webhooks/test', {}, /url: Required/],
		['webhooks/test', { url: 'http://127.0.0.1', eventType: 'x' }, /x is not a SendPilot event/],
		['webhooks/test', { url: 'http://127.0.0.1', times: 2 }, /'times'/],
		['events', {}, /eventType: Required/],
		['events', { eventType: 'x', times: 0 }, /times: /],
		['events', { eventType: 'x', signature: 'odd' }, /signature: .*'forged'/],
	])('reject invalid input with a clear text: %s %j', async (path, body, text) => {
		const { status, body: said } = await post(path, body);
		expect(status).toBe(400);
		expect([said.message].flat().join()).toMatch(text);
	});

	it('are not part of the API', async () => {
		expect((await call(sandbox(), '/_sandbox/unknown')).status).toBe(404);
		expect(sandbox().requests).toEqual([]);
	});

	it('are not affected by faults', async () => {
		await post('faults', { fault: 'html', path: '/', times: null });
		expect((await post('reset')).status).toBe(200);
	});
});
