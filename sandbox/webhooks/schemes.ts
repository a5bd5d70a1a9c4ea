import { createHmac } from 'node:crypto';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';

/**
 * How a webhook is signed: `hex` as in SendPilot's docs, `svix` as in production, `standard` like `svix`
 * but with the header names of Standard Webhooks.
 */
export const SCHEMES = ['hex', 'svix', 'standard'] as const;

/** See {@link SCHEMES}. */
export type Scheme = (typeof SCHEMES)[number];

/** What is signed. */
export interface Signed {
	/** The id of the webhook message; the hex scheme has none. */
	id: string;
	/** In Unix seconds. */
	timestamp: number;
	/** The bytes of the body, as text. */
	body: string;
}

/**
 * Signs a webhook body.
 *
 * @param secrets oldest first. svix and standard put one signature per secret into the header. hex has
 * room for only one, made with the oldest secret, which receivers must still accept during a rotation
 * @returns the signature headers
 * @throws if the scheme cannot use a secret
 */
export function signatureHeaders(
	scheme: Scheme,
	secrets: readonly [string, ...string[]],
	{ id, timestamp, body }: Signed,
): Record<string, string> {
	const at = String(timestamp);
	if (scheme === 'hex') {
		const signature = createHmac('sha256', secrets[0]).update(`${at}.${body}`).digest('hex');
		return { 'webhook-signature': `v1,t=${at},s=${signature}` };
	}
	const [Signer, prefix] = scheme === 'svix' ? [SvixWebhook, 'svix'] : [StandardWebhook, 'webhook'];
	const signatures = secrets.map((secret) =>
		new Signer(secret).sign(id, new Date(timestamp * 1_000), body),
	);
	return {
		[`${prefix}-id`]: id,
		[`${prefix}-timestamp`]: at,
		[`${prefix}-signature`]: signatures.join(' '),
	};
}

/** @returns whether the scheme can sign with this secret; svix and standard need base64 */
export function canSignWith(scheme: Scheme, secret: string): boolean {
	try {
		signatureHeaders(scheme, [secret], { id: 'msg_check', timestamp: 0, body: '' });
		return true;
	} catch {
		return false;
	}
}
