import type { AddressInfo } from 'node:net';
import { DELIVERY_RETRY_SECONDS } from '../sendpilot/contract/event';
import { DEFAULT_KEY } from './apiKey';
import { addControlRoutes } from './control';
import { HeldRequests } from './faultHooks';
import type { FaultRule } from './faultRule';
import { Faults } from './faults';
import { deliveredLine, webhookLine } from './lines';
import type { ListShape } from './lists';
import { Recorder, type RecordedRequest } from './recorder';
import type { Seed } from './seed';
import type { Generation } from './send';
import { createServer } from './server';
import { type DeliveredMessage, Store } from './store';
import { messageSentEvent } from './webhooks/messageSent';
import { Webhooks } from './webhooks/webhooks';

export { DEFAULT_KEY, NO_PLAN_KEY, type KeyStanding } from './apiKey';
export type { SandboxState } from './control';
export type { FaultRule } from './faultRule';
export type { ListShape } from './lists';
export type { RecordedRequest } from './recorder';
export type { SandboxCampaign, SandboxLead, SandboxSender, Seed } from './seed';
export type { Generation } from './send';
export type { DeliveredMessage } from './store';
export type { DeliveryAttempt } from './webhooks/webhookSender';
export { exampleData } from './webhooks/payloads';
export type { EmitOptions, EventSpec, Registration } from './webhooks/requests';
export type { Scheme } from './webhooks/schemes';
export type { ListedWebhook, Webhooks } from './webhooks/webhooks';

/** How SendPilot waits for a receiver, in seconds. */
const WEBHOOK_TIMEOUT_SECONDS = 30;

/** How to start a sandbox; all of it may be left out. */
export interface SandboxOptions {
	/** 0, the default, takes any port that is free. */
	port?: number;
	/** `live`, the default, refuses sending by lead as production does; `docs` takes both shapes. */
	generation?: Generation;
	/** The key to take; `sp_sandbox_key` unless given. */
	apiKey?: string;
	/** Whether to deliver to profiles that are no connected lead of the seed. */
	acceptAnyRecipient?: boolean;
	/** In which names to list campaigns; `current` unless given. */
	listShape?: ListShape;
	/** Seconds before each further webhook attempt; SendPilot's own unless given. */
	webhookRetrySeconds?: readonly number[];
	/** Seconds that a webhook receiver has to answer; 30 unless given. */
	webhookTimeoutSeconds?: number;
	/** Gets one line for each message delivered and each webhook attempt. */
	log?: (line: string) => void;
}

/** A sandbox that listens. */
export interface Sandbox {
	/** The base URL for clients, without a slash at the end. */
	readonly url: string;
	readonly apiKey: string;
	/** Who is in it; may be changed at any time. */
	readonly seed: Seed;
	/** What really went out, whatever the client was told. */
	readonly delivered: readonly DeliveredMessage[];
	/** Every API request, without keys. */
	readonly requests: readonly RecordedRequest[];
	/** @returns the most sends under way at one time, altogether or for one sender */
	peakSends(senderId?: string): number;
	/** Lets something go wrong. @throws ZodError for a rule that makes no sense */
	inject(rule: FaultRule): void;
	readonly webhooks: Pick<Webhooks, 'register' | 'list' | 'log' | 'emit' | 'settled'>;
	/**
	 * Makes it as it was at the start: seed, quotas, delivered, requests, faults, webhooks with their
	 * log. What is under way is broken off. The lists stay the same objects, their entries do not.
	 */
	reset(): void;
	/** Ends it at once, with every open connection and every webhook retry. */
	stop(): Promise<void>;
}

/**
 * Starts a SendPilot on this machine, on 127.0.0.1 only.
 *
 * @throws the system's error (`code: 'EADDRINUSE'`) for a port that is taken
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { apiKey = DEFAULT_KEY, log = () => undefined } = options;
	const webhooks = new Webhooks(
		{
			retrySeconds: options.webhookRetrySeconds ?? DELIVERY_RETRY_SECONDS,
			timeoutSeconds: options.webhookTimeoutSeconds ?? WEBHOOK_TIMEOUT_SECONDS,
		},
		(attempt) => log(webhookLine(attempt)),
	);
	const store = new Store((message) => {
		log(deliveredLine(message));
		webhooks.emit(messageSentEvent(message, store));
	});
	const recorder = new Recorder();
	const faults = new Faults();
	const held = new HeldRequests();

	const app = createServer({
		...{ store, recorder, faults, held, apiKey, log },
		rules: {
			generation: options.generation ?? 'live',
			acceptAnyRecipient: options.acceptAnyRecipient ?? false,
		},
		listShape: options.listShape ?? 'current',
	});

	function reset(): void {
		held.cut();
		store.reset();
		recorder.reset();
		faults.reset();
		webhooks.reset();
	}

	addControlRoutes(app, {
		state: () => ({
			delivered: store.delivered,
			requests: recorder.requests,
			senders: store.senders(),
			webhooks: { registered: webhooks.list(), log: webhooks.log },
		}),
		reset,
		inject: (rule) => faults.inject(rule),
		register: (webhook) => webhooks.register(webhook),
		emit: (event) => webhooks.emit(event),
	});
	await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	const { port } = app.server.address() as AddressInfo;

	return {
		url: `http://127.0.0.1:${port}`,
		apiKey,
		seed: store.seed,
		delivered: store.delivered,
		requests: recorder.requests,
		peakSends: (senderId) => recorder.peakSends(senderId),
		inject: (rule) => faults.inject(rule),
		webhooks,
		reset,
		async stop() {
			webhooks.stop();
			await app.close();
			held.cut();
		},
	};
}
