import fc from 'fast-check';
import { shortened, withoutEnd } from '../../../sendpilot/text';

describe('a text', () => {
	it('is kept whole up to its limit, and is cut beyond, by characters', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, limit) => {
				const characters = [...text];
				expect(shortened(text, limit)).toBe(
					characters.length <= limit ? text : `${characters.slice(0, limit).join('')}…`,
				);
			}),
		);
	});

	const texts = fc.string({ unit: fc.constantFrom('.', ' ', '\n', ')', 'a', '🚀'), maxLength: 12 });

	it.each([
		['full stops and white space', /[.\s]/, /[.\s]+$/],
		['brackets', /[>)]/, /[>)]+$/],
	])('loses %s at its end, as a regular expression does it', (_, one, atEnd) => {
		fc.assert(
			fc.property(texts, (text) => {
				expect(withoutEnd(text, one)).toBe(text.replace(atEnd, ''));
			}),
		);
	});
});
