import './environment';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createGunzip, createInflate } from 'node:zlib';
import {
	HookContext,
	WebhookContext,
	WorkflowExecute,
	type PackageDirectoryLoader,
} from 'n8n-core';
import {
	createRunExecutionData,
	type ExecutionError,
	type IDataObject,
	type INode,
	type IWebhookData,
	type IWebhookResponseData,
	type IWorkflowExecuteAdditionalData,
	type Workflow,
} from 'n8n-workflow';
import { additionalDataFor } from './additionalData';
import { Credentials, type CredentialData } from './credentials';
import { finished, workflowOf, type FinishedRun, type WorkflowJson } from './run';

/** What n8n keeps of a workflow between two deliveries, and over a restart. */
export interface StaticDataStore {
	/** JSON; undefined before anything was written down. */
	saved?: string;
}

/** What a listener needs beside its workflow. */
export interface ListenSettings {
	credentials: CredentialData;
	/** `manual` as for n8n's test URL; default `webhook`, as for its production URL. */
	mode?: 'manual' | 'webhook';
	/** Default: an empty one. */
	store?: StaticDataStore;
	/**
	 * Called where n8n makes the execution, before it does; what it throws is answered with 500.
	 *
	 * @param hungUp comes when the caller has closed the connection
	 */
	beforeHandOver?: (hungUp: Promise<unknown>) => Promise<void>;
	/** Gets each line that a node logs. */
	log?: (line: string) => void;
}

/** A trigger that listens. */
export interface Listener {
	/** The webhook's URL on this machine. */
	readonly url: string;
	/** The executions that deliveries have started, in their order; one that fails at the trigger is among them. */
	readonly runs: ReadonlyArray<Promise<FinishedRun>>;
	/** How often a credential was read by deliveries. */
	credentialReads(): number;
	stop(): Promise<void>;
}

/** The parts of n8n's request that a node may ask for. */
type Request = IncomingMessage & {
	rawBody?: Buffer;
	body?: unknown;
	readRawBody: () => Promise<void>;
};

/** n8n's answer to a delivery that did not come through. */
const HAND_OVER_FAILED = { code: 0, message: 'There was a problem executing the workflow' };

/**
 * Puts the webhook of a workflow behind a local HTTP server, as n8n's own server does: it activates the
 * trigger, hands it each request in n8n-core's webhook context, starts an execution of what it gives,
 * saves the static data, and answers. Follows `executeWebhook` of n8n's `webhooks/webhook-helpers` and
 * `live-webhooks`.
 *
 * @throws what the trigger throws when it is activated
 */
