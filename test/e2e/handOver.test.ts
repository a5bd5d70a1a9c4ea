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
const IDS = Array.from({ length: 30 }, (_, index) => `evt_${index}`);

/** How a real n8n takes events over, which an engine of our own can only follow. */
describe('an event', () => {
	const home = mkdtempSync(join(tmpdir(), 'n8n-e2e-events-'));
	let n8n: RunningN8n;

	const start = async () =>
		(n8n = await startN8n(await installN8n(CURRENT_N8N, console.log), { home }));

	beforeAll(async () => {
		addPackage(home);
		await start();
	});

	afterAll(async () => {
		await n8n?.stop();
		rmSync(home, { recursive: true, force: true });
	});

	it('is answered before the workflow is over', async () => {
		const client = await signedIn(n8n);
		const trigger = await activeTrigger(client, waitAMinute());
		await untilLive(n8n, trigger);
		expect(await deliver(n8n, trigger, 'evt_1')).toBe(200);
		const [id] = await client.executionIds(trigger.workflowId);
		expect((await client.execution(id)).status).toMatch(/^(new|running|waiting)$/);
		await client.stopExecution(id);
	});

	it('of before a restart starts no second execution, also where many came at once', async () => {
		const client = await signedIn(n8n);
		const trigger = await activeTrigger(client);
		await untilLive(n8n, trigger);
		expect(await deliverAll(n8n, trigger)).toEqual(IDS.map(() => 200));
		expect(await client.executionIds(trigger.workflowId)).toHaveLength(IDS.length);

		await n8n.stop();
		await start();
		const again = await signedIn(n8n);
		await untilLive(n8n, trigger);
		expect(await deliverAll(n8n, trigger)).toEqual(IDS.map(() => 200));
		expect(await again.executionIds(trigger.workflowId)).toHaveLength(IDS.length);
		expect(await deliver(n8n, trigger, 'evt_new')).toBe(200);
		expect(await again.executionIds(trigger.workflowId)).toHaveLength(IDS.length + 1);
	});
});

interface Trigger {
	workflowId: string;
	/** Of the webhook, after the address of n8n. */
	path: string;
}

async function signedIn({ url }: RunningN8n): Promise<N8nClient> {
	const client = new N8nClient(url);
	await client.signIn();
	return client;
}

async function activeTrigger(client: N8nClient, ...next: INode[]): Promise<Trigger> {
	const name = 'SendPilot webhook';
	const id = await client.createCredential(name, 'sendPilotWebhookApi', { signingSecret: SECRET });
	const webhookId = randomUUID();
	const trigger: INode = {
		id: randomUUID(),
		webhookId,
		name: 'SendPilot Trigger',
		type: 'n8n-nodes-sendpilot.sendPilotTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: { events: ['message.sent'] },
		credentials: { sendPilotWebhookApi: { id, name } },
	};
	const after = next.map((node) => ({ node: node.name, type: 'main' as const, index: 0 }));
	const workflow = await client.createWorkflow({
		name: 'Events',
		nodes: [trigger, ...next],
		connections: { [trigger.name]: { main: [after] } },
	});
	await client.activate(workflow);
	return { workflowId: workflow.id, path: `/webhook/${webhookId}/webhook` };
}

function waitAMinute(): INode {
	return {
		id: randomUUID(),
		name: 'Wait',
		type: 'n8n-nodes-base.wait',
		typeVersion: 1.1,
		position: [200, 0],
		parameters: { resume: 'timeInterval', amount: 60, unit: 'seconds' },
		webhookId: randomUUID(),
	};
}

/** n8n listens a moment after it says so. A delivery without signature starts nothing. */
async function untilLive({ url }: RunningN8n, { path }: Trigger): Promise<void> {
	while ((await fetch(url + path, { method: 'POST' })).status === 404) await sleep(100);
}

async function deliverAll(n8n: RunningN8n, trigger: Trigger): Promise<number[]> {
	return await Promise.all(IDS.map(async (eventId) => await deliver(n8n, trigger, eventId)));
}

async function deliver({ url }: RunningN8n, { path }: Trigger, eventId: string): Promise<number> {
	const body = JSON.stringify({ eventId, eventType: 'message.sent', data: {} });
	const now = new Date();
	const headers = {
		'content-type': 'application/json',
		'svix-id': `msg_${eventId}`,
		'svix-timestamp': String(Math.floor(now.getTime() / 1_000)),
		'svix-signature': new Webhook(SECRET).sign(`msg_${eventId}`, now, body),
	};
	return (await fetch(url + path, { method: 'POST', headers, body })).status;
}
