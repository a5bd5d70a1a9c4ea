import { OLDEST_N8N } from '../../editor/install';
import { deliveredTo, jsonOf, people, personUrl, toLead, toProfile } from '../support';
import { OwnN8n } from './ownN8n';
import {
	startLive,
	deliver,
	firstExecution,
	keyOf,
	createTrigger,
	goLive,
	run,
	startedBy,
	type Place,
} from './support';

describe(`n8n ${OLDEST_N8N}, the oldest supported version`, () => {
	let n8n: OwnN8n;
	let place: Place;

	beforeAll(async () => {
		n8n = await OwnN8n.start(OLDEST_N8N, { webhookRetrySeconds: [] });
		place = n8n.place;
	});
	beforeEach(() => place.sandbox.reset());
	afterAll(async () => await n8n?.stop());

	it('loads the nodes and the tool', async () => {
		const types = await place.client.nodeTypes();
		const ours = types.filter(({ name }) => name.startsWith('n8n-nodes-sendpilot.'));
		expect(ours.map(({ displayName }) => displayName).sort()).toEqual([
			'Send LinkedIn Message',
			'Send LinkedIn Message Tool',
			'SendPilot',
			'SendPilot Tool',
			'SendPilot Trigger',
		]);
	});

	it('tests the connection of the credential', async () => {
		const { client, sandbox } = place;
		expect(await client.testCredential('sendPilotApi', keyOf(sandbox))).toMatchObject({
			status: 'OK',
		});
		const wrong = { ...keyOf(sandbox), apiKey: 'sp_live_wrong' };
		expect(await client.testCredential('sendPilotApi', wrong)).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('does not accept the API key'),
		});
	});

	it('sends to a profile', async () => {
		const execution = await run(place, people(1), { parameters: toProfile() });
		expect(execution.status).toBe('success');
		expect(jsonOf(execution)).toMatchObject([{ messageId: 'msg_1', senderId: 'sender_alex' }]);
	});

	it('sends to a lead', async () => {
		const execution = await run(place, [{ lead: 'lead_jane' }], { parameters: toLead() });
		expect(execution.status).toBe('success');
		expect(place.sandbox.delivered).toMatchObject([{ leadId: 'lead_jane' }]);
	});

	it('sends to nobody twice when a failed execution is retried', async () => {
		const { client, sandbox } = place;
		sandbox.inject({ fault: 'status', status: 400, message: 'No', recipient: 'person-1' });
		const { id } = await startLive(place, people(3), { parameters: toProfile() });
		expect((await client.finished(id)).status).toBe('error');
		expect((await client.retry(id, 'original')).status).toBe('success');
		expect(deliveredTo(sandbox)).toEqual([0, 1, 2].map(personUrl));
	});

	it('puts failed items on the error output, and nothing else', async () => {
		place.sandbox.inject({ fault: 'status', status: 400, message: 'No', recipient: 'person-1' });
		const node = { parameters: toProfile(), onError: 'continueErrorOutput' as const };
		const execution = await run(place, people(3), node);
		expect(jsonOf(execution).map(({ recipientLinkedinUrl }) => recipientLinkedinUrl)).toEqual(
			[0, 2].map(personUrl),
		);
		expect(jsonOf(execution, 1)).toEqual([
			{
				url: personUrl(1),
				error: expect.stringMatching(/^Message not sent: /),
				message: expect.stringContaining('Then run the workflow again with only the items'),
			},
		]);
	});

	it('starts the workflow once for a signed event, and not for a forged one', async () => {
		const trigger = await createTrigger(place);
		await goLive(place, trigger);
		const event = { eventType: 'reply.received', eventId: 'evt_1' };
		expect(await deliver(place, event, { signature: 'forged' })).toEqual([401]);
		expect(await deliver(place, event, { times: 3 })).toEqual([200, 200, 200]);
		// n8n 1.x answers before it has created the execution.
		await firstExecution(place.client, trigger.workflow);
		expect(await startedBy(place, trigger)).toEqual([
			[expect.objectContaining({ eventType: 'reply.received' })],
		]);
	});
});
