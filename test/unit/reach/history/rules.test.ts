import fc from 'fast-check';
import {
	areReordered,
	decide,
	type Circumstances,
	type Known,
	type Verdict,
} from '../../../../nodes/shared/reach/history/rules';
import type { KeyState } from '../../../../nodes/shared/reach/history/store';

const NOTHING: Known = {
	execution: 'absent',
	message: 'absent',
	person: 'absent',
	root: 'absent',
	attempt: 'absent',
};
const USUAL: Circumstances = {
	repeats: 'skipSameMessage',
	isLost: false,
	isOneOfSeveral: false,
	isReordered: false,
};

/** What is left of an earlier message that was sent, or that nobody knows the end of. */
const sameText = (state: KeyState): Partial<Known> => ({ message: state, person: state });
const otherText = (state: KeyState): Partial<Known> => ({ person: state });

describe('a message', () => {
	it.each<[string, Partial<Known>, Partial<Circumstances>, Verdict]>([
		['of which nothing is known', {}, {}, 'send'],
		['of which nothing is known, in a lost execution', {}, { isLost: true }, 'send'],

		['that this execution sent', { execution: 'settled', ...sameText('settled') }, {}, 'skip'],
		['that this execution sent, reworded', { execution: 'settled' }, {}, 'skip'],
		['that this execution may have sent', { execution: 'open' }, {}, 'uncertain'],
		[
			'that this execution sent, whatever Repeats says',
			{ execution: 'settled' },
			{ repeats: 'sendAgain' },
			'skip',
		],
		[
			'in the place of another to the same person',
			{ execution: 'settled', ...otherText('settled') },
			{ isOneOfSeveral: true },
			'uncertain',
		],
		[
			'in the same place as before, of several',
			{ execution: 'settled', ...sameText('settled') },
			{ isOneOfSeveral: true },
			'skip',
		],

		['that was sent before', sameText('settled'), {}, 'skip'],
		['that may have been sent before', sameText('open'), {}, 'uncertain'],
		['with another text than before', otherText('settled'), {}, 'send'],
		['to a person whose messages were reordered', {}, { isReordered: true }, 'uncertain'],
		['that was sent before, reordered', sameText('settled'), { isReordered: true }, 'skip'],
		['with another text than an uncertain one', otherText('open'), {}, 'send'],
		['that was sent before, again', sameText('settled'), { repeats: 'sendAgain' }, 'send'],
		['that may have been sent, again', sameText('open'), { repeats: 'sendAgain' }, 'send'],
		['to a person who was messaged', otherText('settled'), { repeats: 'skipSamePerson' }, 'skip'],
		[
			'to a person who may have been messaged',
			otherText('open'),
			{ repeats: 'skipSamePerson' },
			'uncertain',
		],

		[
			'of a lost execution to a person who is known',
			otherText('settled'),
			{ isLost: true },
			'uncertain',
		],
		['of a lost execution that was sent', sameText('settled'), { isLost: true }, 'skip'],
		[
			'of a lost execution that was sent, again',
			sameText('settled'),
			{ isLost: true, repeats: 'sendAgain' },
			'uncertain',
		],

		[
			'that an earlier attempt sent with another text',
			{ root: 'settled', ...otherText('settled') },
			{},
			'uncertain',
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
			'uncertain',
		],
	])('%s', (_name, known, circumstances, verdict) => {
		expect(decide({ ...NOTHING, ...known }, { ...USUAL, ...circumstances })).toBe(verdict);
	});
});

describe('whatever is known', () => {
	const state = fc.constantFrom<KeyState[]>('absent', 'open', 'settled');
	const anything = fc.record({
		execution: state,
		message: state,
		person: state,
		root: state,
		attempt: state,
	});
	const circumstances = fc.record<Circumstances>({
		repeats: fc.constantFrom('skipSameMessage', 'skipSamePerson', 'sendAgain'),
		isLost: fc.boolean(),
		isOneOfSeveral: fc.boolean(),
		isReordered: fc.boolean(),
	});

	it('nothing is skipped as sent that no settled fact speaks for', () => {
		fc.assert(
			fc.property(anything, circumstances, (known, given) => {
				fc.pre(decide(known, given) === 'skip');
				expect([known.execution, known.message, known.person]).toContain('settled');
			}),
		);
	});

	it('nothing is sent that this execution has claimed', () => {
		fc.assert(
			fc.property(anything, circumstances, (known, given) => {
				fc.pre(known.execution !== 'absent');
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

describe('several messages to one person', () => {
	const sent: Known = { ...NOTHING, execution: 'settled', message: 'settled' };
	const interrupted: Known = { ...NOTHING, execution: 'open', message: 'open' };
	const reworded: Known = { ...NOTHING, execution: 'settled' };
	const movedOrOlder: Known = { ...NOTHING, message: 'settled' };

	it.each<[string, Known[], Circumstances['repeats'], boolean]>([
		['of which nothing is known', [NOTHING, NOTHING], 'skipSameMessage', false],
		['in their order', [sent, interrupted, NOTHING], 'skipSameMessage', false],
		['that were reworded', [reworded, NOTHING], 'skipSameMessage', true],
		['that another one precedes', [reworded, movedOrOlder], 'sendAgain', true],
		['sent by an earlier execution, perhaps', [sent, movedOrOlder], 'sendAgain', true],
		['sent by an earlier execution', [sent, movedOrOlder], 'skipSameMessage', false],
	])('%s', (_, messages, repeats, expected) => {
		expect(areReordered(messages, repeats)).toBe(expected);
	});
});
