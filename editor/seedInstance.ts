import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INode } from 'n8n-workflow';
import type { Sandbox } from '../sandbox';
import { ROOT } from '../scripts/unpack';
import type { N8nClient, NewWorkflow, SavedWorkflow } from './client';

/** The type of the node that starts workflows from SendPilot's events. */
const TRIGGER = 'n8n-nodes-sendpilot.sendPilotTrigger';

/** How long an activated workflow may take to listen, in ms: it does in less than a second. */
const LISTEN_TIMEOUT_MS = 30_000;

/**
 * Fills a new n8n that the client is signed in to: credentials for the sandbox, the workflows of
 * `examples/`, and those live that SendPilot's events start.
 *
 * @returns the workflows, in the order of their names
 */
export async function seedInstance(client: N8nClient, sandbox: Sandbox): Promise<SavedWorkflow[]> {
	const signingSecret = `whsec_${randomBytes(24).toString('base64')}`;
	const credentials = await createCredentials(client, {
		sendPilotApi: {
			name: 'SendPilot account',
			data: { apiKey: sandbox.apiKey, baseUrl: sandbox.url },
		},
		sendPilotWebhookApi: { name: 'SendPilot webhook', data: { signingSecret } },
	});
	const workflows: SavedWorkflow[] = [];
	for (const example of readExamples()) {
		const workflow = await client.createWorkflow(withCredentials(example, credentials));
		workflows.push(workflow);
		const trigger = workflow.nodes.find(({ type }) => type === TRIGGER);
		if (!trigger) continue;
		await client.activate(workflow);
		const url = productionUrl(client, trigger);
		await untilItListens(url);
		sandbox.webhooks.register({ url, secret: signingSecret, scheme: 'svix' });
	}
	return workflows;
}

/** How a node names its credential. */
type CredentialsOfNode = NonNullable<INode['credentials']>;

async function createCredentials(
	client: N8nClient,
	wanted: Record<string, { name: string; data: Record<string, string> }>,
): Promise<CredentialsOfNode> {
	const created: CredentialsOfNode = {};
	for (const [type, { name, data }] of Object.entries(wanted)) {
		created[type] = { id: await client.createCredential(name, type, data), name };
	}
	return created;
}

/** The workflows of `examples/`, as people would import them. */
function readExamples(): NewWorkflow[] {
	const folder = join(ROOT, 'examples');
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.sort()
		.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as NewWorkflow)
		.map(({ name, nodes, connections, settings, pinData }) => {
			return { name, nodes, connections, settings, pinData };
		});
}

function withCredentials(workflow: NewWorkflow, credentials: CredentialsOfNode): NewWorkflow {
	const nodes = workflow.nodes.map((node) => {
		if (!node.credentials) return node;
		const types = Object.keys(node.credentials);
		const ours = Object.fromEntries(types.map((type) => [type, credentials[type]]));
		return { ...node, credentials: ours };
	});
	return { ...workflow, nodes };
}

/** The address that people copy from the open trigger. */
function productionUrl({ url }: N8nClient, { webhookId }: INode): string {
	return `${url}/webhook/${webhookId}/webhook`;
}

/** Waits until an address is known to n8n, which happens some time after the activation. */
async function untilItListens(url: string): Promise<void> {
	const deadline = Date.now() + LISTEN_TIMEOUT_MS;
	while (Date.now() < deadline) {
		// The trigger refuses this, because nobody signed it.
		const { status } = await fetch(url, { method: 'POST' });
		if (status !== 404) return;
		await sleep(100);
	}
	throw new Error(`The trigger at ${url} does not listen`);
}
