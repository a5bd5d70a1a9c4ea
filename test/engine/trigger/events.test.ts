import { EVENT_ALIASES, EVENT_TYPES } from '../../../sendpilot/contract/event';
import { exampleData } from '../../../sandbox';
import { byId } from '../support';
import { useLine } from './support';

const use = useLine();
const filterBy = (kind: 'campaign' | 'sender', ...ids: string[]) => ({
	[`${kind}s`]: { [kind]: ids.map((id) => ({ [`${kind}Id`]: byId(id) })) },
});

describe('each event starts the workflow', () => {
	it.each(
		EVENT_TYPES.flatMap((event) =>
			(['svix', 'standard', 'hex'] as const).map((scheme) => [event, scheme] as const),
		),
	)('%s, signed with the scheme %s', async (eventType, scheme) => {
		const line = await use.open({ scheme, parameters: { events: [eventType] } });
		expect(await line.send({ eventType, eventId: 'evt_1' })).toEqual([200]);
		const data = exampleData(eventType);
		expect(await line.started()).toEqual([
			[
				{
					eventId: 'evt_1',
					eventType,
					receivedEventType: eventType,
					timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
					workspaceId: 'ws_sandbox',
					text: data.message ?? data.reply ?? null,
					data,
				},
			],
		]);
		expect(line.logged).toEqual([]);
	});

	it.each(Object.entries(EVENT_ALIASES))('%s, as %s, which was selected', async (old, current) => {
		const line = await use.open({ parameters: { events: [current] } });
		await line.send(old);
		expect(await line.started()).toEqual([
			[expect.objectContaining({ eventType: current, receivedEventType: old })],
		]);
	});

	it('with one text field, whatever SendPilot calls it', async () => {
		const line = await use.open();
		for (const field of ['message', 'messagePreview', 'reply', 'replyPreview']) {
			await line.send({ eventType: 'reply.received', data: { [field]: `Hello by ${field}` } });
		}
		const texts = (await line.started()).flat().map(({ text }) => text);
		expect(texts).toEqual([
			'Hello by message',
			'Hello by messagePreview',
			'Hello by reply',
			'Hello by replyPreview',
		]);
	});
});

describe('an event that was not selected', () => {
	it('is ignored', async () => {
		const line = await use.open({ parameters: { events: ['message.sent', 'reply.received'] } });
		const unwanted = EVENT_TYPES.filter((type) => !/^(message\.sent|reply\.received)$/.test(type));
		for (const eventType of unwanted) expect(await line.send(eventType)).toEqual([200]);
		expect(await line.started()).toEqual([]);
		expect(line.logged).toEqual([]);
	});

	it('starts the workflow if all are selected, even if its type is unknown', async () => {
		const line = await use.open({ parameters: { events: ['*'] } });
		await line.send({ eventType: 'meeting.booked', data: { day: 'Tuesday' } });
		expect(await line.started()).toEqual([
			[expect.objectContaining({ eventType: 'meeting.booked', data: { day: 'Tuesday' } })],
		]);
	});

	it('is anything but message.sent by default', async () => {
		const line = await use.open({ parameters: { events: undefined as never } });
		await line.send('message.sent');
		await line.send('reply.received');
		expect((await line.started()).flat().map(({ eventType }) => eventType)).toEqual([
			'message.sent',
		]);
	});
});

describe('a signed body of another form', () => {
	const body = { status: 'completed', search: 'search_1' };

	it('becomes an unknown event if all events are selected', async () => {
		const line = await use.open();
		expect(await line.send({ eventType: 'message.sent', eventId: 'evt_1', body })).toEqual([200]);
		expect(await line.started()).toEqual([
			[
				{
					...{ eventId: 'msg_evt_1', eventType: 'unknown', receivedEventType: 'unknown' },
					...{ timestamp: null, workspaceId: null, text: null, data: body },
				},
			],
		]);
	});

	it('is ignored otherwise', async () => {
		const line = await use.open({ parameters: { events: ['message.sent'] } });
		expect(await line.send({ eventType: 'message.sent', body })).toEqual([200]);
		expect(await line.started()).toEqual([]);
	});

	it.each(['[1,2]', '"text"', 'null', '7', '[]'])('never crashes: %s', async (body) => {
		const line = await use.open();
		expect(await line.send({ eventType: 'message.sent', body })).toEqual([200]);
		expect((await line.started()).flat()).toEqual([
			expect.objectContaining({ eventType: 'unknown', data: { body: JSON.parse(body) } }),
		]);
	});
});

