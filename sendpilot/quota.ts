import type { SenderQuota } from './contract/sender';

/** What a sender may still do today, as far as SendPilot says. */
export interface DailyQuota {
	/** How many it has sent today. */
	used?: number;
	/** How many it may still send. */
	left?: number;
	/** When the day ends, in Unix ms. */
	resetsAt?: number;
}

/** The names that a quota may have, as none is documented. */
const NAMES = {
	message: /^messages?$/i,
	invitation: /^(?:invitations?|invites?|connections?|connection_?requests?)$/i,
} as const;

/** What is counted. */
export type QuotaKind = keyof typeof NAMES;

const SENDER_ID = ['senderId', 'sender_id', 'accountId', 'account_id', 'id'];
const LEFT = /^(?:left|remaining|available)$/i;
const USED = /^(?:used|sent|sent_?today)$/i;
const LIMIT = /^(?:limit|daily_?limit|total|max)$/i;
const RESET = /^(?:next_?)?resets?_?(?:at|time|date|on)?$/i;

/**
 * Reads the quota of a sender from `GET /v1/senders/quotas`, whose inner names are not documented.
 *
 * @returns what of it could be read
 */
export function quotaOf(
	quotas: readonly SenderQuota[],
	senderId: string,
	kind: QuotaKind,
): DailyQuota {
	const own = quotas.find((one) => SENDER_ID.some((name) => one[name] === senderId));
	const values = own && valuesUnder(own, NAMES[kind]);
	if (!values) return {};
	const number = (name: RegExp) => {
		const value = valueOf(values, name);
		return typeof value === 'number' && value >= 0 ? value : undefined;
	};
	const limit = number(LIMIT);
	const used = number(USED);
	const left = number(LEFT) ?? difference(limit, used);
	const resetsAt = Date.parse(String(valueOf(values, RESET) ?? valueOf(own, RESET) ?? ''));
	return {
		left,
		used: used ?? difference(limit, left),
		...(Number.isNaN(resetsAt) ? {} : { resetsAt }),
	};
}

function difference(one: number | undefined, other: number | undefined): number | undefined {
	return one === undefined || other === undefined ? undefined : Math.max(0, one - other);
}

type Values = Record<string, unknown>;

/** Directly below the sender, or in an object such as `quotas`. */
function valuesUnder(object: Values, name: RegExp): Values | undefined {
	const isValues = (value: unknown): value is Values =>
		typeof value === 'object' && value !== null && !Array.isArray(value);
	const direct = valueOf(object, name);
	if (isValues(direct)) return direct;
	return Object.values(object)
		.filter(isValues)
		.map((inner) => valueOf(inner, name))
		.find(isValues);
}

function valueOf(object: Values, name: RegExp): unknown {
	const key = Object.keys(object).find((one) => name.test(one));
	return key === undefined ? undefined : object[key];
}
