import type { INode } from 'n8n-workflow';
import {
	errorOf,
	notTried,
	outcomeOf,
	UNCERTAIN_ADVICE,
	type Failure,
} from '../../../nodes/shared/send/outcome';
import type { DeliveryProblem } from '../../../sendpilot/delivery';
import type { ProblemReason } from '../../../sendpilot/problem';

const NODE = { id: '1', name: 'Send', type: 'test', typeVersion: 1 } as INode;

function failureOf(outcome: 'notSent' | 'uncertain', problem: Partial<DeliveryProblem>): Failure {
	const whole: DeliveryProblem = { reason: 'invalid', step: 'send', said: [], ...problem };
	return (outcomeOf({ outcome, problem: whole }) as { failure: Failure }).failure;
}

const REASONS: ProblemReason[] = [
	'invalid',
	'unauthorized',
	'forbidden',
	'notFound',
	'rateLimited',
	'dailyQuota',
	'declined',
	'serverError',
	'redirected',
	'unreadable',
	'leadWithoutProfile',
	'leadWithoutSender',
	'interrupted',
	'unreachable',
	'unsendable',
	'notStarted',
	'timeout',
	'lost',
	'cancelled',
];

describe('what the user reads of a message that brought no success', () => {
	it.each(REASONS)('says what happened, whether it went out, and what to do (%s)', (reason) => {
		const notSent = failureOf('notSent', { reason });
		expect(notSent.message).toMatch(/^Message not sent: [A-Z].*[^.\s]$/);
		expect(notSent.description).toMatch(/^[A-Z].*\.$/);

		const uncertain = failureOf('uncertain', { reason });
		expect(uncertain.message).toMatch(/^Message may have been sent: [A-Z].*[^.\s]$/);
		expect(uncertain.description.startsWith(UNCERTAIN_ADVICE)).toBe(true);
		expect(uncertain.description).toMatch(/[^.\s]\.$/);
	});

	it.each<[string, Partial<DeliveryProblem>, string]>([
		[
			'with SendPilot’s own words and the status',
			{ status: 400, said: ['Not connected.', 'Odd sender.'] },
			'Message not sent: SendPilot refused the request: Not connected.; Odd sender (HTTP 400)',
		],
		[
			'with the status alone where SendPilot says nothing',
			{ reason: 'forbidden', status: 403 },
			'Message not sent: SendPilot does not permit this (HTTP 403)',
		],
		[
			'with the step before the message, where that failed',
			{ reason: 'serverError', status: 500, step: 'readLead' },
			'Message not sent: The lead could not be read. SendPilot answered with a server error (HTTP 500)',
		],
		[
			'with what the lead lacks, which could be read',
			{ reason: 'leadWithoutSender', step: 'readLead' },
			'Message not sent: SendPilot names no sender for this lead',
		],
		[
			'with another message that met the problem first',
			{ reason: 'dailyQuota', status: 429, inherited: true },
			'Message not sent: An earlier message of this run met a problem that concerns this one too. The sender has used up its LinkedIn messages of today (HTTP 429)',
		],
		[
			'with the wrong address, where the server does not know the call',
			{ reason: 'notFound', status: 404, said: ['Cannot POST /v1/inbox/send'] },
			'Message not sent: The server does not know this call of the SendPilot API',
		],
	])('%s', (_name, problem, message) => {
		expect(failureOf('notSent', problem).message).toBe(message);
	});

	it('names the wait that SendPilot asks for, in seconds', () => {
		const { description } = failureOf('notSent', { reason: 'rateLimited', retryAfterMs: 89_001 });
		expect(description).toContain('SendPilot asks to wait 90 seconds.');
	});

	it('names the network error beside the message, where n8n leaves it alone', () => {
		const failure = failureOf('notSent', { reason: 'unreachable', code: 'ECONNREFUSED' });
		expect(failure.message).not.toContain('ECONNREFUSED');
		expect(failure.description).toContain('Network error: ECONNREFUSED.');
	});

	it('carries the reason, the delivery and the status for workflows', () => {
		expect(failureOf('uncertain', { reason: 'serverError', status: 502 })).toMatchObject({
			delivery: 'uncertain',
			reason: 'serverError',
			httpStatus: 502,
		});
		expect(failureOf('notSent', { reason: 'unreachable' })).not.toHaveProperty('httpStatus');
	});
});

describe('the error of a run that stops', () => {
	const failure = failureOf('notSent', { status: 400, said: ['getaddrinfo ENOTFOUND'] });

	it('is n8n’s, with our texts, its item, the status and what became of the others', () => {
		const error = errorOf(NODE, failure, 3, 'Of 5 items, sent: 0–2.');
		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: failure.message,
			description: `${failure.description} Of 5 items, sent: 0–2.`,
			httpCode: '400',
			context: { itemIndex: 3 },
		});
	});

	it('holds no text of n8n’s where SendPilot quotes a network error', () => {
		expect(errorOf(NODE, failure, 0, '').message).toContain('getaddrinfo ENOTFOUND');
	});

	it('has no status where no answer came', () => {
		const lost = failureOf('uncertain', { reason: 'lost', code: 'ECONNRESET' });
		expect(errorOf(NODE, lost, 0, '')).toMatchObject({ httpCode: null, message: lost.message });
	});

	it.each(['invalidInput', 'notConnected'])('is about the node itself for %s', (reason) => {
		const { failure: own } = notTried(reason, 'the message is empty', 'Write one.');
		expect(errorOf(NODE, own, 0, '')).toMatchObject({
			name: 'NodeOperationError',
			message: 'Message not sent: the message is empty',
			description: 'Write one.',
		});
	});
});
