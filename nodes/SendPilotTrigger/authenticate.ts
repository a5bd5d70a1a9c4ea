import type { IWebhookFunctions } from 'n8n-workflow';
import { readSignature, type SignatureReading } from '../../sendpilot/webhook/signature';
import { verifySignature } from '../../sendpilot/webhook/verify';
import type { RejectionReason } from './rejections';
import { WEBHOOK_CREDENTIAL, type WebhookSecrets } from './signingSecret';

/** Who sent a delivery: SendPilot, by its signature, or anybody; or why it is refused. */
export type Authentication =
	| {
			ok: true;
			/** The id that the signature names, where its scheme has one. */
			messageId?: string;
	  }
	| { ok: false; reason: RejectionReason };

/**
 * Says whether a delivery comes from SendPilot. What needs no secret to be refused is refused before
 * the credential is read, which is the dearest step.
 *
 * @param readBody gives the bytes as they came, where they can be read; called only where the headers
 * make sense
 * @throws where a field or the credential cannot be read
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
