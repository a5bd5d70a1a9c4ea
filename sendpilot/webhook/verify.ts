import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SignatureClaim } from './signature';

/** What {@link verifySignature} finds. `noSecret` means that nobody set one, so that nothing can verify. */
export type Verification = { ok: true } | { ok: false; problem: 'noSecret' | 'wrongSignature' };

/** Marks a secret of Svix and Standard Webhooks; by itself it is known to everybody, and no secret. */
const SECRET_PREFIX = 'whsec_';

/**
 * Says whether a delivery was signed by somebody who knows one of the secrets. Every claim must hold;
 * for each, one of its signatures must be right under one of the secrets (two during a rotation).
 *
 * Follows SendPilot's webhook page, Svix's page on manual verification, the Standard Webhooks spec.
 *
 * @param claims what `readSignature` read from the headers
 * @param rawBody the bytes as they came: JSON that was parsed and written again has other bytes
 * @param secrets as people paste them; blank ones, and those that stand for no byte, are left out, and
 * never verify anything
 */
export function verifySignature(
	claims: readonly SignatureClaim[],
	rawBody: Uint8Array,
	secrets: ReadonlyArray<string | undefined>,
): Verification {
	const usable = secrets
		.map((secret) => (secret ?? '').trim())
		.filter((secret) => standardKey(secret).length > 0);
	if (usable.length === 0) return { ok: false, problem: 'noSecret' };

	const genuine =
		claims.length > 0 &&
		claims.every((claim) => usable.some((secret) => holds(claim, rawBody, secret)));
	return genuine ? { ok: true } : { ok: false, problem: 'wrongSignature' };
}

function holds(claim: SignatureClaim, rawBody: Uint8Array, secret: string): boolean {
	const [key, prefix] =
		claim.scheme === 'hex'
			? [Buffer.from(secret), `${claim.timestamp}.`]
			: [standardKey(secret), `${claim.id}.${claim.timestamp}.`];
	const expected = createHmac('sha256', key).update(prefix).update(rawBody).digest();
	return claim.signatures.some((signature) => timingSafeEqual(signature, expected));
}

/**
 * The bytes that base64 stands for after the prefix. What an encoder would not have written is taken
 * as it stands, as one receiver of SendPilot's webhooks does.
 */
function standardKey(secret: string): Buffer {
	const text = secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret;
	const bytes = Buffer.from(text, 'base64');
	return withoutPadding(bytes.toString('base64')) === withoutPadding(text)
		? bytes
		: Buffer.from(text);
}

function withoutPadding(base64: string): string {
	return base64.replace(/={1,2}$/, '');
}
