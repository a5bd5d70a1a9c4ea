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

/** How long an activated workflow may take to listen, in ms. It usually takes less than a second. */
const LISTEN_TIMEOUT_MS = 30_000;

/**
 * Fills a new n8n that the client is signed in to, with credentials for the sandbox and the workflows of
 * `examples/`. Workflows that SendPilot's events start are activated, unless they need other accounts too.
 *
 * @returns the workflows, ordered by file name
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
		if (!trigger || !hasAllAccounts(example, credentials)) continue;
		await client.activate(workflow);
		const url = productionUrl(client, trigger);
		await untilListening(url);
		const events = trigger.parameters.events as string[];
		sandbox.webhooks.register({ url, secret: signingSecret, scheme: 'svix', events });
	}
	return workflows;
}

/** The credentials of a node, as in workflow JSON. */
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

/** The workflows of `examples/`, as people import them. */
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

/** Whether no active node needs the account of another service; n8n publishes nothing without it. */
function hasAllAccounts({ nodes }: NewWorkflow, credentials: CredentialsOfNode): boolean {
	return nodes
		.filter(({ disabled }) => !disabled)
		.flatMap((node) => Object.keys(node.credentials ?? {}))
		.every((type) => type in credentials);
}

/** The URL that people copy from the open trigger. */
function productionUrl({ url }: N8nClient, { webhookId }: INode): string {
	return `${url}/webhook/${webhookId}/webhook`;
}

/** Waits until n8n listens at a URL, which happens some time after the activation. */
async function untilListening(url: string): Promise<void> {
	const deadline = Date.now() + LISTEN_TIMEOUT_MS;
	while (Date.now() < deadline) {
		// The trigger rejects this, because it is not signed.
		const { status } = await fetch(url, { method: 'POST' });
		if (status !== 404) return;
		await sleep(100);
	}
	throw new Error(`The trigger at ${url} is not listening`);
}
