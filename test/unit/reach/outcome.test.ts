import {
	FAILURE_REASONS,
	notTried,
	outcomeOf,
	type Failure,
} from '../../../nodes/shared/reach/outcome';
import { MESSAGE_WORDS } from '../../../nodes/shared/reach/peopleWords';
import type { DeliveryProblem } from '../../../sendpilot/delivery';
import { PROBLEM_REASONS } from '../../../sendpilot/problem';

function failureOf(outcome: 'notSent' | 'uncertain', problem: Partial<DeliveryProblem>): Failure {
	const whole: DeliveryProblem = { reason: 'invalid', step: 'send', said: [], ...problem };
	return (outcomeOf({ outcome, problem: whole }, MESSAGE_WORDS) as { failure: Failure }).failure;
}

describe('what the user reads of a message that was not sent, or may not have been', () => {
	it.each(PROBLEM_REASONS)('says whether it went out, and what happened (%s)', (reason) => {
		const notSent = failureOf('notSent', { reason });
		expect(notSent.message).toMatch(/^Message not sent: [A-Z].*[^.\s]$/);
		expect(notSent.fix).toMatch(/^$|^[A-Z].*\.$/);

		const uncertain = failureOf('uncertain', { reason });
		expect(uncertain.message).toMatch(/^Message may have been sent: [A-Z].*[^.\s]$/);
	});

	it.each<[string, Partial<DeliveryProblem>, string]>([
		[
			'with SendPilot’s own words and the status',
			{ status: 400, said: ['Odd text.', 'Odd sender.'] },
			'Message not sent: SendPilot rejected the request: Odd text.; Odd sender (HTTP 400)',
		],
		[
			'with the status alone where SendPilot says nothing',
			{ reason: 'forbidden', status: 403 },
			'Message not sent: SendPilot denied access (HTTP 403)',
		],
		[
			'with the step before the message, if that failed',
			{ reason: 'serverError', status: 500, step: 'readLead' },
			'Message not sent: The lead could not be read. SendPilot answered with a server error (HTTP 500)',
		],
		[
			'with what a lead lacks that could be read',
			{ reason: 'leadWithoutSender', step: 'readLead' },
			'Message not sent: This lead has no sender in SendPilot',
		],
		[
			'with an earlier message that failed for the same reason',
			{ reason: 'dailyQuota', status: 429, inherited: true },
			"Message not sent: An earlier message failed for a reason that also applies here. The sender has reached today's LinkedIn message limit (HTTP 429)",
		],
		[
			'with the wrong address, if the server does not know the call',
			{ reason: 'notFound', status: 404, said: ['Cannot POST /v1/inbox/send'] },
			'Message not sent: The server does not have this part of the SendPilot API',
		],
	])('%s', (_name, problem, message) => {
		expect(failureOf('notSent', problem).message).toBe(message);
	});

	it('tells people without a connection how to get one, and what to wait for', () => {
		const { fix } = failureOf('notSent', { reason: 'notFirstDegree', status: 400 });
		expect(fix).toMatch(/invitation/);
		expect(fix).toContain('Connection Request Accepted');
	});

	it('says how long SendPilot asks to wait, in seconds', () => {
		const { fix } = failureOf('notSent', { reason: 'rateLimited', retryAfterMs: 89_001 });
		expect(fix).toContain('SendPilot asks to wait 90 seconds.');
	});

	it('names the network error outside the message, where n8n does not replace it', () => {
		const failure = failureOf('notSent', { reason: 'unreachable', code: 'ECONNREFUSED' });
		expect(failure.message).not.toContain('ECONNREFUSED');
		expect(failure.fix).toContain('Network error: ECONNREFUSED.');
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

it('an item that was not tried says what to fix', () => {
	const explanation = { what: 'the message is empty', next: 'Write one.' };
	expect(notTried('invalidInput', explanation, MESSAGE_WORDS)).toEqual({
		failure: {
			delivery: 'notSent',
			reason: 'invalidInput',
			message: 'Message not sent: the message is empty',
			fix: 'Write one.',
		},
	});
});

it('no reason is listed twice', () => {
	expect(new Set(FAILURE_REASONS).size).toBe(FAILURE_REASONS.length);
});
