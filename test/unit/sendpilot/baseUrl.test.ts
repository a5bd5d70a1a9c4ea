import fc from 'fast-check';
import { apiBaseUrl, SENDPILOT_URL } from '../../../sendpilot/baseUrl';

describe('the base URL', () => {
	it.each([
		SENDPILOT_URL,
		`${SENDPILOT_URL}/`,
		`${SENDPILOT_URL}///`,
		`${SENDPILOT_URL}/v1`,
		`${SENDPILOT_URL}/v1/`,
		`${SENDPILOT_URL}//v1//`,
		`${SENDPILOT_URL}/V1`,
		` ${SENDPILOT_URL}\n`,
		'api.sendpilot.ai',
		'api.sendpilot.ai/v1/',
		'HTTPS://API.SendPilot.ai',
		`${SENDPILOT_URL}:443`,
		`${SENDPILOT_URL}/v1?limit=1`,
		`${SENDPILOT_URL}/#keys`,
	])('is SendPilot’s own for "%s"', (input) => {
		expect(apiBaseUrl(input)).toBe(SENDPILOT_URL);
	});

	it.each([
		['http://127.0.0.1:4010/', 'http://127.0.0.1:4010'],
		['http://localhost:4010/v1', 'http://localhost:4010'],
		['http://[::1]:4010', 'http://[::1]:4010'],
		['127.0.0.1:4010', 'http://127.0.0.1:4010'],
		['localhost:4010/v1', 'http://localhost:4010'],
		['[::1]:4010', 'http://[::1]:4010'],
		['https://localhost:4010', 'https://localhost:4010'],
		['localhost.example', 'https://localhost.example'],
		['127.0.0.1.example/v1', 'https://127.0.0.1.example'],
		['https://proxy.example/sendpilot/', 'https://proxy.example/sendpilot'],
		['https://proxy.example/sendpilot/v1/', 'https://proxy.example/sendpilot'],
		['https://proxy.example/v1/sendpilot', 'https://proxy.example/v1/sendpilot'],
		['https://proxy.example/v10', 'https://proxy.example/v10'],
		['https://proxy.example/api/v1', 'https://proxy.example/api'],
	])('"%s" is that of a server of one’s own: %s', (input, url) => {
		expect(apiBaseUrl(input)).toBe(url);
	});

	it.each([
		'',
		' ',
		'not a url',
		'https://',
		'http:///',
		'ftp://api.sendpilot.ai',
		'javascript://alert(1)',
		'file:///etc/passwd',
		'https://user:secret@api.sendpilot.ai',
		'https://user@api.sendpilot.ai',
		'https://api.sendpilot.ai:port',
		undefined,
		null,
		7,
		{},
	])('is none for %j', (input) => {
		expect(apiBaseUrl(input)).toBeUndefined();
	});

	it('takes a path as it is, whatever was typed', () => {
		const inputs = fc.oneof(
			fc.webUrl({ withQueryParameters: true, withFragments: true }),
			fc
				.tuple(fc.domain(), fc.constantFrom('', '/', '/v1', '/v1/', '/a//v1', '/v1/v1'))
				.map(([domain, path]) => domain + path),
			fc.string({ unit: 'binary' }),
		);
		fc.assert(
			fc.property(inputs, (input) => {
				const url = apiBaseUrl(input);
				if (url === undefined) return;
				expect(url).toMatch(/^https?:\/\/.*[^/]$/);
				expect(new URL(`${url}/v1/leads`).href).toBe(`${url}/v1/leads`);
			}),
		);
	});
});
