import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'svix';
import type { INode } from 'n8n-workflow';
import { N8nClient } from '../../editor/client';
import { CURRENT_N8N, installN8n } from '../../editor/install';
import { addPackage, startN8n, type RunningN8n } from '../../editor/start';

const SECRET = `whsec_${Buffer.from('secret of the sandbox ok').toString('base64')}`;
const WEBHOOK_ID = randomUUID();
const IDS = Array.from({ length: 30 }, (_, index) => `evt_${index}`);

/** What an n8n remembers of events when it is started again: all of them, not just the first. */
describe('after a restart of n8n', () => {
	const home = mkdtempSync(join(tmpdir(), 'n8n-e2e-once-'));
	let n8n: RunningN8n;

	beforeAll(async () => {
		addPackage(home);
		n8n = await startN8n(await installN8n(CURRENT_N8N, console.log), { home });
	});

	afterAll(async () => {
		await n8n?.stop();
		rmSync(home, { recursive: true, force: true });
	});

	it('no event of before starts a second execution, also of many that came at once', async () => {
		const client = await signedIn(n8n);
		const workflowId = await activeTrigger(client);
		await untilLive(n8n);
		expect(await Promise.all(IDS.map(async (id) => await deliver(n8n, id)))).toEqual(
			IDS.map(() => 200),
		);
		expect(await client.executionIds(workflowId)).toHaveLength(IDS.length);

		await n8n.stop();
		n8n = await startN8n(await installN8n(CURRENT_N8N, console.log), { home });
		const again = await signedIn(n8n);
		await untilLive(n8n);
		expect(await Promise.all(IDS.map(async (id) => await deliver(n8n, id)))).toEqual(
			IDS.map(() => 200),
		);
		expect(await again.executionIds(workflowId)).toHaveLength(IDS.length);
		expect(await deliver(n8n, 'evt_new')).toBe(200);
		expect(await again.executionIds(workflowId)).toHaveLength(IDS.length + 1);
	});
});

async function signedIn({ url }: RunningN8n): Promise<N8nClient> {
	const client = new N8nClient(url);
	await client.signIn();
	return client;
}

/** @returns the id of the workflow */
async function activeTrigger(client: N8nClient): Promise<string> {
	const name = 'SendPilot webhook';
	const id = await client.createCredential(name, 'sendPilotWebhookApi', { signingSecret: SECRET });
	const trigger: INode = {
		id: randomUUID(),
		webhookId: WEBHOOK_ID,
		name: 'SendPilot Trigger',
		type: 'n8n-nodes-sendpilot.sendPilotTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: { events: ['message.sent'] },
		credentials: { sendPilotWebhookApi: { id, name } },
	};
	const workflow = await client.createWorkflow({
		name: 'Events',
		nodes: [trigger],
		connections: {},
	});
	await client.activate(workflow);
	return workflow.id;
}

/** n8n listens a moment after it says so. A delivery without signature starts nothing. */
async function untilLive(n8n: RunningN8n): Promise<void> {
	while ((await fetch(urlOf(n8n), { method: 'POST' })).status === 404) await sleep(100);
}

async function deliver(n8n: RunningN8n, eventId: string): Promise<number> {
	const body = JSON.stringify({ eventId, eventType: 'message.sent', data: {} });
	const now = new Date();
	const headers = {
		'content-type': 'application/json',
		'svix-id': `msg_${eventId}`,
		'svix-timestamp': String(Math.floor(now.getTime() / 1_000)),
		'svix-signature': new Webhook(SECRET).sign(`msg_${eventId}`, now, body),
	};
	return (await fetch(urlOf(n8n), { method: 'POST', headers, body })).status;
}

function urlOf({ url }: RunningN8n): string {
	return `${url}/webhook/${WEBHOOK_ID}/webhook`;
}
