import {
	BRACKET,
	CODE_PATTERNS,
	JSON_START,
} from '../../../../nodes/shared/reach/safety/unfinished/code';
import { GREETING_PATTERNS } from '../../../../nodes/shared/reach/safety/unfinished/greetings';
import { PLACEHOLDER_RULES } from '../../../../nodes/shared/reach/safety/unfinished/placeholders';
import { VALUE_PATTERNS } from '../../../../nodes/shared/reach/safety/unfinished/values';
import { unfinishedParts } from '../../../../nodes/shared/reach/safety/unfinishedText';
import { BY_LANGUAGE, COMPANY, ORDINARY, PERSON } from './corpus';
import {
	CERTAIN_VALUES,
	EMPTY_GREETINGS,
	EXPRESSIONS,
	NO_NAMES,
	PLACEHOLDERS,
	SHEET_ERRORS,
	VALUES,
} from './planted';
import { TECHNICAL } from './technical';
import { TRICKY } from './tricky';

const MARKED = [...PLACEHOLDERS, ...EXPRESSIONS, ...CERTAIN_VALUES];
const PROSE = ORDINARY.filter((message) => ![...TECHNICAL, ...TRICKY].includes(message));

const part = (found: string, field?: string) => (field ? { found, field } : { found });

/** Jest takes minutes to compare long lists. */
const FEW = 5;

/** A few of the texts in which something else is found than what was planted. */
const wrong = (texts: string[], found: string, field?: string) => {
	const right = JSON.stringify([part(found, field)]);
	return texts.filter((text) => JSON.stringify(unfinishedParts(text)) !== right).slice(0, FEW);
};

describe('finished messages', () => {
	it('are hundreds, in ten languages', () => {
		expect(new Set(ORDINARY).size).toBe(ORDINARY.length);
		expect(ORDINARY.length).toBeGreaterThan(500);
		expect(Object.keys(BY_LANGUAGE)).toHaveLength(10);
		for (const messages of Object.values(BY_LANGUAGE))
			expect(messages.length).toBeGreaterThanOrEqual(30);
	});

	it('have no unfinished parts', () => {
		expect(ORDINARY.filter((message) => unfinishedParts(message).length > 0)).toEqual([]);
	});

	it('have none if they are one long message', () => {
		expect(unfinishedParts(PROSE.join('\n\n'))).toEqual([]);
	});

	it.each(['', ' ', '\n', '{}', '[]', '<>', '%', '%%', '$', '{ }', '[ ]', '= 2'])(
		'may be as short as %j',
		(text) => {
			expect(unfinishedParts(text)).toEqual([]);
		},
	);
});

describe('placeholders, expressions and values', () => {
	it.each(MARKED)('finds %s', (...[found, field]) => {
		expect(unfinishedParts(`Hi ${found}, how are you?`)).toEqual([part(found, field)]);
	});

	it.each(MARKED)('finds %s before or behind every message', (...[found, field]) => {
		const texts = ORDINARY.map((message, index) =>
			index % 2 ? `${found} ${message}` : `${message} ${found}`,
		);
		expect(wrong(texts, found, field)).toEqual([]);
	});

	it.each(MARKED)('finds %s instead of each person and company', (...[found, field]) => {
		const texts = PROSE.flatMap((message) => [
			message.replace(PERSON, () => found),
			message.replace(COMPANY, () => found),
		]).filter((text) => text.includes(found));
		expect(texts.length).toBeGreaterThan(150);
		expect(wrong(texts, found, field)).toEqual([]);
	});

	it.each([
		['https://example.com/demo?name={{name}}', '{{name}}'],
		['https://example.com/{company}/demo', '{company}'],
		['https://example.com/demo?name=undefined&lang=en', 'undefined'],
		['=Hi {{ $json.name }}, how are you?', '{{ $json.name }}'],
		['Hi [{{name}}], how are you?', '{{name}}'],
		['"{{title}}" is a great post.', '{{title}}'],
		['At [Company], (see {company_site})', '[Company]'],
	])('finds what is left open in %s', (text, found) => {
		expect(unfinishedParts(text)).toContainEqual(expect.objectContaining({ found }));
	});
});

