import type { SendPilotApi } from '../../../../sendpilot/api';
import type { Sender, SenderQuota } from '../../../../sendpilot/contract/sender';
import { problemIn, type Problem } from '../../../../sendpilot/problem';
import { quotaOf, type DailyQuota, type QuotaKind } from '../../../../sendpilot/quota';
import { readQuotas, readSenders } from '../../../../sendpilot/sender';

/** Statuses with which SendPilot refuses to send. */
const NOT_READY: ReadonlySet<string> = new Set(['disconnected', 'warming']);

/** The status of a sender that has no messages left today. */
const AT_LIMIT = 'rate_limited';

/** How long what was read counts, in ms; what was sent since is subtracted. */
const MAX_AGE_MS = 60_000;

/** Without SendPilot's answer to one of these, none of the messages could go out either. */
const STOPS_ALL: ReadonlySet<string> = new Set(['unauthorized', 'unreachable', 'unsendable']);

/** What SendPilot knows of the senders, read before the first call. */
export class Senders {
	private senders: readonly Sender[] = [];
	private quotas: readonly SenderQuota[] = [];
	private readAt = -Infinity;
	private sent = new Map<string, number>();
	private hasQuotas = false;

	constructor(private readonly kind: QuotaKind) {}

	/**
	 * Reads the senders. What cannot be read counts as unknown.
	 *
	 * @param withQuotas whether to read their quotas too, for which the API key may lack the scope
	 * @returns the problem, if it is one that no message could do without
	 */
	async read(api: SendPilotApi, withQuotas: boolean): Promise<Problem | undefined> {
		const isFresh = api.now() - this.readAt < MAX_AGE_MS;
		if (isFresh && (this.hasQuotas || !withQuotas)) return undefined;
		try {
			this.senders = await readSenders(api);
			this.quotas = [];
			if (withQuotas) this.quotas = await readQuotas(api).catch(() => []);
			this.hasQuotas = withQuotas;
			this.readAt = api.now();
			this.sent = new Map();
		} catch (error) {
			const problem = problemIn(error);
			if (STOPS_ALL.has(problem.reason)) return problem;
		}
		return undefined;
	}

	/** Call this for each message that went out, or may have. */
	noteSent(senderId: string): void {
		this.sent.set(senderId, (this.sent.get(senderId) ?? 0) + 1);
	}

	/** @returns what keeps a sender from sending, in lower case; undefined if nothing is known to */
	notReady(senderId: string): string | undefined {
		const status = this.find(senderId)?.status?.toLowerCase();
		return status !== undefined && NOT_READY.has(status) ? status : undefined;
	}

	/** @returns how people call a sender */
	nameOf(senderId: string): string {
		return this.find(senderId)?.name ?? senderId;
	}

	/** @returns what a sender has sent today and may still send, now; unlimited numbers stay undefined */
	quotaOf(senderId: string): DailyQuota {
		const sent = this.sent.get(senderId) ?? 0;
		const { used, left, resetsAt } = {
			...this.ownQuota(senderId),
			...this.reportedQuota(senderId),
		};
		return {
			used: used === undefined ? undefined : used + sent,
			left: left === undefined ? undefined : Math.max(0, left - sent),
			resetsAt,
		};
	}

	private find(senderId: string): Sender | undefined {
		return this.senders.find(({ id }) => id === senderId);
	}

	private reportedQuota(senderId: string): DailyQuota {
		const known = Object.entries(quotaOf(this.quotas, senderId, this.kind));
		return Object.fromEntries(known.filter(([, value]) => value !== undefined));
	}

	/** The list of senders only counts messages. */
	private ownQuota(senderId: string): DailyQuota {
		const sender = this.kind === 'message' ? this.find(senderId) : undefined;
		const isAtLimit = sender?.status?.toLowerCase() === AT_LIMIT;
		return {
			used: sender?.messagesSentToday ?? undefined,
			left: sender?.remainingMessages ?? (isAtLimit ? 0 : undefined),
		};
	}
}
