import { explainedAs } from '../../nodes/shared/explainedAs';
import { ExplainedError } from '../../nodes/shared/explanation';
import { SendPilotError, type Problem } from '../../sendpilot/problem';

const NOT_FOUND: Problem = { reason: 'notFound', status: 404, said: ['Search not found'] };
const WORDS = {
	notFound: { what: 'There is no such search', next: 'Check the ID.' },
	forbidden: { next: 'Choose another plan.' },
};
const explain = (problem: Problem) => explainedAs(new SendPilotError(problem), WORDS);

it('a problem is explained in the words of an operation, with those of SendPilot', () => {
	expect(explain(NOT_FOUND)).toMatchObject({
		what: 'There is no such search: Search not found (HTTP 404)',
		next: 'Check the ID.',
		about: { reason: 'notFound', status: 404 },
	});
});

it('an operation can know better only what to do', () => {
	const problem: Problem = { reason: 'forbidden', status: 403, said: ['Not in your plan'] };
	expect(explain(problem)).toMatchObject({
		what: 'SendPilot denied access: Not in your plan (HTTP 403)',
		next: 'Choose another plan.',
	});
});

it.each<[string, Error]>([
	['a problem without words', new SendPilotError({ reason: 'timeout', said: [] })],
	['a wrong base URL', new SendPilotError({ ...NOT_FOUND, said: ['Cannot GET /v1/x'] })],
	['a missing part of the API', new SendPilotError({ ...NOT_FOUND, said: ['Cannot PATCH /v1/x'] })],
	[
		'a missing scope',
		new SendPilotError({ reason: 'forbidden', said: ['Missing scope leads:read'] }),
	],
	['a field', new ExplainedError('the field is empty', 'Fill it in.')],
	['anything else', new Error('odd')],
])('the error for %s stays as it is', (_, error) => {
	expect(explainedAs(error, WORDS)).toBe(error);
});
