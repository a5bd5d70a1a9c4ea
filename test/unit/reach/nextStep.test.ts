import { nextStep } from '../../../nodes/shared/reach/nextStep';
import type { Situation } from '../../../nodes/shared/reach/words';
import type { Failure } from '../../../nodes/shared/reach/outcome';
import { MESSAGE_WORDS } from '../../../nodes/shared/reach/peopleWords';

const failure = (delivery: Failure['delivery'], fix = 'Fix the field.'): Failure => ({
	delivery,
	reason: 'invalid',
	message: 'Odd',
	fix,
});

/** What each step must say, and what would have somebody messaged twice. */
const RULES: Record<`${Failure['delivery']} ${Situation}`, { says: RegExp[]; never: RegExp[] }> = {
	'notSent runWithoutSending': {
		says: [/^Fix the field\./, /sent nothing in this execution/, /safe to run the workflow again/],
		never: [],
	},
	'notSent runAfterSending': {
		says: [
			/^Fix the field\./,
			/Executions.*Retry/,
			/nobody who was messaged is messaged again/,
			/Do not run the whole workflow again if texts have changed/,
			/On Error to "Continue \(using error output\)"/,
		],
		never: [/safe/],
	},
	'notSent item': {
		says: [/^Fix the field\./, /only the items whose error starts with "Message not sent"/],
		never: [/safe/, /Retry/],
	},
	'notSent tool': {
		says: [/^Fix the field\./, /safe to call this tool again/, /Do not guess who the recipient is/],
		never: [/Retry/],
	},
	'uncertain runWithoutSending': {
		says: [
			/^Check the conversation/,
			/Only if the message is not there/,
			/to this person alone.*Repeats set to Send Again\. Set that back/,
		],
		never: [/safe/],
	},
	'uncertain runAfterSending': {
		says: [
			/^Check the conversation/,
			/Only if the message is not there/,
			/On Error to "Continue \(using error output\)".*"Retry with currently saved workflow"/,
			/Do not run the whole workflow again/,
		],
		never: [/safe/],
	},
	'notSent subWorkflow': {
		says: [
			/^Fix the field\./,
			/failed execution of this sub-workflow.*Retry/,
			/Do not run or retry the workflow that called it/,
		],
		never: [/safe/],
	},
	'uncertain subWorkflow': {
		says: [
			/^Check the conversation/,
			/Only if the message is not there/,
			/failed execution of this sub-workflow/,
			/Do not run or retry the workflow that called it/,
		],
		never: [/safe/],
	},
	'uncertain item': {
		says: [
			/^Check the conversation/,
			/Only if the message is not there/,
			/to this person alone.*Repeats set to Send Again\. Set that back/,
		],
		never: [/safe/, /Retry/],
	},
	'uncertain tool': {
		says: [/^Do not send it again, not even reworded\./, /check the conversation/],
		never: [/safe/, /call this tool again/],
	},
};

describe('what to do next', () => {
	it.each(Object.entries(RULES))('%s', (name, { says, never }) => {
		const [delivery, situation] = name.split(' ') as [Failure['delivery'], Situation];
		const text = nextStep(failure(delivery), situation, MESSAGE_WORDS);
		for (const pattern of says) expect(text).toMatch(pattern);
		for (const pattern of never) expect(text).not.toMatch(pattern);
		expect(text).toMatch(/\.$/);
	});

	it.each(['item', 'runAfterSending', 'runWithoutSending', 'subWorkflow'] as const)(
		'for a missing connection never has the person messaged in two places (%s)',
		(situation) => {
			const text = nextStep(
				{ ...failure('notSent'), reason: 'notFirstDegree' },
				situation,
				MESSAGE_WORDS,
			);
			expect(text).toMatch(/leave this person out here/);
			expect(text).not.toMatch(/press Retry|only the items that were not sent/);
		},
	);

	it('is never empty: where there is nothing to fix, waiting helps', () => {
		expect(nextStep(failure('notSent', ''), 'runWithoutSending', MESSAGE_WORDS)).toMatch(
			/^Wait a few minutes\./,
		);
	});

	it('of an uncertain message still names what may help next time', () => {
		expect(nextStep(failure('uncertain', 'Raise Timeout.'), 'item', MESSAGE_WORDS)).toMatch(
			/Raise Timeout\.$/,
		);
	});
});
