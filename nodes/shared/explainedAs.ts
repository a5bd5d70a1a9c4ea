import { SendPilotError, type ProblemReason } from '../../sendpilot/problem';
import { evidentExplanation, explainProblem } from './explainProblem';
import { ExplainedError, type Explanation } from './explanation';

/** What an operation knows better than {@link explainProblem} about some problems. */
export type OwnWords = Partial<
	Record<ProblemReason, Pick<Explanation, 'next'> & Partial<Explanation>>
>;

/** What is said of a change whose answer is about something else. */
export const CHANGE_WORDS: OwnWords = {
	contradictory: {
		what: "SendPilot's answer contradicts this change",
		next: 'Check in SendPilot whether it was made. Making it again does no harm.',
	},
};

/**
 * Explains a problem in the words of an operation, if it has any for it. SendPilot's own stay.
 *
 * @returns the error to throw
 */
export function explainedAs(error: unknown, words: OwnWords): unknown {
	if (!(error instanceof SendPilotError)) return error;
	const { problem } = error;
	const own = words[problem.reason];
	if (!own || evidentExplanation(problem)) return error;
	const { what: general } = explainProblem({ reason: problem.reason, said: [] });
	const inOwnWords = { [problem.reason]: { what: general, ...own } };
	return new ExplainedError(explainProblem(problem, inOwnWords).what, own.next, problem);
}
