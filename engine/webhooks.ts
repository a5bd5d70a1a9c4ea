import './environment';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createGunzip, createInflate } from 'node:zlib';
import { HookContext, WebhookContext, type PackageDirectoryLoader } from 'n8n-core';
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
import { execute } from './execution';
import { N8nProcess } from './process';
import { finished, type FinishedRun } from './run';
import { workflowOf, type WorkflowJson } from './workflow';

/** The static data that n8n keeps for a workflow between deliveries and over a restart. */
export interface StaticDataStore {
	/** JSON; undefined until something is saved. */
	saved?: string;
}

/** What a listener needs in addition to its workflow. */
export interface ListenSettings {
	credentials: CredentialData;
	/** `manual` for n8n's test URL; default: `webhook`, for its production URL. */
	mode?: 'manual' | 'webhook';
	/** Default: an empty store. */
	store?: StaticDataStore;
	/** The process that receives the deliveries. Default: one of its own. */
	n8n?: N8nProcess;
	/** The process that runs the executions, as in queue mode. Default: the one that receives the deliveries. */
	worker?: N8nProcess;
	/**
	 * Called before n8n creates the execution. If it throws, the answer is 500.
	 *
	 * @param hungUp resolves when the caller has closed the connection
	 */
	beforeExecution?: (hungUp: Promise<unknown>) => Promise<void>;
	/** Receives each line that a node logs. */
	log?: (line: string) => void;
}

/** A listening trigger. */
export interface Listener {
	/** The URL of the webhook on this machine. */
	readonly url: string;
	/** The executions that deliveries have started, in order, including those that fail at the trigger. */
	readonly runs: ReadonlyArray<Promise<FinishedRun>>;
	/** How often deliveries read a credential. */
	credentialReads(): number;
	stop(): Promise<void>;
}

/** The parts of n8n's request that a node may use. */
type Request = IncomingMessage & {
	rawBody?: Buffer;
	body?: unknown;
	readRawBody: () => Promise<void>;
};

/** n8n's answer to a delivery that it could not process. */
const PROCESSING_FAILED = { code: 0, message: 'There was a problem executing the workflow' };

/**
 * Serves the webhook of a workflow with a local HTTP server, as n8n's own server does: it activates the
 * trigger, passes it each request in n8n-core's webhook context, starts an execution with the result,
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
	const { mode = 'webhook', store = {}, n8n = new N8nProcess(loader) } = settings;
	const { worker = n8n } = settings;
	const runs: Array<Promise<FinishedRun>> = [];
	let credentialReads = 0;

	const freshWorkflow = (): Opened => {
		const staticData = store.saved ? (JSON.parse(store.saved) as IDataObject) : undefined;
		const workflow = workflowOf(n8n, json, staticData);
		const credentials = new Credentials(n8n, settings.credentials);
		const additionalData = additionalDataFor(credentials, mode);
		const webhook = webhookOf(workflow, additionalData);
		return { workflow, staticData, credentials, additionalData, ...webhook };
	};
	const save = async ({ staticData }: Workflow) => {
		if (staticData.__dataChanged !== true) return;
		const snapshot = JSON.stringify(staticData);
		await nextTurn(); // a database takes time too
		store.saved = snapshot;
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
		// n8n loads the workflow again with the same static data, and so forgets that it was changed.
		workflowOf(n8n, json, opened.staticData);
		await settings.beforeExecution?.(once(response, 'close'));
		const stack = [{ node, data: { main: result.workflowData }, source: null }];
		const data = createRunExecutionData({ executionData: { nodeExecutionStack: stack } });
		const place = { n8n: worker, credentials, workflows: {} };
		const run = execute(place, { json, mode, resume: data });
		runs.push(worker.hold(finished(run.result, credentials)));
		const body = startedBody(webhookData, result);
		await save(workflow);
		answer(response, 200, body);
	}

	await activate(freshWorkflow(), mode);
	const server = createServer((incoming, response) => {
		const request = readable(incoming);
		parseBody(request)
			.then(async (isValid) => {
				if (isValid) await deliver(request, response);
				else answer(response, 422, { code: 0, message: 'Failed to parse request body' });
			})
			.catch(() => answer(response, 500, PROCESSING_FAILED));
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
	/** The object in which the workflow keeps its static data, if there was some before. */
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

/** Follows `extractWebhookOnReceivedResponse`, with n8n's default. */
function startedBody(
	{ webhookDescription: { responseData = 'firstEntryJson' } }: IWebhookData,
	result: IWebhookResponseData,
): unknown {
	if (responseData) return responseData;
	return result.webhookResponse ?? { message: 'Workflow was started' };
}

/** If the trigger throws at a delivery, n8n creates a failed execution, whoever sent the delivery. */
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
 * Follows n8n's `parseBody`, and `parseRequestBody` of the webhook helpers: n8n parses JSON before a node
 * receives the request, and parses forms so that their bytes are lost.
 *
 * @returns whether the body matches its content type
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
	// n8n compresses long answers; if the caller has hung up, compressing starts and never finishes.
	if (response.destroyed) response.flushHeaders();
	else response.end(JSON.stringify(body));
}
