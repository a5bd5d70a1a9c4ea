import { answerOf } from '../../nodes/shared/connection';

const KEY = 'sp_live_secret';
const echo = { message: `Key ${KEY} is odd`, headers: { 'x-api-key': KEY } };

describe('what an error may quote of an answer', () => {
	it.each([
		['an error', 400, false],
		['a redirect', 302, false],
		['the answer of a call that changes something', 200, true],
		['the answer of such a call that is not JSON', 201, true],
	])('never contains the key: %s', (_what, statusCode, isQuotedAnyway) => {
		for (const body of [echo, `Key ${KEY}`]) {
			const { body: shown } = answerOf({ statusCode, headers: {}, body }, KEY, isQuotedAnyway);
			expect(JSON.stringify(shown)).not.toContain(KEY);
			expect(JSON.stringify(shown)).toContain('[API key]');
		}
	});
});
