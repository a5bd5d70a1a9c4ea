import { EVENT_ALIASES, EVENT_TYPES, eventEnvelope } from '../../../sendpilot/contract/event';
import type { EventSpec, Registration } from '../../../sandbox';
import { send, TO_JANE, useReceiver, useSandbox } from './helpers';

const SECRET = 'sendpilot-test-secret-0001';

describe('events', () => {
	const sandbox = useSandbox({ generation: 'docs' });
	const receiver = useReceiver();
	const register = (change: Partial<Registration> = {}) =>
		sandbox().webhooks.register({ url: receiver.url, secret: SECRET, scheme: 'hex', ...change });
	const bodies = () => receiver.received.map(({ body }) => JSON.parse(body));

	async function emit(event: string | EventSpec) {
		sandbox().webhooks.emit(event);
		await sandbox().webhooks.settled();
	}

	it.each([...EVENT_TYPES, ...Object.keys(EVENT_ALIASES)])('%s fits the contract', async (type) => {
		register();
		await emit(type);
		const [body] = bodies();
		expect(eventEnvelope.parse(body)).toEqual(body);
		expect(body).toMatchObject({ eventType: type, workspaceId: 'ws_sandbox' });
		expect(body.eventId).toMatch(/^evt_\d+_[0-9a-f]+$/);
		expect(Object.keys(body.data)).not.toEqual([]);
		expect(receiver.received[0]?.headers['content-type']).toBe('application/json');
	});

	it('name leads and campaigns that the API knows', async () => {
		register();
		await emit('reply.received');
		const { leadId, campaignId, senderId, linkedinUrl } = bodies()[0].data;
		const { leads } = sandbox().seed;
		expect(leads).toContainEqual(
			expect.objectContaining({ id: leadId, campaignId, senderId, linkedinUrl }),
		);
	});

	it('follow a message that went out', async () => {
		register();
		await send(sandbox(), { leadId: 'lead_yuki', message: 'Hi' });
		await sandbox().webhooks.settled();
		expect(bodies()).toMatchObject([
			{
				eventType: 'message.sent',
				data: {
					leadId: 'lead_yuki',
					campaignId: 'camp_founders',
					linkedinUrl: sandbox().seed.leads[2]?.linkedinUrl,
					senderId: 'sender_bianca',
					message: 'Hi',
				},
			},
		]);
	});

	it('name the lead and campaign of a message to a mere profile', async () => {
		register();
		await send(sandbox(), TO_JANE);
		await sandbox().webhooks.settled();
		expect(bodies()[0].data).toMatchObject({ leadId: 'lead_jane', campaignId: 'camp_founders' });
	});

	it('follow a message that went out despite an error, but not one that was lost', async () => {
		register();
		sandbox().inject({ fault: 'deliveredThen500' });
		sandbox().inject({ fault: 'lostThen500' });
		await send(sandbox(), { ...TO_JANE, message: 'delivered' });
		await send(sandbox(), { ...TO_JANE, message: 'lost' });
		await sandbox().webhooks.settled();
		expect(bodies().map(({ data }) => data.message)).toEqual(['delivered']);
	});

	it('reach every URL that selected them, by current or older name', async () => {
		register({ url: `${receiver.url}/all` });
		register({ url: `${receiver.url}/replies`, events: ['message.received'] });
		register({ url: `${receiver.url}/leads`, events: ['lead.updated', 'lead.tag.updated'] });
		for (const type of ['reply.received', 'lead.status.changed', 'lead.invented']) await emit(type);
		expect(receiver.received.map(({ url, body }) => [url, JSON.parse(body).eventType])).toEqual(
			expect.arrayContaining([
				['/all', 'reply.received'],
				['/replies', 'reply.received'],
				['/all', 'lead.status.changed'],
				['/leads', 'lead.status.changed'],
				['/all', 'lead.invented'],
			]),
		);
		expect(receiver.received).toHaveLength(5);
	});

	it('go to a URL once, as in its latest registration', async () => {
		register({ events: ['campaign.started'] });
		register({ events: ['campaign.paused'] });
		expect(sandbox().webhooks.list()).toEqual([
			{ url: receiver.url, scheme: 'hex', events: ['campaign.paused'] },
		]);
		await emit('campaign.started');
		expect(receiver.received).toEqual([]);
	});

	it('can have custom data, or none', async () => {
		register();
		await emit({ eventType: 'reply.received', eventId: 'evt_1', data: { reply: 'Yes' } });
		await emit({ eventType: 'reply.received', data: {} });
		expect(bodies()).toMatchObject([
			{ eventId: 'evt_1', data: { reply: 'Yes' } },
			{ eventType: 'reply.received' },
		]);
		expect(bodies().map(({ data }) => data)).toEqual([{ reply: 'Yes' }, {}]);
	});

	it('can omit the workspace', async () => {
		register();
		await emit({ eventType: 'reply.received', workspaceId: null });
		expect(bodies()[0]).not.toHaveProperty('workspaceId');
	});

	it.each(['lead_database.search.completed', 'lead_extractor.job.completed'])(
		'%s can contain thousands of leads',
		async (eventType) => {
			register();
			await emit({ eventType, leads: 3_000 });
			const { leads } = bodies()[0].data;
			expect(leads).toHaveLength(3_000);
			expect(new Set(leads.map(({ id }: { id: string }) => id)).size).toBe(3_000);
		},
	);

	it('can have another envelope', async () => {
		register();
		await emit({ eventType: 'reply.received', body: { type: 'x', payload: [1] } });
		expect(bodies()).toEqual([{ type: 'x', payload: [1] }]);
	});

	it('can have a body that is not JSON', async () => {
		register();
		await emit({ eventType: 'reply.received', body: '{"eventId":' });
		expect(receiver.received.map(({ body }) => body)).toEqual(['{"eventId":']);
	});

	it('can arrive many times at once with the same id', async () => {
		register();
		const eventId = sandbox().webhooks.emit('reply.received', { times: 10 });
		await sandbox().webhooks.settled();
		expect(bodies().map((body) => body.eventId)).toEqual(Array(10).fill(eventId));
	});

	it('can be tests for one URL, even if it did not select the type', async () => {
		register({ url: `${receiver.url}/one`, events: ['reply.received'] });
		register({ url: `${receiver.url}/other` });
		const eventId = sandbox().webhooks.sendTestEvent({ url: `${receiver.url}/one` });
		await sandbox().webhooks.settled();
		expect(receiver.received).toMatchObject([
			{ url: '/one', headers: { 'webhook-signature': expect.stringMatching(/^v1,t=\d+,s=/) } },
		]);
		expect(bodies()).toMatchObject([
			{ eventId, eventType: 'message.sent', data: { leadId: 'lead_jane' } },
		]);
	});

	it.each<[string, unknown]>([
		['a URL that is not one', { url: 'receiver' }],
		['a URL of another kind', { url: 'ftp://127.0.0.1' }],
		['no secret', { secret: '' }],
		['an unknown scheme', { scheme: 'md5' }],
		['a secret that svix cannot use', { scheme: 'svix', secret: 'not base64!' }],
		['an unknown event', { events: ['message.send'] }],
	])('reject a registration with %s', (_what, change) => {
		expect(() => register(change as Partial<Registration>)).toThrow();
		expect(sandbox().webhooks.list()).toEqual([]);
	});
});
