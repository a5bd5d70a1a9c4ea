import fc from 'fast-check';
import { isSimilarName } from '../../../sendpilot/matchPerson';

const word = fc.constantFrom('Jane', 'Doe', 'Zoë', 'Müller', 'José', 'Łukasz');
const words = fc.uniqueArray(word, { minLength: 1, maxLength: 4 });

describe('two names', () => {
	it('are similar if one has all words of the other, in any order and writing', () => {
		fc.assert(
			fc.property(words, words, (few, more) => {
				const longer = [...more, ...few].reverse().join(', ').toUpperCase();
				expect(isSimilarName(few.join(' '), longer)).toBe(true);
				expect(isSimilarName(longer, few.join(' '))).toBe(true);
			}),
		);
	});

	it('are not if each has a word of its own', () => {
		fc.assert(
			fc.property(words, words, (some, others) => {
				expect(isSimilarName(['Ann', ...some].join(' '), ['Bob', ...others].join(' '))).toBe(false);
			}),
		);
	});

	it('are not if one has no words', () => {
		expect(isSimilarName('🚀', 'Jane Doe')).toBe(false);
	});
});
