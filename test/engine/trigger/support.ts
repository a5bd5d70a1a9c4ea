import { randomUUID } from 'node:crypto';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { outputOf, type WorkflowJson } from '../../../engine/run';
import { listen, type Listener, type ListenSettings } from '../../../engine/webhooks';
import type { CredentialData } from '../../../engine/credentials';
import {
	startSandbox,
	type EmitOptions,
	type EventSpec,
	type Sandbox,
	type Scheme,
} from '../../../sandbox';
import type { PackageDirectoryLoader } from 'n8n-core';
import { Webhook } from 'svix';
import { loader, loadOnTime } from '../support';
import { NEXT, SECRET, triggerWorkflow } from '../../triggerSupport';

export * from '../../triggerSupport';

/**
 * What a test changes between the sandbox and the workflow. Each trigger has its own id unless given,
 * because the whole process shares one memory of repeats.
 */
export interface Setting extends Partial<ListenSettings> {
	parameters?: INodeParameters;
	node?: Partial<INode>;
	/** The parameters when deliveries arrive, if they differ from when the workflow was published. */
	later?: INodeParameters;
	workflow?: Partial<WorkflowJson>;
	scheme?: Scheme;
	/** The content of the webhook credential; the sandbox's secret unless given. */
	secrets?: IDataObject;
	/** Default: the one that all tests share. */
	loader?: Promise<PackageDirectoryLoader>;
}

/** A request to the webhook. */
export interface Delivery {
	url: string;
	headers: Record<string, string>;
	body: string;
}

/** The connection from the sandbox's webhooks to executions, for one test. */
export interface Line {
	listener: Listener;
	/** What the trigger logged. */
	logged: string[];
	/** The credentials of the nodes; may be changed. */
	credentials: CredentialData;
	/** Sends an event and waits for the answers. @returns their statuses, in order */
	send(event: string | EventSpec, options?: EmitOptions): Promise<Array<number | undefined>>;
	/** @returns a delivery as SendPilot makes it, with a valid signature for any body */
	signed(body: string, headers?: Record<string, string>): Delivery;
	/** Posts to the webhook as anyone can. */
	post(body: string, headers?: Record<string, string>): Promise<Response>;
	/** The items that the node after the trigger received, by execution. */
	started(): Promise<IDataObject[][]>;
}

/** The package as a new n8n process loads it, with an empty memory. */
export async function freshLoader(): Promise<PackageDirectoryLoader> {
	jest.resetModules();
	return await loadOnTime();
}

/**
 * A sandbox for the tests of one file, which delivers each webhook once, and a new trigger that listens
 * to it for each test.
 */
export function useLine(): { readonly sandbox: Sandbox; open(setting?: Setting): Promise<Line> } {
	let sandbox: Sandbox;
	const open: Listener[] = [];
	beforeAll(async () => {
		sandbox = await startSandbox({ webhookRetrySeconds: [] });
	});
	beforeEach(() => sandbox.reset());
	afterEach(async () => {
		await Promise.all(open.splice(0).map(async (listener) => await listener.stop()));
	});
	afterAll(async () => await sandbox.stop());
	return {
		get sandbox() {
			return sandbox;
		},
		async open(setting = {}) {
			const line = await openLine(sandbox, setting);
			open.push(line.listener);
			return line;
		},
	};
}

async function openLine(sandbox: Sandbox, setting: Setting): Promise<Line> {
	const {
		parameters,
		node,
		later,
		workflow,
		scheme = 'svix',
		secrets = { signingSecret: SECRET },
		loader: own = loader,
		...rest
	} = setting;
	const logged: string[] = [];
	const credentials = {
		sendPilotWebhookApi: secrets,
		sendPilotApi: { apiKey: sandbox.apiKey, baseUrl: sandbox.url },
	} as CredentialData;
	const json = { ...triggerWorkflow(parameters, { id: randomUUID(), ...node }), ...workflow };
	const listener = await listen(await own, json, {
		credentials,
		log: (line) => logged.push(line),
		...rest,
	});
	Object.assign(json.nodes[0].parameters, later);
	sandbox.webhooks.register({ url: listener.url, secret: SECRET, scheme });
	return {
		listener,
		logged,
		credentials,
		async send(event, options) {
			const before = sandbox.webhooks.log.length;
			sandbox.webhooks.emit(event, options);
			await sandbox.webhooks.settled();
			return sandbox.webhooks.log.slice(before).map(({ status }) => status);
		},
		signed(body, headers = {}) {
			const now = new Date(Date.now());
			const signature = {
				'svix-id': 'msg_signed',
				'svix-timestamp': String(Math.floor(now.getTime() / 1_000)),
				'svix-signature': new Webhook(SECRET).sign('msg_signed', now, body),
			};
			const type = { 'content-type': 'application/json' };
			return { url: listener.url, headers: { ...type, ...signature, ...headers }, body };
		},
		post: async (body, headers = {}) =>
			await fetch(listener.url, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...headers },
				body,
			}),
		async started() {
			const runs = await Promise.all(listener.runs);
			return runs.map((run) => outputOf(run, NEXT).map(({ json }) => json));
		},
	};
}
