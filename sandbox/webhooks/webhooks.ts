import { randomBytes } from 'node:crypto';
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
	type Registration,
} from './requests';
import { signatureHeaders } from './schemes';

/** Nobody's secret, in a form that every scheme takes. */
const FORGERS_SECRET = `whsec_${Buffer.from("nobody's secret at all").toString('base64')}`;

/** A registered URL, as lists show it: the secret stays where it is. */
export type ListedWebhook = Omit<Registration, 'secret'>;

/** Who gets events, and what became of each delivery. */
export class Webhooks {
	private readonly registered = new Map<string, Registration>();
	private readonly sender: WebhookSender;

	/** @param onAttempt is told of every attempt that ended */
	constructor(policy: RetryPolicy, onAttempt: (attempt: DeliveryAttempt) => void) {
		this.sender = new WebhookSender(policy, onAttempt);
	}

	/** Every attempt that ended, in that order. */
	get log(): readonly DeliveryAttempt[] {
		return this.sender.log;
	}

	/**
	 * Lets a URL have events from now on. Registering it again replaces what was said before.
	 *
	 * @throws ZodError for a registration that makes no sense
	 */
	register(webhook: Registration): void {
		const checked = registration.parse(webhook);
		this.registered.set(checked.url, checked);
	}

	/** @returns who gets events */
	list(): ListedWebhook[] {
		return [...this.registered.values()].map((webhook) => without(webhook, 'secret'));
	}

	/**
	 * Sends an event to every URL that wants it, and returns without waiting for them.
	 *
	 * @param event its name, or more about it
	 * @returns the id of the event
	 * @throws ZodError for an event or option that makes no sense
	 */
	emit(event: string | EventSpec, options: EmitOptions = {}): string {
		const spec = typeof event === 'string' ? { eventType: event } : event;
		const checked = emission.parse({ ...spec, ...options });
		const eventId = checked.eventId ?? newEventId();
		const body = bodyOf(checked, eventId);
		for (const webhook of this.registered.values()) {
			if (!wants(webhook, checked.eventType)) continue;
			const delivery = deliveryOf(checked, eventId, body, webhook);
			for (let time = 0; time < checked.times; time++) this.sender.send(delivery);
		}
		return eventId;
	}

	/** Waits until every delivery, with its retries, has come to an end. */
	settled(): Promise<void> {
		return this.sender.settled();
	}

	/** Breaks off what is under way, and delivers nothing more. */
	stop(): void {
		this.sender.stop();
	}

	/** Forgets all URLs and attempts, and breaks off what is under way. */
	reset(): void {
		this.registered.clear();
		this.sender.reset();
	}
}

function wants({ events }: Registration, eventType: string): boolean {
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
	// The line end makes the bytes differ from what a receiver gets by serialising its parsed JSON:
	// signatures are valid for the bytes alone.
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
