import fc from 'fast-check';
import { callOnce, classifyError, type HttpCall } from '../../../sendpilot/http';

interface Nested {
	name?: string;
	code?: unknown;
	syscall?: string;
	cause?: unknown;
	errorResponse?: unknown;
	errors?: unknown[];
}

/** An error as node throws it. */
const error = (more: Nested) => Object.assign(new Error('Something broke'), more);

/** The same inside of what axios and n8n make of it. */
const wrapped = (inner: Nested) =>
	error({ name: 'NodeApiError', errorResponse: error({ code: inner.code, cause: error(inner) }) });

const failureOf = (thrown: unknown) => classifyError(thrown).failure;

describe('a call that ended without an answer', () => {
	it.each([
		// There was no connection, so SendPilot has seen nothing.
		['unreachable', { code: 'ECONNREFUSED', syscall: 'connect' }],
		['unreachable', { code: 'EHOSTUNREACH', syscall: 'connect' }],
		['unreachable', { code: 'ENETUNREACH', syscall: 'connect' }],
		['unreachable', { code: 'EHOSTDOWN', syscall: 'connect' }],
		['unreachable', { code: 'ENETDOWN', syscall: 'connect' }],
		['unreachable', { code: 'EADDRNOTAVAIL', syscall: 'connect' }],
		['unreachable', { code: 'ETIMEDOUT', syscall: 'connect' }],
		['unreachable', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }],
		['unreachable', { code: 'EAI_AGAIN', syscall: 'getaddrinfo' }],
		['unreachable', { code: 'EAI_FAIL' }],
		['unreachable', { code: 'UND_ERR_CONNECT_TIMEOUT' }],

		// The call was refused on this side.
		['unsendable', { code: 'CERT_HAS_EXPIRED' }],
		['unsendable', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }],
		['unsendable', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }],
		['unsendable', { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }],
		['unsendable', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }],
		['unsendable', { code: 'ERR_INVALID_CHAR' }],
		['unsendable', { code: 'ERR_INVALID_URL' }],
		['unsendable', { name: 'SsrfBlockedIpError' }],
		['unsendable', { name: 'SsrfBlockedHostnameError' }],

		// The request may have got through.
		['timeout', { code: 'ECONNABORTED' }],
		['timeout', { code: 'ETIMEDOUT' }],
		['timeout', { code: 'ETIMEDOUT', syscall: 'read' }],
		['timeout', { code: 'ESOCKETTIMEDOUT' }],
		['timeout', { code: 'UND_ERR_HEADERS_TIMEOUT' }],
		['cancelled', { code: 'ERR_CANCELED' }],
		['cancelled', { code: 'ABORT_ERR' }],
		['cancelled', { name: 'AbortError' }],
		['cancelled', { name: 'CanceledError' }],
		['lost', { code: 'ECONNRESET', syscall: 'read' }],
		['lost', { code: 'EPIPE', syscall: 'write' }],
		['lost', { code: 'ERR_BAD_RESPONSE' }],
		['lost', { code: 'HPE_INVALID_CONSTANT' }],
		['lost', { code: 'EPROTO' }],
		['lost', {}],
	] as const)('is %s: %j, bare or wrapped', (failure, inner) => {
		expect(failureOf(error(inner))).toBe(failure);
		expect(failureOf(wrapped(inner))).toBe(failure);
	});

	it.each(['EHOSTUNREACH', 'ENETUNREACH', 'ECONNREFUSED', 'EHOSTDOWN', 'ENETDOWN'])(
		'is lost where a connection that stood breaks by %s, as the message may be through',
		(code) => {
			for (const syscall of ['read', 'write', undefined]) {
				expect(failureOf(error({ code, syscall }))).toBe('lost');
				expect(failureOf(wrapped({ code, syscall }))).toBe('lost');
			}
		},
	);

	it('is unreachable where node tried several addresses of the host', () => {
		const one = error({ code: 'ECONNREFUSED', syscall: 'connect' });
		const all = Object.assign(new AggregateError([one, one]), { code: 'ECONNREFUSED' });
		expect(classifyError(error({ cause: all }))).toEqual({
			failure: 'unreachable',
			code: 'ECONNREFUSED',
		});
	});

	it('is cancelled before anything else, as the request may have been under way', () => {
		const refused = error({ code: 'ECONNREFUSED', syscall: 'connect' });
		expect(failureOf(error({ code: 'ERR_CANCELED', cause: refused }))).toBe('cancelled');
	});

	it.each([
		[error({ code: 'ECONNRESET' }), 'ECONNRESET'],
		[error({ cause: error({ code: 'EPIPE' }) }), 'EPIPE'],
		[error({ code: 500 }), 'unknown'],
		['a text', 'unknown'],
		[undefined, 'unknown'],
		[null, 'unknown'],
	])('is lost, and says by which code where there is one (%#)', (thrown, code) => {
		expect(classifyError(thrown)).toEqual({ failure: 'lost', code });
	});

	it('copes with an error that is its own cause', () => {
		const endless = error({ code: 'ODD' });
		endless.cause = endless;
		expect(classifyError(endless)).toEqual({ failure: 'lost', code: 'ODD' });
	});
});

/** Errors of any depth, of codes and system calls in any combination. */
const { errors } = fc.letrec<{ errors: Nested }>((tie) => ({
	errors: fc.record(
		{
			code: fc.constantFrom('EHOSTUNREACH', 'ECONNRESET', 'ETIMEDOUT', 'ECONNREFUSED', 7, ''),
			syscall: fc.constantFrom('read', 'write'),
			cause: tie('errors'),
			errorResponse: tie('errors'),
			errors: fc.array(tie('errors'), { maxLength: 2 }),
		},
		{ requiredKeys: [] },
	),
}));

describe('whatever is thrown', () => {
	it('without a failed attempt to connect, it is never taken for proof that nothing was sent', () => {
		fc.assert(
			fc.property(errors, (thrown) => {
				expect(['lost', 'timeout']).toContain(failureOf(thrown));
			}),
		);
	});

	it('a call gives its end back and never throws', async () => {
		await fc.assert(
			fc.asyncProperty(fc.anything(), async (thrown) => {
				const http: HttpCall = async () => await Promise.reject(thrown);
				const result = await callOnce(http, {
					method: 'POST',
					effect: 'reachesPerson',
					path: '/v1/inbox/send',
				});
				expect(result).toMatchObject({ kind: 'failure', code: expect.any(String) });
			}),
		);
	});
});

it('a call that is answered gives the answer, whatever its status', async () => {
	const answer = { status: 500, headers: {}, body: 'broken' };
	const result = await callOnce(async () => answer, {
		method: 'GET',
		effect: 'read',
		path: '/v1/campaigns',
	});
	expect(result).toEqual({ kind: 'answer', answer });
});
