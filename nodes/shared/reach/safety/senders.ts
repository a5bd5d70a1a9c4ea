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
	/** How many others than this node had sent today when the numbers were read, by sender. */
	private foreign = new Map<string, number>();

	constructor(private readonly kind: QuotaKind) {}

	/**
	 * Reads the senders. What cannot be read counts as unknown.
	 *
	 * @param countOwn counts what this node has sent today, if a limit per day needs exact numbers. For the quotas
	 * that are read then too, the API key may lack the scope.
	 * @param isRepetition whether what an earlier try has read is too old
	 * @returns the problem, if it is one that no message could do without
	 */
	async read(
		api: SendPilotApi,
		countOwn: ((senderId: string) => Promise<number>) | undefined,
		isRepetition: boolean,
	): Promise<Problem | undefined> {
		const isFresh = !isRepetition && api.now() - this.readAt < MAX_AGE_MS;
		if (isFresh && (this.hasQuotas || !countOwn)) return undefined;
		try {
			this.senders = await readSenders(api);
			this.quotas = [];
			if (countOwn) await this.readCounts(api, countOwn);
			this.hasQuotas = countOwn !== undefined;
			this.readAt = api.now();
			this.sent = new Map();
		} catch (error) {
			const problem = problemIn(error);
			if (STOPS_ALL.has(problem.reason)) return problem;
		}
		return undefined;
	}

	/** @returns how many messages of today are not this node's, as far as SendPilot says */
	foreignOf(senderId: string): number {
		return this.foreign.get(senderId) ?? 0;
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
		const { used, left, resetsAt } = this.reportedOf(senderId);
		return {
			used: used === undefined ? undefined : used + sent,
			left: left === undefined ? undefined : Math.max(0, left - sent),
			resetsAt,
		};
	}

	/**
	 * Counts this node's own first: whatever it sends meanwhile then counts as that of others, so that the limit
	 * is never exceeded.
	 */
	private async readCounts(
		api: SendPilotApi,
		countOwn: (senderId: string) => Promise<number>,
	): Promise<void> {
		const ids = this.senders.map(({ id }) => id);
		const own = new Map<string, number>();
		for (const id of ids) own.set(id, await countOwn(id));
		this.quotas = await readQuotas(api).catch(() => []);
		if (this.quotas.length === 0) this.senders = await readSenders(api);
		for (const id of ids) {
			const { used = 0 } = this.reportedOf(id);
			this.foreign.set(id, Math.max(0, used - (own.get(id) ?? 0)));
		}
	}

	private find(senderId: string): Sender | undefined {
		return this.senders.find(({ id }) => id === senderId);
	}

	private reportedOf(senderId: string): DailyQuota {
		return { ...this.listedQuota(senderId), ...this.ownQuota(senderId) };
	}

	private ownQuota(senderId: string): DailyQuota {
		const known = Object.entries(quotaOf(this.quotas, senderId, this.kind));
		return Object.fromEntries(known.filter(([, value]) => value !== undefined));
	}

	/** The list of senders only counts messages. */
	private listedQuota(senderId: string): DailyQuota {
		const sender = this.kind === 'message' ? this.find(senderId) : undefined;
		const isAtLimit = sender?.status?.toLowerCase() === AT_LIMIT;
		return {
			used: countIn(sender?.messagesSentToday),
			left: countIn(sender?.remainingMessages) ?? (isAtLimit ? 0 : undefined),
		};
	}
}

/** Whatever else SendPilot means by a negative number, nobody has sent so many. */
function countIn(value: number | null | undefined): number | undefined {
	return typeof value === 'number' && value >= 0 ? value : undefined;
}
