import { answerOf } from '../../nodes/shared/connection';

const KEY = 'sp_live_secret';

const bodyOf = (statusCode: number, body: unknown, apiKey: unknown = KEY) =>
	answerOf({ statusCode, headers: {}, body }, apiKey).body;

/** A list in a list in a list … */
function nested(depth: number, inside: unknown): unknown {
	let value = inside;
	for (let i = 0; i < depth; i++) value = [value];
	return value;
}

describe('the API key is left out of an answer', () => {
	it.each([200, 201, 302, 400, 500])('with the status %d', (status) => {
		expect(bodyOf(status, { success: false, error: `Invalid key ${KEY}` })).toEqual({
			success: false,
			error: 'Invalid key [API key]',
		});
	});

	it.each([
		['in a text that is not JSON', `${KEY} and ${KEY}`, '[API key] and [API key]'],
		['in a list', { message: ['no', KEY] }, { message: ['no', '[API key]'] }],
		['as a name', { errors: { [KEY]: 'odd' } }, { errors: { '[API key]': 'odd' } }],
		['in a name', [{ [`a ${KEY}`]: null }], [{ 'a [API key]': null }]],
		['as the name of something that has it too', { [KEY]: [KEY] }, { '[API key]': ['[API key]'] }],
	])('%s', (_where, body, shown) => {
		expect(bodyOf(200, body)).toEqual(shown);
	});

	it('also where the credential has white space around it', () => {
		expect(bodyOf(200, { error: KEY }, ` ${KEY}\n`)).toEqual({ error: '[API key]' });
	});
});

describe('an answer stays as it is', () => {
	it('without a copy where it does not have the key', () => {
		const body = { leads: [{ id: 'lead_1', data: { score: 1, tags: null } }], total: 1 };
		expect(bodyOf(200, body)).toBe(body);
	});

	it('where there is no key', () => {
		expect(bodyOf(200, { error: 'No key' }, '')).toEqual({ error: 'No key' });
	});

	it('up to a depth that no answer of SendPilot has', () => {
		const body = nested(100, 'x');
		expect(bodyOf(200, body)).toBe(body);
	});
});

it.each([101, 20_000])(
	'an answer that is nested %i deep loses what is deeper than 100',
	(depth) => {
		expect(bodyOf(200, { leads: nested(depth, KEY) })).toEqual({
			leads: nested(99, '[nested too deeply]'),
		});
	},
);
