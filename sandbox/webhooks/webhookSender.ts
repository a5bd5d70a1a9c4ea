import { setTimeout as sleep } from 'node:timers/promises';

/** A webhook to be delivered to one receiver. */
export interface Delivery {
	eventId: string;
	eventType: string;
	url: string;
	body: string;
	/** Created for each attempt, because signatures contain the time. */
	headers: () => Record<string, string>;
}

/** One attempt to deliver a webhook. */
export interface DeliveryAttempt {
	eventId: string;
	eventType: string;
	url: string;
	/** Starts at 1. */
	attempt: number;
	/** When it started, in milliseconds since 1970. */
	at: number;
	/** The receiver's answer; 2xx ends the attempts. */
	status?: number;
	/** Why there was no answer. */
	error?: string;
}

/** When to try again, and when to give up. */
export interface RetryPolicy {
	/** How long to wait before each further attempt. */
	retrySeconds: readonly number[];
	/** How long one attempt may take. */
	timeoutSeconds: number;
}

/** Delivers webhooks with several attempts each. {@link WebhookSender.stop} ends all of them. */
export class WebhookSender {
	/** All finished attempts, in the order in which they finished; always the same list. */
	readonly log: DeliveryAttempt[] = [];
	private readonly inProgress = new Set<Promise<void>>();
	private ending = new AbortController();

	/** @param onAttempt is called for every finished attempt */
	constructor(
		private readonly policy: RetryPolicy,
		private readonly onAttempt: (attempt: DeliveryAttempt) => void,
	) {}

	/** Starts the delivery and returns immediately. */
	send(delivery: Delivery): void {
		const inProgress = this.deliver(delivery, this.ending.signal).finally(() =>
			this.inProgress.delete(inProgress),
		);
		this.inProgress.add(inProgress);
	}

	/** Waits until every delivery has succeeded, failed for good or been aborted. */
	async settled(): Promise<void> {
		while (this.inProgress.size > 0) await Promise.all(this.inProgress);
	}

	/** Aborts everything in progress, without a log entry, and starts nothing more. */
	stop(): void {
		this.ending.abort();
	}

	/** Aborts everything in progress and clears the log. */
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
		// Only the status counts, and an unread body would keep the connection open.
		await reply.body?.cancel();
		return { status: reply.status };
	} catch (error) {
		return { error: timeout.aborted ? `no answer within ${timeoutSeconds} s` : reasonOf(error) };
	}
}

function isSuccess(status: number | undefined): boolean {
	return status !== undefined && status >= 200 && status < 300;
}

/** `fetch` only says that it failed; the reason is in its cause. */
function reasonOf(error: unknown): string {
	const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
	return cause?.code ?? cause?.message ?? message;
}
