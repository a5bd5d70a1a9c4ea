import { z } from 'zod';

/** Lists the LinkedIn accounts of the workspace, all in one reply. */
export const SENDERS_PATH = '/v1/inbox/senders';

/**
 * A LinkedIn account that sends. Apart from the id every field is only observed, none documented,
 * so none is required; `linkedinUrl` may also be called `profileUrl`.
 */
export const sender = z
	.object({
		id: z.string().min(1),
		name: z.string().nullish().catch(undefined),
		linkedinUrl: z.string().nullish().catch(undefined),
		profileUrl: z.string().nullish().catch(undefined),
		status: z.string().nullish().catch(undefined),
		dailyMessageLimit: z.number().nullish().catch(undefined),
		messagesSentToday: z.number().nullish().catch(undefined),
		remainingMessages: z.number().nullish().catch(undefined),
	})
	.passthrough();

/** See {@link sender}. */
export type Sender = z.infer<typeof sender>;

/** The reply of `GET /v1/inbox/senders`. */
export const senderList = z.object({ senders: z.array(sender) });

/** Sender statuses that have been met; others pass through. */
export const SENDER_STATUSES = ['active', 'disconnected', 'rate_limited', 'warming'] as const;
