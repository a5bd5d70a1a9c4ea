import { z } from 'zod';
import { optionalNumber, optionalText } from './fields';

/** Lists the LinkedIn accounts of the workspace, all in one reply. */
export const SENDERS_PATH = '/v1/inbox/senders';

/** Lists what each sender may still send today. */
export const QUOTAS_PATH = '/v1/senders/quotas';

/** The scope that {@link QUOTAS_PATH} needs. */
export const QUOTAS_SCOPE = 'senders:read';

/**
 * A LinkedIn account that sends. Apart from the id every field is only observed, none documented,
 * so none is required; `linkedinUrl` may also be called `profileUrl`.
 */
export const sender = z
	.object({
		id: z.string().min(1),
		name: optionalText,
		linkedinUrl: optionalText,
		profileUrl: optionalText,
		status: optionalText,
		dailyMessageLimit: optionalNumber,
		messagesSentToday: optionalNumber,
		remainingMessages: optionalNumber,
	})
	.passthrough();

/** See {@link sender}. */
export type Sender = z.infer<typeof sender>;

/** The reply of `GET /v1/inbox/senders`. */
export const senderList = z.object({ senders: z.array(sender) });

/** Sender statuses that have been met; others pass through. */
export const SENDER_STATUSES = ['active', 'disconnected', 'rate_limited', 'warming'] as const;

/**
 * The daily quotas of a sender for invitations, messages and likes: used, left, time of the reset. What its
 * fields are called is not documented, so everything passes.
 */
export const senderQuota = z.object({}).passthrough();

/** See {@link senderQuota}. */
export type SenderQuota = z.infer<typeof senderQuota>;

/** The reply of `GET /v1/senders/quotas`. */
export const senderQuotaList = z.object({ senders: z.array(senderQuota), total: optionalNumber });
