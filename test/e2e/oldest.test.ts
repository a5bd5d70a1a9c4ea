import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient } from '../../editor/client';
import { installN8n, OLDEST_N8N } from '../../editor/install';
import { addPackage, startN8n, type RunningN8n } from '../../editor/start';
import { deliveredTo, jsonOf, people, personUrl, toLead, toProfile } from '../support';
import {
	startLive,
	deliver,
	firstExecution,
	seedInstance,
	keyOf,
	createTrigger,
	goLive,
	run,
	startedBy,
	type Place,
} from './support';

describe(`n8n ${OLDEST_N8N}, the oldest supported version`, () => {
	const home = mkdtempSync(join(tmpdir(), 'n8n-e2e-oldest-'));
	let n8n: RunningN8n;
	let place: Place;

	beforeAll(async () => {
		addPackage(home);
		n8n = await startN8n(await installN8n(OLDEST_N8N, console.log), { home });
		const client = new N8nClient(n8n.url);
		await client.signIn();
		place = await seedInstance(client, { webhookRetrySeconds: [] });
	});
	beforeEach(() => place.sandbox.reset());
	afterAll(async () => {
		await n8n?.stop();
		await place?.sandbox.stop();
		rmSync(home, { recursive: true, force: true });
	});

	it('loads the nodes and the tool', async () => {
		const types = await place.client.nodeTypes();
		const ours = types.filter(({ name }) => name.startsWith('n8n-nodes-sendpilot.'));
		expect(ours.map(({ displayName }) => displayName).sort()).toEqual([
			'Send LinkedIn Message',
			'Send LinkedIn Message Tool',
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
