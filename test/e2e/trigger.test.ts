import { exampleData } from '../../sandbox';
import { people, toProfile } from '../support';
import { OLD_SECRET, TRIGGER } from '../triggerSupport';
import {
	deliver,
	createTrigger,
	goLive,
	run,
	sharedHome,
	startedBy,
	until,
	usePlace,
	type SavedTrigger,
} from './support';

const place = usePlace({ webhookRetrySeconds: [] });

/** n8n retries a failed activation for a while, so the other tests run in the meantime. */
let activationError: Promise<string>;
beforeAll(async () => {
	const { workflow } = await createTrigger(place, {}, { signingSecret: 'sp_live_key' });
	activationError = place.client.activate(workflow).then(
		() => 'It was published.',
		(error: Error) => error.message,
	);
});

describe('SendPilot Trigger in production', () => {
	it.each(['hex', 'svix', 'standard'] as const)(
		'starts the workflow for a signed event (%s)',
		async (scheme) => {
			const trigger = await createTrigger(place);
			await goLive(place, trigger, { scheme });
			expect(await deliver(place, 'reply.received')).toEqual([200]);
			expect(await startedBy(place, trigger)).toEqual([
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
		'rejects every other request, and logs why (%s)',
		async (scheme) => {
			const trigger = await createTrigger(place);
			await goLive(place, trigger, { scheme });
			expect(await deliver(place, 'message.sent', { signature: 'forged' })).toEqual([401]);
			expect(await deliver(place, 'message.sent', { signature: 'none' })).toEqual([401]);
			expect(await deliver(place, 'message.sent', { clockSkewSeconds: -3_600 })).toEqual([401]);
			expect(await startedBy(place, trigger)).toEqual([]);
			for (const reason of [
				'The signature does not match the signing secret',
				'The delivery has no signature',
				'The delivery was signed too long ago',
			]) {
				// n8n may answer before what it logs has reached its log file.
				await until(`the log to say: ${reason}`, () => sharedHome().log.includes(reason));
			}
		},
	);

	it('starts one execution for an event that is delivered ten times at once, and once more later', async () => {
		const trigger = await createTrigger(place);
		await goLive(place, trigger);
		const event = { eventType: 'message.sent', eventId: 'evt_repeated' };
		expect(await deliver(place, event, { times: 10 })).toEqual(Array(10).fill(200));
		expect(await deliver(place, event)).toEqual([200]);
		expect(await startedBy(place, trigger)).toHaveLength(1);
	});

	it('starts one execution for each event, however fast events arrive', async () => {
		const trigger = await createTrigger(place);
		await goLive(place, trigger);
		const { webhooks } = place.sandbox;
		for (let event = 0; event < 20; event++) webhooks.emit('message.sent');
		await webhooks.settled();
		expect(webhooks.log.map(({ status }) => status)).toEqual(Array(20).fill(200));
		const started = await startedBy(place, trigger);
		expect(new Set(started.map(([item]) => item.eventId)).size).toBe(20);
	});

	it('accepts an event before the workflow has finished', async () => {
		const { client } = place;
		const parameters = { resume: 'timeInterval', amount: 60, unit: 'seconds' };
		const next = { type: 'n8n-nodes-base.wait', typeVersion: 1.1, parameters };
		const trigger = await createTrigger(place, {}, { next });
		await goLive(place, trigger);
		expect(await deliver(place, 'message.sent')).toEqual([200]);
		const [id] = await client.executionIds(trigger.workflow.id);
		expect((await client.execution(id)).status).toMatch(/^(new|running|waiting)$/);
		await client.stopExecution(id);
	});

	it('ignores events that were not selected', async () => {
		const trigger = await createTrigger(place, { events: ['reply.received'] });
		await goLive(place, trigger);
		expect(await deliver(place, 'message.sent')).toEqual([200]);
		expect(await deliver(place, 'message.received')).toEqual([200]);
		expect(await startedBy(place, trigger)).toEqual([
			[expect.objectContaining({ receivedEventType: 'message.received' })],
		]);
	});

	it('adds the details of the lead, if selected', async () => {
		const trigger = await createTrigger(place, { options: { includeLeadDetails: true } });
		await goLive(place, trigger);
		await deliver(place, 'reply.received');
		const [[item]] = await startedBy(place, trigger);
		expect(item.lead).toMatchObject({ name: 'Jane Doe', title: 'CTO', company: 'Acme' });
	});

	it('starts for a message that our own node has sent', async () => {
		const trigger = await createTrigger(place, { events: ['message.sent'] });
		await goLive(place, trigger);
		await run(place, people(1), { parameters: toProfile({ message: 'Hello 👋' }) });
		await place.sandbox.webhooks.settled();
		expect(await startedBy(place, trigger)).toEqual([
			[expect.objectContaining({ eventType: 'message.sent', text: 'Hello 👋' })],
		]);
	});
});

describe('SendPilot Trigger in test mode', () => {
	/** Clicks Execute step, then Send Test Event. @returns the items of the execution */
	async function tryOut({ workflow, testUrl }: SavedTrigger, eventId: string) {
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

	it('accepts the same event every time', async () => {
		const trigger = await createTrigger(place, {}, { signingSecret: OLD_SECRET });
		const item = expect.objectContaining({ eventId: 'evt_test' });
		expect(await tryOut(trigger, 'evt_test')).toEqual([item]);
		expect(await tryOut(trigger, 'evt_test')).toEqual([item]);
		expect(await startedBy(place, trigger)).toHaveLength(2);
	});
});

describe('a trigger that could accept no event', () => {
	const SAYS =
		/The SendPilot Webhook API credential cannot be used.*This is an API key.*select your webhook and copy its secret/s;

	it('cannot be published, and says what to do', async () => {
		expect(await activationError).toMatch(SAYS);
	});

	it('does not listen for a test event, and says what to do', async () => {
		const { workflow } = await createTrigger(place, {}, { signingSecret: 'sp_live_key' });
		await expect(place.client.listen(workflow, TRIGGER)).rejects.toThrow(SAYS);
	});

	it('is not published without an event', async () => {
		const { workflow } = await createTrigger(place, { events: [] });
		await expect(place.client.activate(workflow)).rejects.toThrow(/required parameters: events/);
	});
});
