import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SignatureClaim } from './signature';

/** The result of {@link verifySignature}. `noSecret`: none is set, so nothing can be verified. */
export type Verification = { ok: true } | { ok: false; problem: 'noSecret' | 'wrongSignature' };

/** The prefix of Svix and Standard Webhooks secrets. Everyone knows it, so it is not a secret by itself. */
const SECRET_PREFIX = 'whsec_';

/**
 * Checks whether a delivery was signed with one of the secrets. Every claim must be valid; a claim is
 * valid if one of its signatures matches one of the secrets (there are two during a rotation).
 *
 * Follows SendPilot's webhook page, Svix's page on manual verification, the Standard Webhooks spec.
 *
 * @param claims what `readSignature` read from the headers
 * @param rawBody the original bytes: JSON that was parsed and serialised again has different ones
 * @param secrets as people paste them; blank secrets, and those that decode to no bytes, are skipped and
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

	const isGenuine =
		claims.length > 0 &&
		claims.every((claim) => usable.some((secret) => isValid(claim, rawBody, secret)));
	return isGenuine ? { ok: true } : { ok: false, problem: 'wrongSignature' };
}

function isValid(claim: SignatureClaim, rawBody: Uint8Array, secret: string): boolean {
	const [key, prefix] =
		claim.scheme === 'hex'
			? [Buffer.from(secret), `${claim.timestamp}.`]
			: [standardKey(secret), `${claim.id}.${claim.timestamp}.`];
	const expected = createHmac('sha256', key).update(prefix).update(rawBody).digest();
	return claim.signatures.some((signature) => timingSafeEqual(signature, expected));
}

/**
 * Decodes the base64 after the prefix. Anything that is not canonical base64 is used as plain text, as
 * one receiver of SendPilot's webhooks does.
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