export async function listen(
	loader: PackageDirectoryLoader,
	json: WorkflowJson,
	settings: ListenSettings,
): Promise<Listener> {
	const { mode = 'webhook', store = {} } = settings;
	const runs: Array<Promise<FinishedRun>> = [];
	let credentialReads = 0;

	const freshWorkflow = (): Opened => {
		const staticData = store.saved ? (JSON.parse(store.saved) as IDataObject) : undefined;
		const workflow = workflowOf(loader, json, staticData);
		const credentials = new Credentials(loader, settings.credentials);
		const additionalData = additionalDataFor(credentials, mode);
		const webhook = webhookOf(workflow, additionalData);
		return { workflow, staticData, credentials, additionalData, ...webhook };
	};
	const save = async ({ staticData }: Workflow) => {
		if (staticData.__dataChanged !== true) return;
		const written = JSON.stringify(staticData);
		await nextTurn(); // as a database takes its time
		store.saved = written;
	};

	async function deliver(request: Request, response: ServerResponse): Promise<void> {
		const opened = freshWorkflow();
		const { workflow, credentials, additionalData, node, webhookData } = opened;
		additionalData.httpRequest = request as never;
		additionalData.httpResponse = response as never;
		const context = new ListeningContext(
			workflow,
			node,
			additionalData,
			mode,
			webhookData,
			[],
			null,
		);
		context.write = settings.log;

		let result: IWebhookResponseData;
		try {
			result = await webhookFunctionOf(opened).call(context);
		} catch (error) {
			runs.push(Promise.resolve(failedRun(opened, mode, error as ExecutionError)));
			throw error;
		} finally {
			credentialReads += credentials.reads;
		}
		if (!result.workflowData) {
			await save(workflow);
			if (!result.noWebhookResponse) answer(response, 200, { message: 'Webhook call received' });
			return;
		}
		// n8n opens the workflow again over the same static data, and so forgets that they were changed.
		workflowOf(loader, json, opened.staticData);
		await settings.beforeHandOver?.(once(response, 'close'));
		const stack = [{ node, data: { main: result.workflowData }, source: null }];
		const data = createRunExecutionData({ executionData: { nodeExecutionStack: stack } });
		const run = new WorkflowExecute(additionalData, mode, data).processRunExecutionData(workflow);
		runs.push(finished(run, credentials));
		const body = startedBody(webhookData, result);
		await save(workflow);
		answer(response, 200, body);
	}

	await activate(freshWorkflow(), mode);
	const server = createServer((incoming, response) => {
		const request = readable(incoming);
		parseBody(request)
			.then(async (isSound) => {
				if (isSound) await deliver(request, response);
				else answer(response, 422, { code: 0, message: 'Failed to parse request body' });
			})
			.catch(() => answer(response, 500, HAND_OVER_FAILED));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/webhook/${webhookPath(freshWorkflow())}`,
		runs,
		credentialReads: () => credentialReads,
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

interface Opened {
	workflow: Workflow;
	/** The very object that the workflow keeps its static data in, where there was one before. */
	staticData: IDataObject | undefined;
	credentials: Credentials;
	additionalData: IWorkflowExecuteAdditionalData;
	node: INode;
	webhookData: IWebhookData;
}

class ListeningContext extends WebhookContext {
	write?: (line: string) => void;

	override get logger(): WebhookContext['logger'] {
		const write = (line: string) => this.write?.(line);
		return {
			error: write,
			warn: write,
			info: write,
			debug: write,
		} as unknown as WebhookContext['logger'];
	}
}

function webhookOf(workflow: Workflow, additionalData: IWorkflowExecuteAdditionalData) {
	for (const node of Object.values(workflow.nodes)) {
		const { description } = workflow.nodeTypes.getByNameAndVersion(node.type);
		const [webhookDescription] = description.webhooks ?? [];
		if (!webhookDescription) continue;
		const webhookData: IWebhookData = {
			httpMethod: 'POST',
			node: node.name,
			path: `${node.webhookId ?? node.id}/${webhookDescription.path}`,
			webhookDescription,
			workflowId: workflow.id,
			workflowExecuteAdditionalData: additionalData,
		};
		return { node, webhookData };
	}
	throw new Error('The workflow has no node with a webhook');
}

function webhookPath({ webhookData }: Opened): string {
	return webhookData.path;
}

function webhookFunctionOf({ workflow, node }: Opened) {
	return workflow.nodeTypes.getByNameAndVersion(node.type).webhook!;
}

async function activate(opened: Opened, mode: 'manual' | 'webhook'): Promise<void> {
	const { workflow, node, additionalData, webhookData } = opened;
	const { webhookMethods } = workflow.nodeTypes.getByNameAndVersion(node.type);
	const { checkExists, create } = webhookMethods!.default!;
	const activation = mode === 'manual' ? 'manual' : 'activate';
	const context = new HookContext(
		workflow,
		node,
		additionalData,
		mode === 'manual' ? mode : 'trigger',
		activation,
		webhookData,
	);
	if (!(await checkExists.call(context))) await create.call(context);
}

/** Follows `extractWebhookOnReceivedResponse`, and the default that n8n hands it. */
function startedBody(
	{ webhookDescription: { responseData = 'firstEntryJson' } }: IWebhookData,
	result: IWebhookResponseData,
): unknown {
	if (responseData) return responseData;
	return result.webhookResponse ?? { message: 'Workflow was started' };
}

/** n8n makes an execution of a delivery at which the trigger throws, whoever sent it. */
function failedRun(
	{ node, credentials }: Opened,
	mode: 'manual' | 'webhook',
	error: ExecutionError,
): FinishedRun {
	const resultData = { runData: {}, error, lastNodeExecuted: node.name };
	return {
		data: createRunExecutionData({ resultData }),
		mode,
		status: 'error',
		startedAt: new Date(),
		storedAt: 'db',
		credentialReads: credentials.reads,
	};
}

/** Follows `rawBodyReader` of n8n's `middlewares/body-parser`. */
function readable(incoming: IncomingMessage): Request {
	const request = incoming as Request;
	request.readRawBody = async () => {
		if (request.rawBody) return;
		if (!request.readable) throw new Error('Request body stream is not readable');
		request.rawBody = await buffer(unpacked(request));
	};
	return request;
}

function unpacked(request: Request): NodeJS.ReadableStream {
	const encoding = request.headers['content-encoding'];
	if (encoding === 'gzip') return request.pipe(createGunzip());
	return encoding === 'deflate' ? request.pipe(createInflate()) : request;
}

/**
 * Follows `parseBody` there and `parseRequestBody` of the webhook helpers: n8n parses JSON before a node
 * sees the request, and takes forms apart, so that nobody gets their bytes.
 *
 * @returns whether the body is what its type says
 */
async function parseBody(request: Request): Promise<boolean> {
	const [type] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
	if (type === 'multipart/form-data') {
		await buffer(request);
		return true;
	}
	await request.readRawBody();
	if (type !== 'application/json' || !request.rawBody?.length) return true;
	try {
		request.body = JSON.parse(request.rawBody.toString().replace(/^\ufeff/, ''));
		return true;
	} catch {
		return false;
	}
}

function answer(response: ServerResponse, status: number, body: unknown): void {
	if (response.headersSent) return;
	response.statusCode = status;
	response.setHeader('content-type', 'application/json; charset=utf-8');
	// n8n compresses long answers; where the caller has hung up, that begins and never ends.
	if (response.destroyed) response.flushHeaders();
	else response.end(JSON.stringify(body));
}
