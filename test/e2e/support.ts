import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject, INode, INodeCredentials, INodeParameters } from 'n8n-workflow';
import {
	N8nClient,
	type Execution,
	type NewWorkflow,
	type SavedWorkflow,
} from '../../editor/client';
import { outputOf } from '../../engine/output';
import {
	startSandbox,
	type EmitOptions,
	type EventSpec,
	type Registration,
	type Sandbox,
	type SandboxOptions,
} from '../../sandbox';
import { newNode, START, workflowWith, type NodeSettings } from '../support';
import { NEXT, SECRET, triggerWorkflow } from '../triggerSupport';

/** An n8n, a sandbox, and n8n's credentials for the sandbox. */
export interface Place {
	client: N8nClient;
	sandbox: Sandbox;
	credentials: INodeCredentials;
}

/** The n8n that all tests share, and a sandbox for one test file, which is reset before each test. */
export function usePlace(options: SandboxOptions = {}): Place {
	const place = {} as Place;
	beforeAll(async () => {
		const client = new N8nClient(shared('E2E_N8N_URL'));
		await client.signIn();
		Object.assign(place, await seedInstance(client, options));
	});
	beforeEach(() => place.sandbox.reset());
	afterAll(async () => await place.sandbox.stop());
	return place;
}

/** Starts a sandbox, and creates the credential for it in n8n. */
export async function seedInstance(
	client: N8nClient,
	options: SandboxOptions = {},
): Promise<Place> {
	const sandbox = await startSandbox({ acceptAnyRecipient: true, ...options });
	const id = await client.createCredential('SendPilot account', 'sendPilotApi', keyOf(sandbox));
	return { client, sandbox, credentials: { sendPilotApi: { id, name: 'SendPilot account' } } };
}

/** The content of the SendPilot credential for a sandbox. */
export function keyOf({ apiKey, url }: Sandbox): { apiKey: string; baseUrl: string } {
	return { apiKey, baseUrl: url };
}

/** The data folder of the shared n8n, and what n8n has printed so far. */
export function sharedHome(): { folder: string; log: string } {
	const folder = shared('E2E_N8N_HOME');
	return { folder, log: readFileSync(`${folder}/n8n.log`, 'utf8') };
}

function shared(name: string): string {
	const value = process.env[name];
	if (value === undefined) throw new Error(`${name} is not set: run the tests with npm run e2e`);
	return value;
}

/** A saved workflow, and the ID of an execution of it. */
export interface Started {
	workflow: SavedWorkflow;
	id: string;
}

/** Starts an execution of the node under test, as the editor's button does. */
export async function startManually(
	{ client, credentials }: Place,
	items: IDataObject[],
	node: NodeSettings,
): Promise<Started> {
	const workflow = await client.createWorkflow({
		name: 'Test',
		...workflowWith(items, { credentials, ...node }),
	});
	return { workflow, id: await client.run(workflow, START) };
}

/** Starts an execution of the node under test in production: in an active workflow, by a webhook. */
export async function startLive(
	place: Place,
	items: IDataObject[],
	node: NodeSettings,
): Promise<Started> {
	const { credentials } = place;
	return await startWorkflow(place, items, workflowWith([], { credentials, ...node }));
}

/** Starts an execution of a workflow in production, with a webhook instead of its trigger. */
export async function startWorkflow(
	place: Place,
	items: IDataObject[],
	started: Omit<NewWorkflow, 'name'>,
): Promise<Started> {
	const { workflow, start } = await createLive(place, started);
	await start(items);
	return { workflow, id: await firstExecution(place.client, workflow) };
}

/** An active workflow. */
export interface Live {
	workflow: SavedWorkflow;
	/** Starts an execution, and returns once n8n has taken the call. */
	start(items: IDataObject[]): Promise<void>;
}

