import { z } from 'zod';
import { SEND_PATH } from '../sendpilot/contract/message';

/** JSON has no `Infinity`; it arrives as null. */
const times = z
	.custom<number>(
		(value) => value === Infinity || (Number.isInteger(value) && Number(value) >= 1),
		'must be a whole number of at least 1, or null for all',
	)
	.nullable()
	.default(1)
	.transform((value) => value ?? Infinity);

const count = z.number().int().min(0);
const httpStatus = z.number().int().min(200).max(599);

const match = {
	/** The path of the affected requests, or its first parts. Default: the send path. */
	path: z.string().startsWith('/').default(SEND_PATH),
	/** Default: any method. */
	method: z.string().toUpperCase().optional(),
	/** Only requests about this person: a lead id, or the name in the profile URL. */
	recipient: z.string().optional(),
	/** Only requests of this sender. */
	senderId: z.string().optional(),
	/** Only requests that start a search or an extraction whose name begins with this. */
	jobName: z.string().optional(),
	/** How many requests it affects. Default: 1; `Infinity` (null in JSON) for all. */
	times,
	/** How many matching requests pass first. */
	after: count.default(0),
};

/** Whether the message goes out before the fault happens. */
const delivered = z.boolean().default(false);

function fault<Name extends string, Shape extends z.ZodRawShape>(name: Name, details: Shape) {
	return z.object({ fault: z.literal(name), ...match, ...details }).strict();
}

/** Checks a {@link FaultRule} and fills in its defaults. */
export const faultRule = z.discriminatedUnion('fault', [
	fault('deliveredThen500', {}),
	fault('lostThen500', {}),
	fault('resetBeforeDelivery', {}),
	fault('resetAfterDelivery', {}),
	fault('hang', { delivered }),
	fault('rateLimited', {
		/** In seconds, or an HTTP date. Without it there is no header. */
		retryAfter: z.union([z.number(), z.string()]).optional(),
	}),
	fault('dailyQuota', {}),
	fault('html', { status: httpStatus.default(502), delivered }),
	fault('unsuccessful', {
		status: httpStatus.default(201),
		error: z.string().default('LinkedIn did not take the message'),
	}),
	fault('status', {
		status: httpStatus,
		message: z.union([z.string(), z.array(z.string())]),
		delivered,
	}),
	fault('brokenJson', {}),
	fault('empty', {}),
	fault('redirect', { status: httpStatus.default(302), location: z.string() }),
	fault('delay', {
		/** In milliseconds. */
		ms: count,
	}),
]);

/** What goes wrong, where, and how often. */
export type FaultRule = z.input<typeof faultRule>;

/** A {@link FaultRule} with its defaults filled in. */
export type PreparedRule = z.output<typeof faultRule>;
