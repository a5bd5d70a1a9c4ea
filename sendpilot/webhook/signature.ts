import { valuesOf, type RequestHeaders } from './headers';

/** How far a delivery's clock may be from ours, in seconds: what Svix and Standard Webhooks use. */
export const DEFAULT_TOLERANCE_SECONDS = 300;

/** What the headers of a delivery claim; nothing of it is true before `verifySignature` says so. */
export type SignatureClaim = {
	/** When this attempt was signed, in Unix seconds. */
	timestamp: number;
	/** HMAC-SHA256 digests of 32 bytes, at least one; one that is right is enough. */
	signatures: Buffer[];
} & (
	| {
			/** The hex scheme of SendPilot's docs. */
			scheme: 'hex';
	  }
	| {
			/** The scheme of Svix and Standard Webhooks. */
			scheme: 'standard';
			/** Of the webhook message; stays the same over all attempts. */
			id: string;
	  }
);

/**
 * Why a delivery is refused without a look at the secret: no signature header at all, one of three
 * missing, headers that say different things, a header of unknown form, a time too far in the past
 * (`stale`) or in the future (`early`).
 */
export type SignatureProblem =
	| 'unsigned'
	| 'incomplete'
	| 'contradicting'
	| 'unreadable'
	| 'stale'
	| 'early';

/** What {@link readSignature} makes of the headers. */
export type SignatureReading =
	| { ok: true; claims: [SignatureClaim, ...SignatureClaim[]] }
	| { ok: false; problem: SignatureProblem };

/** What the time of a delivery is held against. */
export interface SignatureClock {
	/** Unix time in ms. */
	nowMs: number;
	/** Allowed in either direction; anything but a number allows nothing. */
	toleranceSeconds: number;
}

/** Unix seconds up to the year 2286, in the one form that a sender writes. */
const UNIX_SECONDS = /^[1-9][0-9]{0,9}$/;
/** Without the full stop that parts id, time and body, so that none can pass for another. */
const MESSAGE_ID = /^[!-+\-/-~]{1,256}$/;
/** 32 bytes, in the one form that an encoder writes: a changed character never gives the same bytes. */
const HEX_DIGEST = /^[0-9a-f]{64}$/;
const BASE64_DIGEST = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;

/** Where the values of a repeated header were joined: ids and times hold no comma, ... */
const COMMA = /,/;
/** ... and each value of a signature header begins with its version. */
const COMMA_BEFORE_VERSION = /,\s*(?=v1,)/;

/**
 * Reads who signed a delivery, and when, from its headers, and refuses all that can be refused
 * without the secret. Fails closed: what is there must be whole, readable and of one mind.
 *
 * A delivery may carry `svix-*` and `webhook-*` side by side, as senders do while they change
 * schemes. Then each is a claim of its own, both must name one id and one time, and both must verify.
 *
 * Follows SendPilot's webhook page, Svix's page on manual verification, the Standard Webhooks spec.
 *
 * @param headers of the HTTP request
 * @returns the claims to verify, or the problem; never throws
 */
export function readSignature(headers: RequestHeaders, clock: SignatureClock): SignatureReading {
	const claims: SignatureClaim[] = [];
	for (const family of ['svix', 'webhook'] as const) {
		const claim = readFamily(headers, family);
		if (typeof claim === 'string') return no(claim);
		if (claim) claims.push(claim);
	}
	const [first, ...others] = claims;
	if (!first) return no('unsigned');
	if (!agree(claims)) return no('contradicting');

	const ageSeconds = Math.floor(clock.nowMs / 1_000) - first.timestamp;
	if (!(ageSeconds <= clock.toleranceSeconds)) return no('stale');
	if (!(-ageSeconds <= clock.toleranceSeconds)) return no('early');
	return { ok: true, claims: [first, ...others] };
}

/** @returns undefined where the delivery has no header of this family */
function readFamily(
	headers: RequestHeaders,
	family: 'svix' | 'webhook',
): SignatureClaim | SignatureProblem | undefined {
	const ids = valuesOf(headers, `${family}-id`, COMMA);
	const timestamps = valuesOf(headers, `${family}-timestamp`, COMMA);
	const signatures = valuesOf(headers, `${family}-signature`, COMMA_BEFORE_VERSION);
	const most = Math.max(ids.length, timestamps.length, signatures.length);
	if (most === 0) return undefined;
	if (most > 1) return 'contradicting';

	const [id] = ids;
	const [timestamp] = timestamps;
	const [signature] = signatures;
	if (signature === undefined) return 'incomplete';
	if (id !== undefined && timestamp !== undefined) return readStandard(id, timestamp, signature);
	const alone = id === undefined && timestamp === undefined;
	return alone && family === 'webhook' ? readHex(signature) : 'incomplete';
}

/** A list of `version,digest`, parted by spaces; other versions than v1 are not for us. */
function readStandard(
	id: string,
	timestamp: string,
	list: string,
): SignatureClaim | SignatureProblem {
	const signatures = textsAfter('v1,', list.split(' '))
		.filter((text) => BASE64_DIGEST.test(text))
		.map((text) => Buffer.from(text, 'base64'));
	if (!MESSAGE_ID.test(id) || !UNIX_SECONDS.test(timestamp)) return 'unreadable';
	if (signatures.length === 0) return 'unreadable';
	return { scheme: 'standard', id, timestamp: Number(timestamp), signatures };
}

/** `v1,t=<Unix seconds>,s=<hex>`; several `s` are taken, because rotation is not documented. */
function readHex(header: string): SignatureClaim | SignatureProblem {
	const [version, ...fields] = header.split(',').map((part) => part.trim());
	const [timestamp = '', ...others] = new Set(textsAfter('t=', fields));
	if (others.length > 0) return 'contradicting';
	const signatures = textsAfter('s=', fields)
		.filter((text) => HEX_DIGEST.test(text))
		.map((text) => Buffer.from(text, 'hex'));
	if (version !== 'v1' || !UNIX_SECONDS.test(timestamp)) return 'unreadable';
	if (signatures.length === 0) return 'unreadable';
	return { scheme: 'hex', timestamp: Number(timestamp), signatures };
}

function textsAfter(prefix: string, parts: string[]): string[] {
	return parts.filter((part) => part.startsWith(prefix)).map((part) => part.slice(prefix.length));
}

function agree(claims: SignatureClaim[]): boolean {
	const timestamps = new Set(claims.map((claim) => claim.timestamp));
	const ids = new Set(claims.flatMap((claim) => (claim.scheme === 'standard' ? claim.id : [])));
	return timestamps.size <= 1 && ids.size <= 1;
}

function no(problem: SignatureProblem): SignatureReading {
	return { ok: false, problem };
}