/** Saves and activates a workflow that has a webhook instead of its trigger. */
export async function createLive(
	{ client }: Place,
	{ nodes, connections, settings }: Omit<NewWorkflow, 'name'>,
): Promise<Live> {
	const path = randomUUID();
	const workflow = await client.createWorkflow({
		name: 'Test, live',
		nodes: [webhook(path), listOf('body.items'), ...nodes.filter(({ name }) => name !== START)],
		connections: {
			Webhook: { main: [[{ node: START, type: 'main', index: 0 }]] },
			...connections,
		},
		settings,
	});
	await client.activate(workflow);
	const start = async (items: IDataObject[]) => {
		await fetch(`${client.webhookUrl}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ items }),
		});
	};
	return { workflow, start };
}

/** Runs the node under test, as the editor's button does, and waits until it has finished. */
export async function run(...args: Parameters<typeof startManually>): Promise<Execution> {
	const { id } = await startManually(...args);
	return await args[0].client.finished(id);
}

/** A trigger in a saved workflow. */
export interface SavedTrigger {
	workflow: SavedWorkflow;
	/** The production URL. */
	url: string;
	/** The test URL. */
	testUrl: string;
}

/** Saves a workflow with the trigger under test and its signing secret, without activating it. */
export async function createTrigger(
	{ client, credentials }: Place,
	parameters: INodeParameters = {},
	{ signingSecret = SECRET, next }: { signingSecret?: string; next?: Partial<INode> } = {},
): Promise<SavedTrigger> {
	const name = 'SendPilot webhook';
	const id = await client.createCredential(name, 'sendPilotWebhookApi', { signingSecret });
	const webhookId = randomUUID();
	const trigger = {
		webhookId,
		credentials: { ...credentials, sendPilotWebhookApi: { id, name } },
	};
	const workflow = await client.createWorkflow(triggerWorkflow(parameters, trigger, next));
	const path = `${webhookId}/webhook`;
	const { url, webhookUrl } = client;
	return { workflow, url: `${webhookUrl}/webhook/${path}`, testUrl: `${url}/webhook-test/${path}` };
}

/** Activates a trigger, and registers its URL in the sandbox. */
export async function goLive(
	{ client, sandbox }: Place,
	{ workflow, url }: SavedTrigger,
	registration: Partial<Registration> = {},
): Promise<void> {
	await client.activate(workflow);
	sandbox.webhooks.register({ url, secret: SECRET, scheme: 'svix', ...registration });
}

/** Waits until n8n listens at the URL again after a restart. */
export async function untilReachable({ url }: SavedTrigger): Promise<void> {
	await until('the URL', async () => {
		const answer = await fetch(url, { method: 'POST' });
		return answer.status !== 404;
	});
}

/** Sends an event and waits for the answers. @returns their statuses, in order */
export async function deliver(
	{ sandbox: { webhooks } }: Place,
	event: string | EventSpec,
	options?: EmitOptions,
): Promise<Array<number | undefined>> {
	const before = webhooks.log.length;
	webhooks.emit(event, options);
	await webhooks.settled();
	return webhooks.log.slice(before).map(({ status }) => status);
}

/** The items that each execution passed to the node after the trigger, the oldest execution first. */
export async function startedBy(
	{ client }: Place,
	{ workflow }: Pick<SavedTrigger, 'workflow'>,
): Promise<IDataObject[][]> {
	const ids = await client.executionIds(workflow.id);
	const executions = await Promise.all(ids.reverse().map(async (id) => await client.finished(id)));
	return executions.map((execution) => outputOf(execution, NEXT).map(({ json }) => json));
}

/** Waits for the first execution of a workflow. @returns its ID */
export async function firstExecution(client: N8nClient, { id }: SavedWorkflow): Promise<string> {
	return await until('the execution', async () => (await client.executionIds(id)).at(-1));
}

/** How long to wait for something. */
export interface WaitSettings {
	/** After this long, the test fails. Default: a minute. */
	timeoutMs?: number;
	/** The time between two checks. Default: 20 ms. */
	everyMs?: number;
}

/**
 * Waits until a check returns something other than false, undefined or null.
 *
 * @param what what is awaited, for the error
 * @throws Error after a minute, or what is given
 */
export async function until<Value>(
	what: string,
	check: () => Promise<Value> | Value,
	{ timeoutMs = 60_000, everyMs = 20 }: WaitSettings = {},
): Promise<NonNullable<Value>> {
	const deadline = Date.now() + timeoutMs;
	while (Date.now() < deadline) {
		const value = await check();
		if (value !== undefined && value !== null && value !== false) return value;
		await sleep(everyMs);
	}
	throw new Error(`Timed out waiting for ${what}`);
}

/** Starts a workflow on a POST to a path, and answers at once. */
export function webhook(path: string): INode {
	const parameters = { path, httpMethod: 'POST', responseMode: 'onReceived' };
	return {
		...newNode({ id: 'webhook', name: 'Webhook', type: 'n8n-nodes-base.webhook', parameters }),
		typeVersion: 2,
		webhookId: path,
	};
}

/** Turns the list in a field into items. Named like the trigger that provides them in other tests. */
function listOf(fieldToSplitOut: string): INode {
	const parameters = { fieldToSplitOut, options: {} };
	return newNode({ id: 'items', name: START, type: 'n8n-nodes-base.splitOut', parameters });
}
