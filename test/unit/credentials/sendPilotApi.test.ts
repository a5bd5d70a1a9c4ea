import type { IHttpRequestOptions } from 'n8n-workflow';
import { SendPilotApi } from '../../../credentials/SendPilotApi.credentials';

const authenticate = async (options: Partial<IHttpRequestOptions>, apiKey = 'sp_live_right') =>
	await new SendPilotApi().authenticate(
		{ apiKey, baseUrl: 'https://api.sendpilot.ai' },
		{ url: '/v1/campaigns', ...options },
	);

describe('the SendPilot credential', () => {
	it('adds its key to a call, and changes nothing else', async () => {
		const call = { method: 'POST' as const, body: { senderId: 'sender_alex' }, json: true };
		expect(await authenticate({ ...call, headers: { Accept: 'text/plain' } })).toEqual({
			url: '/v1/campaigns',
			...call,
			headers: { Accept: 'text/plain', 'X-API-Key': 'sp_live_right' },
		});
	});

	it('adds it to a call without headers', async () => {
		expect(await authenticate({})).toMatchObject({ headers: { 'X-API-Key': 'sp_live_right' } });
	});

	it('ignores the blanks and line ends that come along when people paste a key', async () => {
		const { headers } = await authenticate({}, ' sp_live_right\r\n');
		expect(headers).toEqual({ 'X-API-Key': 'sp_live_right' });
	});

	it.each(['X-API-Key', 'x-api-key', 'X-Api-KEY'])('replaces a header %s', async (name) => {
		const { headers } = await authenticate({ headers: { [name]: 'sp_live_other', a: '1' } });
		expect(headers).toEqual({ 'X-API-Key': 'sp_live_right', a: '1' });
	});

	it('keeps the key out of the given options, which n8n may show', async () => {
		const headers = Object.freeze({ Accept: 'text/plain' });
		const given = Object.freeze({ url: '/v1/campaigns', headers });
		expect(await authenticate(given)).not.toBe(given);
		expect(given).toEqual({ url: '/v1/campaigns', headers: { Accept: 'text/plain' } });
	});
});
