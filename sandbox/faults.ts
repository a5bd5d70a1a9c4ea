import { DAILY_LIMIT_TEXT, errorAnswer, INTERNAL_ERROR, TOO_MANY_REQUESTS } from './errors';
import { faultRule, type FaultRule, type PreparedRule } from './faultRule';

/** What a rule matches against. */
export interface FaultTarget {
	path: string;
	method: string;
	/** Every name of the recipient: lead ids and profile slugs. */
	recipients: ReadonlySet<string>;
	senderId?: string;
	/** The name of the search or the extraction that the request starts. */
	jobName?: string;
}

/** An answer that replaces the usual one. */
export interface FaultAnswer {
	/** Default: the usual status. */
	status?: number;
	/** A media type. */
	type: string;
	body: string;
	headers?: Record<string, string>;
}

/** What a fault does to one request. */
export interface Fault {
	/** Whether the request does its work first. If it is rejected, it gets that error instead of the fault. */
	takesEffect: boolean;
	/** Cut the connection, never answer, wait (in ms), or replace the usual answer. */
	then: 'cut' | 'hang' | { waitMs: number } | ((usualReply: string) => FaultAnswer);
}

/** The faults that are still to happen. */
export class Faults {
	private rules: PreparedRule[] = [];

	/** @throws ZodError if the rule is invalid */
	inject(rule: FaultRule): void {
		this.rules.push(faultRule.parse(rule));
	}

	/** Uses the first rule that applies to a request once. @returns what it does to the request */
	take(target: FaultTarget): Fault | undefined {
		for (const rule of this.rules) {
			if (rule.times <= 0 || !matches(rule, target)) continue;
			if (rule.after > 0) {
				rule.after--;
				continue;
			}
			rule.times--;
			return planOf(rule);
		}
		return undefined;
	}

	/** Forgets every rule. */
	reset(): void {
		this.rules = [];
	}
}

function matches(rule: PreparedRule, target: FaultTarget): boolean {
	return (
		isBelow(target.path, rule.path) &&
		(rule.method === undefined || rule.method === target.method) &&
		(rule.senderId === undefined || rule.senderId === target.senderId) &&
		(rule.jobName === undefined || target.jobName?.startsWith(rule.jobName) === true) &&
		(rule.recipient === undefined || target.recipients.has(rule.recipient))
	);
}

/** Whether a path is another one, or goes on behind a slash. */
function isBelow(path: string, start: string): boolean {
	return path === start || path.startsWith(start.endsWith('/') ? start : `${start}/`);
}

function planOf(rule: PreparedRule): Fault {
	switch (rule.fault) {
		case 'deliveredThen500':
			return { takesEffect: true, then: () => json(500, INTERNAL_ERROR) };
		case 'lostThen500':
			return { takesEffect: false, then: () => json(500, INTERNAL_ERROR) };
		case 'resetBeforeDelivery':
			return { takesEffect: false, then: 'cut' };
		case 'resetAfterDelivery':
			return { takesEffect: true, then: 'cut' };
		case 'hang':
			return { takesEffect: rule.delivered, then: 'hang' };
		case 'rateLimited': {
			const headers: Record<string, string> =
				rule.retryAfter === undefined ? {} : { 'retry-after': String(rule.retryAfter) };
			return { takesEffect: false, then: () => ({ ...json(429, TOO_MANY_REQUESTS), headers }) };
		}
		case 'dailyQuota':
			return { takesEffect: false, then: () => json(429, errorAnswer(429, DAILY_LIMIT_TEXT)) };
		case 'html':
			return { takesEffect: rule.delivered, then: () => page(rule.status) };
		case 'unsuccessful':
			return {
				takesEffect: false,
				then: () => json(rule.status, { success: false, error: rule.error }),
			};
		case 'status':
			return {
				takesEffect: rule.delivered,
				then: () => json(rule.status, errorAnswer(rule.status, rule.message)),
			};
		case 'brokenJson':
			return { takesEffect: true, then: (reply) => jsonText(undefined, reply.slice(0, -10)) };
		case 'empty':
			return { takesEffect: true, then: () => jsonText(undefined, '') };
		case 'redirect': {
			const headers = { location: rule.location };
			return { takesEffect: false, then: () => ({ ...jsonText(rule.status, ''), headers }) };
		}
		case 'delay':
			return { takesEffect: false, then: { waitMs: rule.ms } };
	}
}

function json(status: number, body: object): FaultAnswer {
	return jsonText(status, JSON.stringify(body));
}

function jsonText(status: number | undefined, body: string): FaultAnswer {
	return { status, type: 'application/json; charset=utf-8', body };
}

function page(status: number): FaultAnswer {
	return {
		status,
		type: 'text/html; charset=utf-8',
		body: `<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>The page took too long</h1></body></html>`,
	};
}
