/**
 * What a call does, which decides whether it may be made again:
 * - `read`: nothing
 * - `repeatable`: something that is the same after a second time, such as pausing a campaign
 * - `once`: something that costs credits each time
 * - `reachesPerson`: a person gets a message or an invitation
 */
export type Effect = 'read' | 'repeatable' | 'once' | 'reachesPerson';

/** One call of the SendPilot API, without base URL and key; those are added when it is made. */
export interface HttpRequest {
	method: 'GET' | 'POST' | 'PATCH';
	effect: Effect;
	/** Begins with `/v1/`; ids in it are already encoded. */
	path: string;
	query?: Record<string, string | number | boolean>;
	body?: object;
}

/** What came back, whatever its status; `body` is parsed JSON, or the text if it was not JSON. */
export interface HttpAnswer {
	status: number;
	/** Names in lower case. */
	headers: Readonly<Record<string, unknown>>;
	body: unknown;
}

/**
 * Makes exactly one HTTP call: no retries, no redirects followed. Resolves with every answer that has
 * a status; rejects only if no complete answer came back.
 */
export type HttpCall = (request: HttpRequest) => Promise<HttpAnswer>;

/**
 * How a call can end without an answer:
 * - `unreachable`: no connection was made, so SendPilot has seen nothing, and a later try may succeed
 * - `unsendable`: the call was refused on this side (certificate, forbidden address, malformed header)
 * - `notStarted`: the work was cancelled before the call
 * - `timeout`, `lost`, `cancelled`: the call was under way, and what SendPilot did with it is unknown
 */
export const CALL_FAILURES = [
	'unreachable',
	'unsendable',
	'notStarted',
	'timeout',
	'lost',
	'cancelled',
] as const;

/** See {@link CALL_FAILURES}. */
export type CallFailure = (typeof CALL_FAILURES)[number];

/** The end of one call. */
export type CallResult =
	| { kind: 'answer'; answer: HttpAnswer }
	| { kind: 'failure'; failure: CallFailure; code: string };

/** Codes that only occur while connecting. */
const UNREACHABLE = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'UND_ERR_CONNECT_TIMEOUT']);

/**
 * Codes that occur while connecting, but also when a connection breaks later: when the route
 * to the server vanishes, Linux reports that instead of a timeout. Only the system call tells them apart.
 */
const NO_CONNECTION = new Set([
	'ECONNREFUSED',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EHOSTDOWN',
	'ENETDOWN',
	'EADDRNOTAVAIL',
	'ETIMEDOUT',
]);

const UNSENDABLE = new Set([
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'CERT_UNTRUSTED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'ERR_INVALID_CHAR',
	'ERR_INVALID_URL',
	'ERR_INVALID_PROTOCOL',
	'ERR_UNESCAPED_CHARACTERS',
	'SsrfBlockedIpError',
	'SsrfBlockedHostnameError',
]);

const TIMEOUTS = new Set([
	'ECONNABORTED',
	'ETIMEDOUT',
	'ESOCKETTIMEDOUT',
	'UND_ERR_HEADERS_TIMEOUT',
]);
const CANCELLED = new Set(['ERR_CANCELED', 'ABORT_ERR', 'AbortError', 'CanceledError']);

/** How deep n8n, axios and Node nest errors, with room to spare. */
const MAX_CAUSES = 10;

/**
 * Makes one call and classifies how it ended.
 *
 * @returns the answer, or why there is none; never throws
 */
export async function callOnce(http: HttpCall, request: HttpRequest): Promise<CallResult> {
	try {
		return { kind: 'answer', answer: await http(request) };
	} catch (error) {
		return { kind: 'failure', ...classifyError(error) };
	}
}

/**
 * Tells from an error, and from the errors that it wraps, whether the call can have reached SendPilot. An
 * error that proves nothing counts as `lost`, which is the safe answer.
 */
export function classifyError(error: unknown): { failure: CallFailure; code: string } {
	const chain = causes(error);
	const has = (codes: ReadonlySet<string>) => chain.find(({ code }) => codes.has(code))?.code;

	const cancelled = has(CANCELLED);
	if (cancelled) return { failure: 'cancelled', code: cancelled };
	const unsendable = has(UNSENDABLE);
	if (unsendable) return { failure: 'unsendable', code: unsendable };
	const unreachable = has(UNREACHABLE) ?? chain.find(didNotConnect)?.code;
	if (unreachable) return { failure: 'unreachable', code: unreachable };
	const timeout = has(TIMEOUTS);
	if (timeout) return { failure: 'timeout', code: timeout };
	return { failure: 'lost', code: chain.find(({ code }) => code !== '')?.code ?? 'unknown' };
}

interface Cause {
	code: string;
	syscall: unknown;
}

function didNotConnect({ code, syscall }: Cause): boolean {
	return NO_CONNECTION.has(code) && syscall === 'connect';
}

function causes(error: unknown): Cause[] {
	const chain: Cause[] = [];
	let level = error;
	while (isObject(level) && chain.length < MAX_CAUSES) {
		const name = typeof level.name === 'string' ? level.name : '';
		const isTelling = CANCELLED.has(name) || UNSENDABLE.has(name);
		const code = typeof level.code === 'string' ? level.code : isTelling ? name : '';
		chain.push({ code, syscall: level.syscall });
		level = level.cause ?? level.errorResponse ?? firstOf(level.errors);
	}
	return chain;
}

/** Node tries all addresses of a host and wraps what each of them answered. */
function firstOf(errors: unknown): unknown {
	return Array.isArray(errors) ? errors[0] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
