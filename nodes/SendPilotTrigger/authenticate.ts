import type { IWebhookFunctions } from 'n8n-workflow';
import { readSignature, type SignatureReading } from '../../sendpilot/webhook/signature';
import { verifySignature } from '../../sendpilot/webhook/verify';
import type { RejectionReason } from './rejections';
import { WEBHOOK_CREDENTIAL, type WebhookSecrets } from './signingSecret';

/** Whether a delivery may start the workflow, or why it is rejected. */
export type Authentication =
	| {
			ok: true;
			/** The message id that was signed, if the scheme has one. */
			messageId?: string;
	  }
	| { ok: false; reason: RejectionReason };

/**
 * Checks whether a delivery comes from SendPilot. Whatever can be rejected without the secret is
 * rejected before the credential is read, which is the costliest step.
 *
 * @param readBody returns the body's original bytes, or undefined if they can't be read; only called
 * if the headers make sense
 * @throws if a field or the credential can't be read
 */
export async function authenticate(
	context: IWebhookFunctions,
	readBody: () => Promise<Buffer | undefined>,
	toleranceSeconds: number,
): Promise<Authentication> {
	if (context.getNodeParameter('authentication') === 'none') return { ok: true };

	const clock = { nowMs: Date.now(), toleranceSeconds };
	const reading = readSignature(context.getRequestObject().headers, clock);
	if (!reading.ok) return { ok: false, reason: reading.problem };

	const { signingSecret, previousSigningSecret } =
		await context.getCredentials<WebhookSecrets>(WEBHOOK_CREDENTIAL);
	const secrets = [signingSecret, previousSigningSecret];
	const body = await readBody();
	if (!body) return { ok: false, reason: 'unreadBody' };
	const verification = verifySignature(reading.claims, body, secrets);
	if (!verification.ok) return { ok: false, reason: verification.problem };
	return { ok: true, messageId: messageIdOf(reading.claims) };
}

function messageIdOf(
	claims: Extract<SignatureReading, { ok: true }>['claims'],
): string | undefined {
	return claims.flatMap((claim) => (claim.scheme === 'standard' ? claim.id : []))[0];
}
