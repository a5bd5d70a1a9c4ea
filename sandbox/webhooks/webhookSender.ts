import { setTimeout as sleep } from 'node:timers/promises';

/** A webhook on its way to one receiver. */
export interface Delivery {
	eventId: string;
	eventType: string;
	url: string;
	body: string;
	/** Made anew for each attempt, because signatures carry the time. */
	headers: () => Record<string, string>;
}

/** One attempt to deliver a webhook. */
export interface DeliveryAttempt {
	eventId: string;
	eventType: string;
	url: string;
	/** From 1 up. */
	attempt: number;
	/** When it began, in milliseconds since 1970. */
	at: number;
	/** What the receiver answered; 2xx ends the attempts. */
	status?: number;
	/** Why there was no answer. */
	error?: string;
}

/** When to try again, and when to give up. */
export interface RetryPolicy {
	/** Before each further attempt. */
	retrySeconds: readonly number[];
	/** For one attempt. */
	timeoutSeconds: number;
}

/** Delivers webhooks: several attempts each, none of which outlives {@link WebhookSender.stop}. */
export class WebhookSender {
	/** All attempts that ended, in that order; the list stays the same for good. */
	readonly log: DeliveryAttempt[] = [];
	private readonly underWay = new Set<Promise<void>>();
	private ending = new AbortController();

	/** @param onAttempt is told of every attempt that ended */
	constructor(
		private readonly policy: RetryPolicy,
		private readonly onAttempt: (attempt: DeliveryAttempt) => void,
	) {}

	/** Starts the delivery and returns at once. */
	send(delivery: Delivery): void {
		const underWay = this.deliver(delivery, this.ending.signal).finally(() =>
			this.underWay.delete(underWay),
		);
		this.underWay.add(underWay);
	}

	/** Waits until every delivery has succeeded, been given up or been broken off. */
	async settled(): Promise<void> {
		while (this.underWay.size > 0) await Promise.all(this.underWay);
	}

	/** Ends everything under way, without an entry in the log, and takes nothing more. */
	stop(): void {
		this.ending.abort();
	}

	/** Breaks off what is under way, and forgets what was. */
	reset(): void {
		this.ending.abort();
		this.ending = new AbortController();
		this.log.length = 0;
	}

	private async deliver(delivery: Delivery, ending: AbortSignal): Promise<void> {
		const { eventId, eventType, url } = delivery;
		for (let attempt = 1; ; attempt++) {
			const at = Date.now();
			const outcome = await post(delivery, this.policy.timeoutSeconds, ending);
			if (ending.aborted) return;
			const entry: DeliveryAttempt = { eventId, eventType, url, attempt, at, ...outcome };
			this.log.push(entry);
			this.onAttempt(entry);
			const wait = this.policy.retrySeconds[attempt - 1];
			if (isSuccess(outcome.status) || wait === undefined) return;
			await sleep(wait * 1_000, undefined, { signal: ending }).catch(() => undefined);
			if (ending.aborted) return;
		}
	}
}

async function post(
	{ url, body, headers }: Delivery,
	timeoutSeconds: number,
	ending: AbortSignal,
): Promise<{ status: number } | { status?: undefined; error: string }> {
	const timeout = AbortSignal.timeout(timeoutSeconds * 1_000);
	try {
		const reply = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers() },
			body,
			redirect: 'manual',
			signal: AbortSignal.any([ending, timeout]),
		});
		// Only the status counts; an unread body would keep the connection.
		await reply.body?.cancel();
		return { status: reply.status };
	} catch (error) {
		return { error: timeout.aborted ? `no answer within ${timeoutSeconds} s` : reasonOf(error) };
	}
}

function isSuccess(status: number | undefined): boolean {
	return status !== undefined && status >= 200 && status < 300;
}

/** `fetch` says only that it failed; the reason stands in its cause. */
function reasonOf(error: unknown): string {
	const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
	return cause?.code ?? cause?.message ?? message;
}
