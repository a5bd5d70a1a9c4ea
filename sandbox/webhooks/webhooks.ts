import { randomBytes } from 'node:crypto';
import { ApiError } from '../errors';
import { without } from '../without';
import {
	WebhookSender,
	type DeliveryAttempt,
	type Delivery,
	type RetryPolicy,
} from './webhookSender';
import { canonical, exampleData } from './payloads';
import {
	emission,
	type Emission,
	type EmitOptions,
	type EventSpec,
	registration,
	testEvent,
	type Registration,
	type TestEvent,
} from './requests';
import { signatureHeaders } from './schemes';

/** A secret that no webhook has, in a form that every scheme accepts. */
const FORGERS_SECRET = `whsec_${Buffer.from("nobody's secret at all").toString('base64')}`;

/** A registered URL as in lists, without its secret. */
export type ListedWebhook = Omit<Registration, 'secret'>;

/** The registered webhooks, and the results of their deliveries. */
export class Webhooks {
	private readonly registered = new Map<string, Registration>();
	private readonly sender: WebhookSender;

	/** @param onAttempt is called for every finished attempt */
	constructor(policy: RetryPolicy, onAttempt: (attempt: DeliveryAttempt) => void) {
		this.sender = new WebhookSender(policy, onAttempt);
	}

	/** All finished attempts, in the order in which they finished. */
	get log(): readonly DeliveryAttempt[] {
		return this.sender.log;
	}

	/**
	 * Registers a URL for events. Registering it again replaces the earlier registration.
	 *
	 * @throws ZodError if the registration is invalid
	 */
	register(webhook: Registration): void {
		const checked = registration.parse(webhook);
		this.registered.set(checked.url, checked);
	}

	/** @returns the registered webhooks */
	list(): ListedWebhook[] {
		return [...this.registered.values()].map((webhook) => without(webhook, 'secret'));
	}

	/**
	 * Sends an event to every URL that selected it, and returns without waiting for them.
	 *
	 * @param event its type, or more details
	 * @returns the id of the event
	 * @throws ZodError if the event or an option is invalid
	 */
	emit(event: string | EventSpec, options: EmitOptions = {}): string {
		const spec = typeof event === 'string' ? { eventType: event } : event;
		const checked = emission.parse({ ...spec, ...options });
		const eventId = checked.eventId ?? newEventId();
		const body = bodyOf(checked, eventId);
		for (const webhook of this.registered.values()) {
			if (!isSelected(webhook, checked.eventType)) continue;
			const delivery = deliveryOf(checked, eventId, body, webhook);
			for (let time = 0; time < checked.times; time++) this.sender.send(delivery);
		}
		return eventId;
	}

	/**
	 * Sends an event to the `webhook_url` of a job, and returns without waiting. How SendPilot signs these is
	 * not documented; here they are unsigned.
	 */
	callBack(url: string, event: EventSpec): void {
		const eventId = newEventId();
		const checked = emission.parse({ ...event, signature: 'none' });
		const body = bodyOf(checked, eventId);
		this.sender.send({ eventId, eventType: checked.eventType, url, body, headers: () => ({}) });
	}

	/**
	 * Sends a signed example event to one registered URL, as Send Test Event in SendPilot's dashboard does.
	 * The data of SendPilot's own test events is not documented.
	 *
	 * @returns the id of the event
	 * @throws ZodError if the input is invalid, ApiError 404 if the URL is not registered
	 */
	sendTestEvent(test: TestEvent): string {
		const { url, eventType } = testEvent.parse(test);
		const webhook = this.registered.get(url);
		if (!webhook) {
			throw new ApiError(404, `No webhook is registered for ${url}`);
		}
		const eventId = newEventId();
		const event = emission.parse({ eventType });
		this.sender.send(deliveryOf(event, eventId, bodyOf(event, eventId), webhook));
		return eventId;
	}

	/** Waits until every delivery and its retries have finished. */
	settled(): Promise<void> {
		return this.sender.settled();
	}

	/** Aborts everything in progress, and delivers nothing more. */
	stop(): void {
		this.sender.stop();
	}

	/** Forgets all URLs and attempts, and aborts everything in progress. */
	reset(): void {
		this.registered.clear();
		this.sender.reset();
	}
}

function isSelected({ events }: Registration, eventType: string): boolean {
	return events === undefined || events.map(canonical).includes(canonical(eventType));
}

function bodyOf(event: Emission, eventId: string): string {
	const { eventType, workspaceId, body, leads } = event;
	if (typeof body === 'string') return body;
	const content = body ?? {
		eventId,
		eventType,
		timestamp: new Date().toISOString(),
		...(workspaceId !== null && { workspaceId }),
		data: event.data ?? exampleData(eventType, leads),
	};
	// The line end makes the bytes differ from parsed and serialised JSON, because signatures are valid
	// for the original bytes only.
	return `${JSON.stringify(content)}\n`;
}

function deliveryOf(
	{ eventType, signature, oldSecret, clockSkewSeconds }: Emission,
	eventId: string,
	body: string,
	{ url, scheme, secret }: Registration,
): Delivery {
	const rightSecrets: [string, ...string[]] =
		oldSecret === undefined ? [secret] : [oldSecret, secret];
	const secrets: [string, ...string[]] = signature === 'forged' ? [FORGERS_SECRET] : rightSecrets;
	const headers = () => {
		if (signature === 'none') return {};
		const timestamp = Math.floor(Date.now() / 1_000) + clockSkewSeconds;
		return signatureHeaders(scheme, secrets, { id: `msg_${eventId}`, timestamp, body });
	};
	return { eventId, eventType, url, body, headers };
}

function newEventId(): string {
	return `evt_${Date.now()}_${randomBytes(4).toString('hex')}`;
}
