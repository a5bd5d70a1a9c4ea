import type { AddressInfo } from 'node:net';
import { DELIVERY_RETRY_SECONDS } from '../sendpilot/contract/event';
import type { StartSearchBody } from '../sendpilot/contract/leadSearch';
import { DEFAULT_KEY } from './apiKey';
import { changeLead, leadChangeSchema, senderChangeSchema } from './changes';
import { addControlRoutes, personSchema } from './control';
import { EARLIER_EXTRACTION, EARLIER_SEARCH } from './earlierJobs';
import { HeldRequests } from './faultHooks';
import type { FaultRule } from './faultRule';
import { Faults } from './faults';
import type { Generation } from './generation';
import { type Job, Jobs } from './jobs';
import { Later } from './later';
import { acceptedLine, deliveredLine, invitedLine, repliedLine, webhookLine } from './lines';
import { DEFAULT_QUIRKS, type Quirks, quirksSchema } from './quirks';
import { Recorder, type RecordedRequest } from './recorder';
import { receiveReply, type Reply, replySchema } from './replies';
import type { Seed } from './seedTypes';

import type { Extractions, Searches } from './parts';
import { createServer } from './server';
import { type DeliveredInvitation, type DeliveredMessage, Store } from './store';
import { acceptedEvent, invitedEvent, replyEvent } from './webhooks/happened';
import { messageSentEvent } from './webhooks/messageSent';
import { Webhooks } from './webhooks/webhooks';

export { DEFAULT_KEY, NO_PLAN_KEY, NO_SCOPES_KEY, type KeyStatus } from './apiKey';
export type { SandboxState } from './control';
export type { FaultRule } from './faultRule';
export type { RecordedRequest } from './recorder';
export type { Reply } from './replies';
export type {
	SandboxCampaign,
	SandboxConversation,
	SandboxLead,
	SandboxSender,
	Seed,
} from './seedTypes';
export type { Generation } from './generation';
export type { Quirks } from './quirks';
export type { DeliveredInvitation, DeliveredMessage } from './store';
export type { DeliveryAttempt } from './webhooks/webhookSender';
export { exampleData } from './webhooks/payloads';
export type { EmitOptions, EventSpec, Registration, TestEvent } from './webhooks/requests';
export type { Scheme } from './webhooks/schemes';
export type { ListedWebhook, Webhooks } from './webhooks/webhooks';

/** How long SendPilot waits for a receiver, in seconds. */
const WEBHOOK_TIMEOUT_SECONDS = 30;

/** How to start a sandbox. Everything is optional. */
export interface SandboxOptions {
	/** Default: 0, which is any free port. */
	port?: number;
	/** Which requests it accepts, and how it answers. Default: `live`. */
	generation?: Generation;
	/** What differs from the default quirks; see {@link Sandbox.quirks}. */
	quirks?: Partial<Quirks>;
	/** The key to accept. Default: `sp_sandbox_key`. */
	apiKey?: string;
	/** How many leads the largest campaign, `camp_saas`, has. Default: 1,200. */
	leads?: number;
	/** Whether to deliver to profiles that are not a connected lead of the seed. */
	acceptAnyRecipient?: boolean;
	/** Seconds before each further webhook attempt. Default: SendPilot's. */
	webhookRetrySeconds?: readonly number[];
	/** Seconds that a webhook receiver has to answer. Default: 30. */
	webhookTimeoutSeconds?: number;
	/** Receives one line per delivered message and per webhook attempt. */
	log?: (line: string) => void;
}

/** A running sandbox. */
export interface Sandbox {
	/** The base URL for clients, without a slash at the end. */
	readonly url: string;
	readonly apiKey: string;
	/** What production does and a tidy API would not; may be changed at any time. */
	readonly quirks: Quirks;
	/** Its senders, campaigns, leads, conversations and credits; may be changed at any time. */
	readonly seed: Seed;
	/** The messages that really went out, whatever the client was told. */
	readonly delivered: readonly DeliveredMessage[];
	/** The same for invitations. */
	readonly invited: readonly DeliveredInvitation[];
	/** The searches that were really started, whatever the client was told. */
	readonly searches: ReadonlyArray<Job<StartSearchBody>>;
	/** Every API request, without keys. */
	readonly requests: readonly RecordedRequest[];
	/** @returns the maximum number of simultaneous sends, in total or for one sender */
	peakSends(senderId?: string): number;
	/**
	 * Has a person accept the last open invitation: from then on, messages reach this person.
	 *
	 * @param linkedinUrl the profile, in any form that the API takes
	 * @throws ApiError 404 if no invitation to this person is open
	 */
	accept(linkedinUrl: string): void;
	/**
	 * Has a person reply, now or after so many messages: the conversation shows it, leads with this profile
	 * get the status `REPLY_RECEIVED`, and webhooks the event.
	 *
	 * @throws ZodError if the reply is invalid, ApiError 404 if no sender is named and none knows this person
	 */
	reply(reply: Reply): void;
	/**
	 * Is called after each message that went out, before it is answered: for what happens between two messages.
	 * `reset()` removes it.
	 */
	onDelivered?: (message: DeliveredMessage) => void;
	/** The same for invitations. */
	onInvited?: (invitation: DeliveredInvitation) => void;
	/** Makes something go wrong. @throws ZodError if the rule is invalid */
	inject(rule: FaultRule): void;
	/** Forgets every injected rule. Requests that a fault has reached already are not affected. */
	clearFaults(): void;
	readonly webhooks: Pick<
		Webhooks,
		'register' | 'list' | 'log' | 'emit' | 'sendTestEvent' | 'settled'
	>;
	/**
	 * Restores the initial state: seed, quirks, jobs, quotas, delivered messages, requests, faults, webhooks
	 * and their log. Whatever is in progress is aborted. The lists stay the same objects, but not their entries.
	 */
	reset(): void;
	/** Stops it immediately, with every open connection and every webhook retry. */
	stop(): Promise<void>;
}

