import { valuesOf, type RequestHeaders } from './headers';

/** How far a delivery's clock may differ from ours, in seconds: the default of Svix and Standard Webhooks. */
export const DEFAULT_TOLERANCE_SECONDS = 300;

/** What the headers of a delivery claim. None of it can be trusted until `verifySignature` confirms it. */
export type SignatureClaim = {
	/** When this attempt was signed, in Unix seconds. */
	timestamp: number;
	/** HMAC-SHA256 digests of 32 bytes, at least one. One correct digest is enough. */
	signatures: Buffer[];
} & (
	| {
			/** The hex scheme of SendPilot's docs. */
			scheme: 'hex';
	  }
	| {
			/** The scheme of Svix and Standard Webhooks. */
			scheme: 'standard';
			/** The id of the webhook message; the same for all attempts. */
			id: string;
	  }
);

/**
 * Why a delivery is rejected before the secret is needed: no signature header at all, one of the three
 * missing, headers that contradict each other, a header of unknown form, or a time too far in the past
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

/** What the time of a delivery is compared with. */
export interface SignatureClock {
	/** Unix time in ms. */
	nowMs: number;
	/** Allowed in both directions. If it is not a number, nothing is allowed. */
	toleranceSeconds: number;
}

/** Unix seconds up to the year 2286, in their only canonical form. */
const UNIX_SECONDS = /^[1-9][0-9]{0,9}$/;
/** No full stop: it separates id, time and body, so none of them can pass for another. */
const MESSAGE_ID = /^[!-+\-/-~]{1,256}$/;
/** 32 bytes in their only canonical form, so a changed character always means different bytes. */
const HEX_DIGEST = /^[0-9a-f]{64}$/;
const BASE64_DIGEST = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;

/** Where the values of a repeated header were joined: ids and times contain no comma, ... */
const COMMA = /,/;
/** ... and each value of a signature header starts with its version. */
const COMMA_BEFORE_VERSION = /,\s*(?=v1,)/;

/**
 * Reads from the headers of a delivery how and when it was signed, and rejects whatever can be rejected
 * without the secret. It fails closed: the headers must be complete, readable and consistent.
 *
 * A delivery may have both `svix-*` and `webhook-*` headers, as while a sender changes schemes. Each
 * family is then a separate claim; both must have the same id and time, and both must verify.
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
		if (typeof claim === 'string') return failed(claim);
		if (claim) claims.push(claim);
	}
	const [first, ...others] = claims;
	if (!first) return failed('unsigned');
	if (!agree(claims)) return failed('contradicting');

	const ageSeconds = Math.floor(clock.nowMs / 1_000) - first.timestamp;
	if (!(ageSeconds <= clock.toleranceSeconds)) return failed('stale');
	if (!(-ageSeconds <= clock.toleranceSeconds)) return failed('early');
	return { ok: true, claims: [first, ...others] };
}

/** @returns undefined if the delivery has no header of this family */
function readFamily(
	headers: RequestHeaders,
	family: 'svix' | 'webhook',
): SignatureClaim | SignatureProblem | undefined {
	const ids = valuesOf(headers, `${family}-id`, COMMA);
	const timestamps = valuesOf(headers, `${family}-timestamp`, COMMA);
	const signatures = valuesOf(headers, `${family}-signature`, COMMA_BEFORE_VERSION);
	const maxValues = Math.max(ids.length, timestamps.length, signatures.length);
	if (maxValues === 0) return undefined;
	if (maxValues > 1) return 'contradicting';

	const [id] = ids;
	const [timestamp] = timestamps;
	const [signature] = signatures;
	if (signature === undefined) return 'incomplete';
	if (id !== undefined && timestamp !== undefined) return readStandard(id, timestamp, signature);
	const isOnlyHeader = id === undefined && timestamp === undefined;
	return isOnlyHeader && family === 'webhook' ? readHex(signature) : 'incomplete';
}

/** A list of `version,digest`, separated by spaces; versions other than v1 are skipped. */
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

/** `v1,t=<Unix seconds>,s=<hex>`; several `s` are accepted, because rotation is not documented. */
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

function failed(problem: SignatureProblem): SignatureReading {
	return { ok: false, problem };
}
