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

/** n8n retries an activation for a while, so the other tests run while this one waits for the failure. */
let activationError: Promise<string>;
beforeAll(async () => {
	const { workflow } = await makeLine(place, {}, { signingSecret: 'sp_live_key' });
	activationError = place.client.activate(workflow).then(
		() => 'It was published.',
		(error: Error) => error.message,
	);
});

describe('SendPilot Trigger, in production', () => {
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
		'rejects everything else, and says so in the log (%s)',
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

	it('answers before the workflow has finished', async () => {
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

	it('ignores events that were not selected', async () => {
		const line = await makeLine(place, { events: ['reply.received'] });
		await openLine(place, line);
		expect(await deliver(place, 'message.sent')).toEqual([200]);
		expect(await deliver(place, 'message.received')).toEqual([200]);
		expect(await startedBy(place, line)).toEqual([
			[expect.objectContaining({ receivedEventType: 'message.received' })],
		]);
	});

	it('includes lead details on request', async () => {
		const line = await makeLine(place, { options: { includeLeadDetails: true } });
		await openLine(place, line);
		await deliver(place, 'reply.received');
		const [[item]] = await startedBy(place, line);
		expect(item.lead).toMatchObject({ name: 'Jane Doe', title: 'CTO', company: 'Acme' });
	});

	it('receives the event of a message that our other node has sent', async () => {
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
	/** Clicks Execute step, then Send Test Event. @returns the items of the execution */
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

	it('accepts the same event again and again', async () => {
		const line = await makeLine(place, {}, { signingSecret: OLD_SECRET });
		const item = expect.objectContaining({ eventId: 'evt_test' });
		expect(await tryOut(line, 'evt_test')).toEqual([item]);
		expect(await tryOut(line, 'evt_test')).toEqual([item]);
		expect(await startedBy(place, line)).toHaveLength(2);
	});
});

describe('a trigger that could not accept any event', () => {
	const SAYS =
		/The SendPilot Webhook API credential cannot be used.*This is an API key.*copy its secret/s;

	it('cannot be published, and says what to do', async () => {
		expect(await activationError).toMatch(SAYS);
	});

	it('does not listen for a test event, and says what to do', async () => {
		const { workflow } = await makeLine(place, {}, { signingSecret: 'sp_live_key' });
		await expect(place.client.listen(workflow, TRIGGER)).rejects.toThrow(SAYS);
	});

	it('cannot be published without an event', async () => {
		const { workflow } = await makeLine(place, { events: [] });
		await expect(place.client.activate(workflow)).rejects.toThrow(/required parameters: events/);
	});
});
