import { ApiError } from './errors';
import type { Quirks } from './quirks';
import type { SandboxCredits } from './seedTypes';

/** How far a job is. */
export type JobStage = 'waiting' | 'running' | 'done' | 'failed';

/** A search or an extraction. */
export interface Job<Body = unknown> {
	id: string;
	body: Body;
	/** How many leads it is to find: what was asked for, as far as the credits go. */
	leads: number;
	/** What it costs. */
	credits: number;
	stage: JobStage;
	/** How often its status was read. */
	polls: number;
	/** 0 to 100. */
	percent: number;
	startedAt: number;
	endedAt?: number;
}

/** What starts a job. */
export interface JobRequest<Body> {
	body: Body;
	limit: number;
	creditsPerLead: number;
	/** Called when it ends well. */
	onDone: (job: Job<Body>) => void;
}

/** A job whose name contains this fails at its end. */
export const FAILING_NAME = /fail/i;

/**
 * Searches or extractions. A job ends after some reads of its status or some time, whichever comes first
 * ({@link Quirks}). Its credits are spent at its start, and given back if it fails.
 */
export class Jobs<Body extends { name: string }> {
	private readonly jobs = new Map<string, Job<Body> & { end: () => void }>();
	/** Those that were started, in order; always the same list. */
	readonly started: Array<Job<Body>> = [];
	private readonly timers = new Set<NodeJS.Timeout>();

	/**
	 * @param prefix of the ids
	 * @param notFound the text of the 404
	 * @param earlier jobs that ended before the sandbox was started
	 */
	constructor(
		private readonly prefix: string,
		private readonly notFound: string,
		private readonly quirks: Quirks,
		private readonly credits: SandboxCredits,
		private readonly earlier: ReadonlyArray<Job<Body>>,
	) {
		this.reset();
	}

	/** @throws ApiError 403 if there are no credits */
	start({ body, limit, creditsPerLead, onDone }: JobRequest<Body>): Job<Body> {
		const available = availableOf(this.credits);
		const leads = Math.min(limit, Math.floor(available / creditsPerLead));
		if (leads === 0) throw new ApiError(403, `Insufficient credits: ${available} available`);
		const cost = leads * creditsPerLead;
		spend(this.credits, cost);

		const end = () => {
			if (job.endedAt !== undefined) return;
			job.endedAt = Date.now();
			job.percent = 100;
			job.stage = FAILING_NAME.test(body.name) ? 'failed' : 'done';
			if (job.stage === 'done') return onDone(job);
			spend(this.credits, -cost);
			job.leads = 0;
		};
		const job: Job<Body> & { end: () => void } = {
			...{ id: `${this.prefix}_${this.started.length + 1}`, body, leads, credits: cost, end },
			...{ stage: 'waiting' as JobStage, polls: 0, percent: 0, startedAt: Date.now() },
		};
		this.jobs.set(job.id, job);
		this.started.push(job);
		if (this.quirks.jobMs !== Infinity) {
			this.timers.add(setTimeout(end, this.quirks.jobMs).unref());
		}
		return job;
	}

	/** @throws ApiError 404 */
	get(id: string): Job<Body> {
		return this.find(id);
	}

	/** How many leads a job gives out now. */
	found({ stage, leads, percent }: Job<Body>): number {
		if (stage === 'done') return leads;
		return this.quirks.givesPartialResults ? Math.floor((leads * percent) / 100) : 0;
	}

	/** Reads how far a job is, which moves it on. @throws ApiError 404 */
	poll(id: string): Job<Body> {
		const job = this.find(id);
		if (job.endedAt !== undefined) return job;
		job.polls++;
		job.stage = 'running';
		job.percent = Math.floor((100 * job.polls) / this.quirks.jobPolls);
		if (job.polls >= this.quirks.jobPolls) job.end();
		return job;
	}

	/** Forgets every job but the earlier ones; none ends any more. */
	reset(): void {
		for (const timer of this.timers) clearTimeout(timer);
		this.timers.clear();
		this.jobs.clear();
		this.started.length = 0;
		for (const job of this.earlier) this.jobs.set(job.id, { ...job, end: () => undefined });
	}

	private find(id: string) {
		const job = this.jobs.get(id);
		if (!job) throw new ApiError(404, this.notFound);
		return job;
	}
}

/** @returns what can be spent */
export function availableOf({ subscription, purchased }: SandboxCredits): number {
	return subscription + purchased;
}

/** Credits of the subscription go first; what is given back is added to it. */
function spend(credits: SandboxCredits, cost: number): void {
	const ofSubscription = Math.min(cost, credits.subscription);
	credits.subscription -= ofSubscription;
	credits.purchased -= cost - ofSubscription;
	credits.used += cost;
}