describe('filters', () => {
	it.each([
		['camp_founders', 1],
		['camp_agencies', 0],
	])('by campaign: %s', async (campaign, runs) => {
		const line = await use.open({ parameters: { options: filterBy('campaign', campaign) } });
		expect(await line.send('reply.received')).toEqual([200]);
		expect(await line.started()).toHaveLength(runs);
	});

	it.each([
		['sender_alex', 1],
		['sender_bianca', 0],
	])('by sender: %s', async (sender, runs) => {
		const line = await use.open({ parameters: { options: filterBy('sender', sender) } });
		expect(await line.send('message.sent')).toEqual([200]);
		expect(await line.started()).toHaveLength(runs);
	});

	it('accept any of several', async () => {
		const options = filterBy('campaign', 'camp_agencies', 'camp_founders');
		const line = await use.open({ parameters: { options } });
		await line.send('message.sent');
		expect(await line.started()).toHaveLength(1);
	});

	it.each(['campaign', 'sender'] as const)(
		'accept nothing if an expression resolves to nothing: %s',
		async (kind) => {
			const options = filterBy(kind, '={{ $json.body.data.nothing }}');
			const later = { options };
			const line = await use.open({ later });
			expect(await line.send('message.sent')).toEqual([401]);
			expect(await line.started()).toEqual([]);
			expect(line.logged).toEqual([expect.stringContaining(`A ${kind} filter is empty`)]);
		},
	);

	it('exclude events without a campaign', async () => {
		const line = await use.open({ parameters: { options: filterBy('campaign', 'camp_founders') } });
		expect(await line.send('lead.tag.updated')).toEqual([200]);
		expect(await line.started()).toEqual([]);
	});
});

describe('a job event with thousands of leads', () => {
	const LEADS = 5_000;
	const event = { eventType: 'lead_database.search.completed', leads: LEADS };

	it('is passed on completely', async () => {
		const line = await use.open();
		expect(await line.send(event)).toEqual([200]);
		const [[item]] = await line.started();
		expect(item.data).toEqual(exampleData(event.eventType, LEADS));
	});

	it('is split into one item per lead by an option', async () => {
		const line = await use.open({ parameters: { options: { splitLeads: true } } });
		await line.send(event);
		const [items] = await line.started();
		expect(items).toHaveLength(LEADS);
		expect(items[4_999]).toMatchObject({
			eventType: event.eventType,
			data: { search_id: 'search_sandbox', lead: { id: 'found_5000' } },
		});
		expect(items[0].data).not.toHaveProperty('leads');
	});
});

it('the headers are included on request only', async () => {
	const asked = await use.open({ parameters: { options: { includeHeaders: true } } });
	await asked.send({ eventType: 'message.sent', eventId: 'evt_1' });
	const [[item]] = await asked.started();
	expect(item.headers).toMatchObject({
		'svix-id': 'msg_evt_1',
		'content-type': 'application/json',
	});
});

it('anyone may send if authentication is None', async () => {
	const line = await use.open({
		parameters: { authentication: 'none' },
		node: { credentials: {} },
	});
	const body = { eventId: 'evt_1', eventType: 'reply.received', data: { reply: 'Hello' } };
	expect(await line.post(JSON.stringify(body))).toMatchObject({ status: 200 });
	expect(await line.started()).toEqual([[expect.objectContaining({ text: 'Hello' })]]);
	expect(line.listener.credentialReads()).toBe(0);
});