describe.each(VALUES)('%s', (value) => {
	it('is missing where a person or a company would be', () => {
		const texts = PROSE.filter((message) => !/null|undefined/.test(message))
			.flatMap((message) => [message.replace(PERSON, value), message.replace(COMPANY, value)])
			.filter((text) => text.includes(value));
		expect(texts.length).toBeGreaterThan(150);
		const missed = texts.filter((text) => unfinishedParts(text)[0]?.found !== value);
		expect(missed.slice(0, FEW)).toEqual([]);
	});

	it.each(['Hi %, how are you?', 'Dear %,', 'Sehr geehrter Herr %,', 'Merci % !', 'Thanks, %!'])(
		'leaves open who is addressed in "%s"',
		(text) => {
			const parts = unfinishedParts(text.replace('%', value));
			expect(parts).toEqual([{ found: value, field: 'name' }]);
		},
	);

	it.each([
		"I saw %'s announcement.",
		'How do you like it at % so far?',
		'You have raised $% last year.',
		'Congrats on % years!',
		'%, I saw your post.',
		'%',
	])('leaves open what stands for it in "%s"', (text) => {
		expect(unfinishedParts(text.replace('%', value))).toEqual([{ found: value }]);
	});

	it.each([
		'{"name": %}',
		'[1, %, 3]',
		'`%`',
		'Your site says "%".',
		'It returns %.',
		'x === %',
		'The value is %.',
		'Is it %? yes',
		'Too many % values.',
		'{ name: %, lead: { id: % } }',
	])('is meant in "%s"', (text) => {
		expect(unfinishedParts(text.replaceAll('%', value))).toEqual([]);
	});
});

describe.each(SHEET_ERRORS)('%s', (error) => {
	it('leaves open who is addressed', () => {
		const parts = unfinishedParts(`Hi ${error}, do you use Excel?`);
		expect(parts).toEqual([part(error, 'name')]);
	});

	it('is missing where a person or a company would be', () => {
		const texts = PROSE.filter((message) => !/excel|sheet|tabell|formula/i.test(message))
			.flatMap((message) => [message.replace(PERSON, error), message.replace(COMPANY, error)])
			.filter((text) => text.includes(error));
		expect(texts.length).toBeGreaterThan(150);
		const missed = texts.filter((text) => unfinishedParts(text)[0]?.found !== error);
		expect(missed.slice(0, FEW)).toEqual([]);
	});

	it.each(['Your sheet shows % in column B.', 'Excel says % again.', 'Your site says "%".'])(
		'is meant in "%s"',
		(text) => {
			expect(unfinishedParts(text.replace('%', error))).toEqual([]);
		},
	);
});

describe.each(NO_NAMES)('%s', (found) => {
	it.each(['Hi %, how are you?', 'Dear %,', 'Hallo %!', 'Bonjour Madame %,', 'Hola % ,'])(
		'leaves open who is addressed in "%s"',
		(text) => {
			expect(unfinishedParts(text.replace('%', found))).toEqual([part(found, 'name')]);
		},
	);

	it.each(['Hey, %, I know.', 'Type %, then press Enter.', 'Is it %?', 'Oh hi. % is a value.'])(
		'is meant in "%s"',
		(text) => {
			expect(unfinishedParts(text.replace('%', found))).toEqual([]);
		},
	);
});

describe('greetings', () => {
	it.each(EMPTY_GREETINGS)('finds that "%s" addresses nobody', (greeting) => {
		const name = part(greeting.replace(/^¡/, ''), 'name');
		expect(unfinishedParts(`${greeting} 10:30?`)).toEqual([name]);
		expect(unfinishedParts(`👋 ${greeting}\n\n10:30?`)).toEqual([name]);
	});

	it('finds each in which the name is missing', () => {
		const greeted = /^(\p{L}+(?: (?:morning|Tag|días|dia|dobry|morgon|günler))?) \p{L}+([,!])/u;
		const texts = Object.values(BY_LANGUAGE)
			.flat()
			.filter((message) => PERSON.test(greeted.exec(message)?.[0] ?? ''))
			.map((message) => message.replace(greeted, '$1 $2'));
		expect(texts.length).toBeGreaterThan(60);
		const found = texts.filter((text) => unfinishedParts(text)[0]?.field !== 'name');
		// French has a space in front of an exclamation mark.
		expect(found.filter((text) => !/^(Salut|Hello) !/.test(text))).toEqual([]);
	});

	it.each(['Thanks, !', 'birthday, !', 'Gracias, .'])('finds the gap in "%s"', (found) => {
		expect(unfinishedParts(`¡Happy ${found} 🎂`)).toEqual([{ found, field: 'name' }]);
	});

	it('finds a message that begins with a comma', () => {
		expect(unfinishedParts(', are you there?')).toEqual([{ found: ', are', field: 'name' }]);
	});

	it('finds a Japanese honorific without a name', () => {
		expect(unfinishedParts('様、はじめまして。')).toEqual([{ found: '様', field: 'name' }]);
	});
});