/**
 * Starts a SendPilot on this machine, on 127.0.0.1 only.
 *
 * @throws the system's error (`code: 'EADDRINUSE'`) if the port is in use
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
	const store = new Store(
		{
			delivered(message) {
				log(deliveredLine(message));
				webhooks.emit(messageSentEvent(message, store));
				later.continue();
				sandbox.onDelivered?.(message);
			},
			invited(invitation) {
				log(invitedLine(invitation));
				webhooks.emit(invitedEvent(invitation, store));
				sandbox.onInvited?.(invitation);
			},
			accepted(invitation) {
				log(acceptedLine(invitation));
				webhooks.emit(acceptedEvent(invitation, store));
			},
			replied(reply) {
				log(repliedLine(reply));
				webhooks.emit(replyEvent(reply, store));
			},
		},
		options.leads,
	);
	const later = new Later(() => store.delivered.length, log);
	const quirks = { ...DEFAULT_QUIRKS, ...options.quirks };
	const { credits } = store.seed;
	const searches: Searches = new Jobs('search', 'Search not found', quirks, credits, [
		EARLIER_SEARCH,
	]);
	const extractions: Extractions = new Jobs('extract', 'Campaign not found', quirks, credits, [
		EARLIER_EXTRACTION,
	]);
	const recorder = new Recorder();
	const faults = new Faults();
	const held = new HeldRequests();

	const app = createServer({
		...{ store, quirks, searches, extractions, webhooks, recorder, faults, held, apiKey, log },
		generation: options.generation ?? 'live',
		acceptAnyRecipient: options.acceptAnyRecipient ?? false,
	});

	function reset(): void {
		held.cut();
		searches.reset();
		extractions.reset();
		store.reset();
		Object.assign(quirks, DEFAULT_QUIRKS, options.quirks);
		recorder.reset();
		faults.reset();
		webhooks.reset();
		later.reset();
		delete sandbox.onDelivered;
		delete sandbox.onInvited;
	}

	function reply(given: Reply): void {
		const { afterDeliveries, ...parsed } = replySchema.parse(given);
		later.after(afterDeliveries, () => receiveReply(parsed, store));
	}

	addControlRoutes(app, {
		state: () => ({
			delivered: store.delivered,
			invited: store.invited,
			requests: recorder.requests,
			senders: store.senders(),
			webhooks: { registered: webhooks.list(), log: webhooks.log },
		}),
		reset,
		inject: (rule) => faults.inject(rule),
		changeQuirks: (changes) => Object.assign(quirks, quirksSchema.partial().parse(changes)),
		accept: (person) => store.accept(personSchema.parse(person).linkedinUrl),
		reply,
		changeLead(given) {
			const { id, afterDeliveries, ...changes } = leadChangeSchema.parse(given);
			const lead = store.lead(id);
			later.after(afterDeliveries, () => changeLead(lead, changes, webhooks));
		},
		changeSender(given) {
			const { id, afterDeliveries, ...changes } = senderChangeSchema.parse(given);
			const sender = store.sender(id);
			later.after(afterDeliveries, () => Object.assign(sender, changes));
		},
		register: (webhook) => webhooks.register(webhook),
		sendTestEvent: (test) => webhooks.sendTestEvent(test),
		emit: (event) => webhooks.emit(event),
	});
	await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	const { port } = app.server.address() as AddressInfo;

	const sandbox: Sandbox = {
		url: `http://127.0.0.1:${port}`,
		apiKey,
		quirks,
		seed: store.seed,
		delivered: store.delivered,
		invited: store.invited,
		searches: searches.started,
		requests: recorder.requests,
		accept: (linkedinUrl) => store.accept(linkedinUrl),
		reply,
		peakSends: (senderId) => recorder.peakSends(senderId),
		inject: (rule) => faults.inject(rule),
		clearFaults: () => faults.reset(),
		webhooks,
		reset,
		async stop() {
			searches.reset();
			extractions.reset();
			webhooks.stop();
			await app.close();
			held.cut();
		},
	};
	return sandbox;
}
