import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
	type EventSpec,
	type Sandbox,
	type Webhooks,
	type SandboxOptions,
	startSandbox,
} from '../../../sandbox';

/** A message in the form that production accepts. */
export const TO_JANE = {
	senderId: 'sender_alex',
	recipientLinkedinUrl: 'https://www.linkedin.com/in/jane-doe',
	message: 'Hello Jane',
};

/** One sandbox for the tests of a block, reset after each of them. */
export function useSandbox(options: SandboxOptions = {}): () => Sandbox {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ webhookRetrySeconds: [0.01, 0.02], ...options });
	});
	afterEach(() => sandbox.reset());
	afterAll(() => sandbox.stop());
	return () => sandbox;
}

/** Calls the API with the right key, unless the headers have another one. */
export function call(
	{ url, apiKey }: Sandbox,
	path: string,
	init: RequestInit = {},
): Promise<Response> {
	return fetch(url + path, {
		redirect: 'manual',
		...init,
		headers: { 'x-api-key': apiKey, ...(init.headers as Record<string, string> | undefined) },
	});
}

export function postJson(path: string, sandbox: Sandbox, body: unknown, init: RequestInit = {}) {
	const headers = { 'content-type': 'application/json' };
	return call(sandbox, path, { method: 'POST', headers, body: JSON.stringify(body), ...init });
}

export function callJson(method: string, path: string, sandbox: Sandbox, body: unknown) {
	return postJson(path, sandbox, body, { method });
}

/**
 * Watches what a sandbox emits from now on.
 *
 * @returns a function that gives it as pairs of type and data
 */
export function eventsOf(sandbox: Sandbox): () => Array<[string, unknown]> {
	const emit = jest.spyOn(sandbox.webhooks as Webhooks, 'emit');
	return () => {
		const emitted = emit.mock.calls.map(([event]) => event as EventSpec);
		emit.mockRestore();
		return emitted.map(({ eventType, data }) => [eventType, data]);
	};
}

export function send(sandbox: Sandbox, body: unknown, init: RequestInit = {}): Promise<Response> {
	return postJson('/v1/inbox/send', sandbox, body, init);
}

/** Status and JSON body, to compare both at once. */
export async function answerOf(reply: Response | Promise<Response>) {
	const { status, text } = await textOf(reply);
	return { status, body: JSON.parse(text) };
}

export async function textOf(reply: Response | Promise<Response>) {
	const arrived = await reply;
	return { status: arrived.status, text: await arrived.text() };
}

/** Waits for something that must happen; the only time limit is that of the test. */
export async function until(happened: () => boolean): Promise<void> {
	while (!happened()) await pause(5);
}

export function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}

/** What a webhook receiver received. */
export interface Received {
	url: string;
	headers: IncomingHttpHeaders;
	body: string;
}

/** A server that receives webhooks, and answers each with the next status, or never. */
export class Receiver {
	readonly received: Received[] = [];
	url = '';
	private server!: Server;
	private statuses: Array<number | 'never'> = [];

	async start(): Promise<void> {
		this.server = createServer(async (request, reply) => {
			const chunks: Buffer[] = [];
			for await (const chunk of request) chunks.push(chunk as Buffer);
			const body = Buffer.concat(chunks).toString();
			this.received.push({ url: request.url ?? '', headers: request.headers, body });
			const status = this.statuses.shift() ?? 204;
			if (status === 'never') return;
			reply.writeHead(status, { location: `${this.url}/elsewhere` }).end();
		});
		await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
		this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	answers(...statuses: Array<number | 'never'>): void {
		this.statuses = statuses;
	}

	clear(): void {
		this.statuses = [];
		this.received.length = 0;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}

export function useReceiver(): Receiver {
	const receiver = new Receiver();
	beforeAll(() => receiver.start());
	afterEach(() => receiver.clear());
	afterAll(() => receiver.stop());
	return receiver;
}