describe('the list of parts', () => {
	it('is in the order of the text, each part once', () => {
		const text = 'Hi {{name}}, is [Company] at undefined? {{name}}, [Company] …';
		const found = unfinishedParts(text).map((one) => one.found);
		expect(found).toEqual(['{{name}}', '[Company]', 'undefined']);
	});

	it('shortens what is long', () => {
		const [{ found }] = unfinishedParts(
			`{{ $json.a.map((one) => one.name).join(", ")${' '.repeat(99)}}}`,
		);
		expect(found).toHaveLength(60);
		expect(found).toMatch(/^\{\{ \$json\.a.*…$/);
	});
});

describe('what cannot be told from what is left open', () => {
	it.each([
		['Tired of "Hi {{firstName}}"?', '{{firstName}}'],
		['See you at {coworking}', '{coworking}'],
		['from null to hero', 'null'],
		['name: null', 'null'],
		['The answer: undefined', 'undefined'],
	])('counts as unfinished: %s', (text, found) => {
		expect(unfinishedParts(text)).toContainEqual(expect.objectContaining({ found }));
	});

	it.each(['Hi ... how are you', 'Your work at  is impressive.', 'Hi  I saw your post.'])(
		'counts as finished: %j',
		(text) => {
			expect(unfinishedParts(text)).toEqual([]);
		},
	);
});

/** Whether a pattern may repeat something without a limit, which would make it slow on some texts. */
const isUnbounded = ({ source }: RegExp) =>
	/[*+]|\{\d+,\}/.test(source.replace(/\\.|\[(?:\\.|[^\]\\])*\]/g, ''));

/** How many characters the patterns go over while a text is checked, each time that they do. */
function charactersRead(text: string): number {
	const { exec } = RegExp.prototype;
	let count = 0;
	const spy = jest.spyOn(RegExp.prototype, 'exec').mockImplementation(function (
		this: RegExp,
		input,
	) {
		const start = this.lastIndex;
		const match = exec.call(this, input);
		count += (match ? match.index + match[0].length : input.length) - start;
		return match;
	});
	try {
		unfinishedParts(text);
		return count;
	} finally {
		spy.mockRestore();
	}
}

describe('the time that a text takes', () => {
	it.each([/a+/, /a*/, /[a]{2,}/, /(?:a{1,3})+/])('knows that %s has no limit', (pattern) => {
		expect(isUnbounded(pattern)).toBe(true);
	});

	it('grows with its length only, as each repetition has a limit', () => {
		const patterns = [
			...Object.values(CODE_PATTERNS),
			BRACKET,
			JSON_START,
			...Object.values(PLACEHOLDER_RULES).map(({ pattern }) => pattern),
			...Object.values(VALUE_PATTERNS),
			...Object.values(GREETING_PATTERNS),
		];
		expect(patterns.filter(isUnbounded)).toEqual([]);
	});

	it.each(['[', '{', '[[', '["', '[{a|', '[{"a":', '{a:', '{{', ']', '[1', '$json["', '#', 'Hi '])(
		'is twice as long for twice as many "%s"',
		(piece) => {
			const once = charactersRead(piece.repeat(500));
			expect(charactersRead(piece.repeat(1000))).toBeLessThan(2.1 * once);
		},
	);
});

describe('a greeting whose name is missing, without a comma', () => {
	it.each([
		['at the end of its line', 'Hi \n\nthanks for connecting!', 'Hi '],
		['at the end of its line, with a title', 'Guten Tag Herr \nvielen Dank!', 'Guten Tag Herr '],
		['in front of a dash', 'Hello  – thanks for connecting!', 'Hello  '],
	])('is found %s', (_where, text, found) => {
		expect(unfinishedParts(text)).toEqual([{ found, field: 'name' }]);
	});

	it.each(['Hi\n\nthanks!', 'Hi Jane \nthanks!', 'Hello – thanks!', 'Hi there \n\nthanks!'])(
		'is none in %j',
		(text) => {
			expect(unfinishedParts(text)).toEqual([]);
		},
	);
});
