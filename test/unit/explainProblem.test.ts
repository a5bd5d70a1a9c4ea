import { jobFailed, SEARCH } from '../../nodes/SendPilot/job/kinds';
import { explainProblem } from '../../nodes/shared/explainProblem';

/** Enough of a message for everything around SendPilot's words, in characters. */
const AROUND = 200;

describe("SendPilot's own words", () => {
	it('come without the full stop at their end', () => {
		const { what } = explainProblem({ reason: 'declined', said: ['No', 'not now. \n.'] });
		expect(what).toBe('SendPilot reports that it did not do this: No; not now');
	});

	it('are cut where there are too many', () => {
		const said = Array.from({ length: 1_000 }, (_, index) => `leads.${index}.email is bad`);
		const { what } = explainProblem({ reason: 'invalid', status: 400, said });
		expect(what).toMatch(
			/^SendPilot rejected the request: leads\.0\.email is bad; .*… \(HTTP 400\)$/,
		);
		expect(what.length).toBeLessThan(2_000 + AROUND);
	});

	it('about a job that failed are cut and end the same', () => {
		const failed = (error_message: string) =>
			jobFailed(SEARCH, { id: 'a', status: 'failed', error_message }).what;
		expect(failed('No provider. \n')).toBe('the search a failed: No provider');
		expect(failed(' . ')).toBe('the search a failed: SendPilot does not say why');
		expect(failed('x'.repeat(100_000)).length).toBeLessThan(2_000 + AROUND);
	});
});
