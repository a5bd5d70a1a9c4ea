import fc from 'fast-check';
import {
	decide,
	NOTHING_KNOWN,
	type Circumstances,
	type Known,
	type Verdict,
} from '../../../../nodes/shared/reach/history/rules';
import type { KeyState } from '../../../../nodes/shared/reach/history/texts';

const USUAL: Circumstances = {
	repeats: 'skipSameMessage',
	isLost: false,
	isAmbiguous: false,
};

/** What is left of an earlier message that was sent, or that nobody knows the end of. */
const sameText = (state: KeyState): Partial<Known> => ({ message: state, person: state });
const inExecution = (state: KeyState): Partial<Known> => ({
	...{ inExecution: state, place: state, position: state },
	...sameText(state),
});
const otherWords = (state: KeyState): Partial<Known> => ({
	...{ place: state, position: state, person: state },
});
const otherText = (state: KeyState): Partial<Known> => ({ person: state });

describe('a message', () => {
	it.each<[string, Partial<Known>, Partial<Circumstances>, Verdict]>([
		['of which nothing is known', {}, {}, 'send'],
		['of which nothing is known, in a lost execution', {}, { isLost: true }, 'send'],

		['that this execution sent', inExecution('settled'), {}, 'skip'],
		['that this execution may have sent', inExecution('open'), {}, 'check'],
		[
			'that it sent, whatever Repeats says',
			inExecution('settled'),
			{ repeats: 'sendAgain' },
			'skip',
		],
		['that it sent in other words', otherWords('settled'), {}, 'skipReworded'],
		['that it may have sent in other words', otherWords('open'), {}, 'check'],
		[
			'that is one of several, in other words',
			otherWords('settled'),
			{ isAmbiguous: true },
			'check',
		],
		['that is one of several, and was sent', inExecution('settled'), { isAmbiguous: true }, 'skip'],

		['in place of another that was not sent', { place: 'settled', person: 'settled' }, {}, 'check'],
		['that was sent before', sameText('settled'), {}, 'skip'],
		['that may have been sent before', sameText('open'), {}, 'check'],
		['with another text than before', otherText('settled'), {}, 'send'],
		['with another text than an uncertain one', otherText('open'), {}, 'check'],
		['that was sent before, again', sameText('settled'), { repeats: 'sendAgain' }, 'send'],
		['that may have been sent, again', sameText('open'), { repeats: 'sendAgain' }, 'send'],
		['to a person who was messaged', otherText('settled'), { repeats: 'skipSamePerson' }, 'skip'],
		[
			'to a person who may have been messaged',
			otherText('open'),
			{ repeats: 'skipSamePerson' },
			'check',
		],

		[
			'of a lost execution to a person who is known',
			otherText('settled'),
			{ isLost: true },
			'check',
		],
		['of a lost execution that was sent', sameText('settled'), { isLost: true }, 'skip'],
		[
			'of a lost execution that was sent, again',
			sameText('settled'),
			{ isLost: true, repeats: 'sendAgain' },
			'check',
		],

		[
			'that an earlier attempt sent with another text',
			{ root: 'settled', ...otherText('settled') },
			{},
			'check',
		],
		['that an earlier attempt sent', { root: 'settled', ...sameText('settled') }, {}, 'skip'],
		[
			'after another in this attempt',
			{ root: 'settled', attempt: 'settled', ...otherText('settled') },
			{},
			'send',
		],
		[
			'after an uncertain one in this attempt',
			{ root: 'open', attempt: 'open', ...otherText('open') },
			{},
			'check',
		],
	])('%s', (_name, known, circumstances, verdict) => {
		expect(decide({ ...NOTHING_KNOWN, ...known }, { ...USUAL, ...circumstances })).toBe(verdict);
	});
});

describe('whatever is known', () => {
	const state = fc.constantFrom<KeyState[]>('absent', 'open', 'settled');
	const anything = fc.record({
		inExecution: state,
		place: state,
		position: state,
		message: state,
		person: state,
		root: state,
		attempt: state,
	});
	const circumstances = fc.record<Circumstances>({
		repeats: fc.constantFrom('skipSameMessage', 'skipSamePerson', 'sendAgain'),
		isLost: fc.boolean(),
		isAmbiguous: fc.boolean(),
	});

	it('nothing is skipped as sent that no settled fact speaks for', () => {
		fc.assert(
			fc.property(anything, circumstances, (known, given) => {
				fc.pre(decide(known, given) === 'skip');
				expect([known.inExecution, known.message, known.person]).toContain('settled');
			}),
		);
	});

	it('nothing is sent that this execution has claimed', () => {
		fc.assert(
			fc.property(anything, circumstances, (known, given) => {
				fc.pre(known.inExecution !== 'absent' || known.place !== 'absent');
				expect(decide(known, given)).not.toBe('send');
			}),
		);
	});

	it('less certain knowledge never has more sent', () => {
		const forget = (known: Known): Known =>
			Object.fromEntries(
				Object.entries(known).map(([key, value]) => [key, value === 'settled' ? 'open' : value]),
			) as unknown as Known;
		fc.assert(
			fc.property(anything, circumstances, (known, given) => {
				fc.pre(decide(known, given) !== 'send');
				expect(decide(forget(known), given)).not.toBe('send');
			}),
		);
	});
});
