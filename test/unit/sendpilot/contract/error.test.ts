import fc from 'fast-check';
import { errorTexts } from '../../../../sendpilot/contract/error';

describe('what an error reply says', () => {
	it.each([
		[{ statusCode: 404, message: 'Lead not found', error: 'Not Found' }, ['Lead not found']],
		[
			{ message: ['senderId is missing', 'so is message'] },
			['senderId is missing', 'so is message'],
		],
		[{ message: '  Lead not found\n' }, ['Lead not found']],
		// The reason phrase, where nothing better is said.
		[{ statusCode: 400, error: 'Bad Request' }, ['Bad Request']],
		[{ message: '', error: 'Bad Request' }, ['Bad Request']],
		[{ message: [], error: 'Bad Request' }, ['Bad Request']],
		[{ message: null, error: 'Bad Request' }, ['Bad Request']],
		// The body as it came, where it has another form.
		[{ errors: [{ field: 'senderId' }] }, ['{"errors":[{"field":"senderId"}]}']],
		[{ message: { senderId: 'missing' } }, ['{"message":{"senderId":"missing"}}']],
		[{ message: ['a', { b: 1 }] }, ['{"message":["a",{"b":1}]}']],
		[{ error: { code: 7 } }, ['{"error":{"code":7}}']],
		[['a', 'b'], ['["a","b"]']],
		[42, ['42']],
		['upstream timed out', ['upstream timed out']],
		// Nothing.
		['', []],
		[' \n ', []],
		[{}, []],
		[null, []],
		[undefined, []],
	])('%j: %j', (body, texts) => {
		expect(errorTexts(body)).toEqual(texts);
	});

	it('in HTML is the text that people would see', () => {
		const page = `<!DOCTYPE html><html><head><style>h1 { color: red }</style>
			<script type="x">if (a < b) alert("</p>")</script></head>
			<body><h1>502 Bad&nbsp;Gateway</h1>
			<p>nginx</p></body></html>`;
		expect(errorTexts(page)).toEqual(['502 Bad&nbsp;Gateway nginx']);
	});

	it.each(['a', '🚀'])('is cut after 300 characters (%s), and shows that', (character) => {
		expect(errorTexts(character.repeat(300))).toEqual([character.repeat(300)]);
		expect(errorTexts(character.repeat(301))).toEqual([`${character.repeat(300)}…`]);
	});

	it('in HTML ends with a script that is cut off, and brackets of no tag stay', () => {
		expect(errorTexts('<b>Down</b><script>x('.repeat(3))).toEqual(['Down']);
		expect(errorTexts('limit < 5 <br> limit > 3')).toEqual(['limit < 5 limit > 3']);
	});

	it('in a long page is what its beginning says', () => {
		expect(errorTexts(`${'<br>'.repeat(100)}Down${'<'.repeat(100_000)}`)).toEqual([
			expect.stringMatching(/^Down<{296}…$/),
		]);
		expect(errorTexts(`${'<br>'.repeat(100_000)}Down`)).toEqual([]);
	});

	it.each([
		['message', { message: 'x'.repeat(1_001) }],
		['message of several', { message: ['x'.repeat(1_001)] }],
		['error', { error: 'x'.repeat(1_001) }],
	])('in a long %s is cut after 1,000 characters', (_, body) => {
		expect(errorTexts(body)).toEqual([`${'x'.repeat(1_000)}…`]);
	});

	it('is up to 1,000 texts', () => {
		expect(errorTexts({ message: Array(1_001).fill('a') })).toHaveLength(1_000);
	});

	it('is a list of texts that are not blank, whatever came', () => {
		const bodies = fc.oneof(
			fc.jsonValue(),
			fc.string({ unit: 'binary' }),
			fc.record({ message: fc.jsonValue(), error: fc.jsonValue() }, { requiredKeys: [] }),
		);
		fc.assert(
			fc.property(bodies, (body) => {
				const texts = errorTexts(body);
				expect(texts).toEqual(texts.filter((text) => text.trim() !== ''));
			}),
		);
	});
});
