import { exampleData } from '../../sandbox';
import { people, toProfile } from '../support';
import { OLD_SECRET, TRIGGER } from '../triggerSupport';
import {
	deliver,
	makeLine,
	openLine,
	run,
	sharedHome,
	startedBy,
	until,
	usePlace,
	type Line,
} from './support';

const place = usePlace({ webhookRetrySeconds: [] });

/** n8n tries an activation again and again, so that its failure is waited for beside the other tests. */
let refusal: Promise<string>;
beforeAll(async () => {
	const { workflow } = await makeLine(place, {}, { signingSecret: 'sp_live_key' });
	refusal = place.client.activate(workflow).then(
		() => 'It went live.',
		(error: Error) => error.message,
	);
});

describe('SendPilot Trigger, live', () => {
	it.each(['hex', 'svix', 'standard'] as const)(
		'starts the workflow for a signed event (%s)',
		async (scheme) => {
			const line = await makeLine(place);
			await openLine(place, line, { scheme });
			expect(await deliver(place, 'reply.received')).toEqual([200]);
			expect(await startedBy(place, line)).toEqual([
				[
					expect.objectContaining({
						eventType: 'reply.received',
						text: 'Sounds good – Tuesday works.',
						data: exampleData('reply.received'),
					}),
				],
			]);
		},
	);

	it.each(['hex', 'svix', 'standard'] as const)(
		'lets nobody else in, and says so in the log (%s)',
		async (scheme) => {
			const line = await makeLine(place);
			await openLine(place, line, { scheme });
			expect(await deliver(place, 'message.sent', { signature: 'forged' })).toEqual([401]);
			expect(await deliver(place, 'message.sent', { signature: 'none' })).toEqual([401]);
			expect(await deliver(place, 'message.sent', { clockSkewSeconds: -3_600 })).toEqual([401]);
			expect(await startedBy(place, line)).toEqual([]);
			const { log } = sharedHome();
			expect(log).toContain('The signature does not match the signing secret');
			expect(log).toContain('The delivery has no signature');
			expect(log).toContain('The delivery was signed too long ago');
		},
	);

	it('starts one execution for an event that arrives ten times at once, and again later', async () => {
		const line = await makeLine(place);
		await openLine(place, line);
		const event = { eventType: 'message.sent', eventId: 'evt_repeated' };
		expect(await deliver(place, event, { times: 10 })).toEqual(Array(10).fill(200));
		expect(await deliver(place, event)).toEqual([200]);
		expect(await startedBy(place, line)).toHaveLength(1);
	});

	it('starts as many executions as there are events, however fast they come', async () => {
		const line = await makeLine(place);
		await openLine(place, line);
		const { webhooks } = place.sandbox;
		for (let event = 0; event < 20; event++) webhooks.emit('message.sent');
		await webhooks.settled();
		expect(webhooks.log.map(({ status }) => status)).toEqual(Array(20).fill(200));
		const started = await startedBy(place, line);
		expect(new Set(started.map(([item]) => item.eventId)).size).toBe(20);
	});

	it('has taken an event over before the workflow is over', async () => {
		const { client } = place;
		const parameters = { resume: 'timeInterval', amount: 60, unit: 'seconds' };
		const next = { type: 'n8n-nodes-base.wait', typeVersion: 1.1, parameters };
		const line = await makeLine(place, {}, { next });
		await openLine(place, line);
		expect(await deliver(place, 'message.sent')).toEqual([200]);
		const [id] = await client.executionIds(line.workflow.id);
		expect((await client.execution(id)).status).toMatch(/^(new|running|waiting)$/);
		await client.stopExecution(id);
	});

	it('receives events that were not chosen, and starts nothing', async () => {
		const line = await makeLine(place, { events: ['reply.received'] });
		await openLine(place, line);
		expect(await deliver(place, 'message.sent')).toEqual([200]);
		expect(await deliver(place, 'message.received')).toEqual([200]);
		expect(await startedBy(place, line)).toEqual([
			[expect.objectContaining({ receivedEventType: 'message.received' })],
		]);
	});

	it('tells who the lead is, where that is wanted', async () => {
		const line = await makeLine(place, { options: { includeLeadDetails: true } });
		await openLine(place, line);
		await deliver(place, 'reply.received');
		const [[item]] = await startedBy(place, line);
		expect(item.lead).toMatchObject({ name: 'Jane Doe', title: 'CTO', company: 'Acme' });
	});

	it('hears of a message that the node beside it has sent', async () => {
		const line = await makeLine(place, { events: ['message.sent'] });
		await openLine(place, line);
		await run(place, people(1), { parameters: toProfile({ message: 'Hello 👋' }) });
		await place.sandbox.webhooks.settled();
		expect(await startedBy(place, line)).toEqual([
			[expect.objectContaining({ eventType: 'message.sent', text: 'Hello 👋' })],
		]);
	});
});

describe('SendPilot Trigger, in test mode', () => {
	/** Presses Listen for Test Event, then Send Test Event. @returns the items of the execution */
	async function tryOut({ workflow, testUrl }: Line, eventId: string) {
		const { client, sandbox } = place;
		const before = await client.executionIds(workflow.id);
		await client.listen(workflow, TRIGGER);
		sandbox.webhooks.register({ url: testUrl, secret: OLD_SECRET, scheme: 'svix' });
		expect(await deliver(place, { eventType: 'message.sent', eventId })).toEqual([200]);
		await until('the execution', async () => {
			const ids = await client.executionIds(workflow.id);
			return ids.length > before.length;
		});
		return (await startedBy(place, { workflow })).at(-1);
	}

	it('takes the same event again and again', async () => {
		const line = await makeLine(place, {}, { signingSecret: OLD_SECRET });
		const item = expect.objectContaining({ eventId: 'evt_test' });
		expect(await tryOut(line, 'evt_test')).toEqual([item]);
		expect(await tryOut(line, 'evt_test')).toEqual([item]);
		expect(await startedBy(place, line)).toHaveLength(2);
	});
});

describe('a trigger that could take no event', () => {
	const SAYS =
		/The SendPilot Webhook API credential cannot be used.*This is an API key.*Copy it from SendPilot/s;

	it('does not go live, and says what to do', async () => {
		expect(await refusal).toMatch(SAYS);
	});

	it('does not listen for a test event, and says what to do', async () => {
		const { workflow } = await makeLine(place, {}, { signingSecret: 'sp_live_key' });
		await expect(place.client.listen(workflow, TRIGGER)).rejects.toThrow(SAYS);
	});

	it('is not published without an event', async () => {
		const { workflow } = await makeLine(place, { events: [] });
		await expect(place.client.activate(workflow)).rejects.toThrow(/required parameters: events/);
	});
});
