import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { testCredential } from '../../engine/editor';
import { NO_PLAN_KEY } from '../../sandbox';
import { loader, useSandbox } from './support';

const use = useSandbox();

async function verdict(apiKey: string, baseUrl: string) {
	const type = 'n8n-nodes-sendpilot.sendLinkedInMessage';
	return await testCredential(await loader, type, 'sendPilotApi', { apiKey, baseUrl });
}

describe('the connection test of the credential', () => {
	it('passes with the right key, with one cheap call', async () => {
		expect(await verdict(use.sandbox.apiKey, use.sandbox.url)).toEqual({
			status: 'OK',
			message: 'Connection successful',
		});
		expect(use.sandbox.requests).toEqual([
			expect.objectContaining({ method: 'GET', path: '/v1/campaigns', query: { limit: '1' } }),
		]);
	});

	it('tolerates white space, slashes and a pasted /v1', async () => {
		const result = await verdict(` ${use.sandbox.apiKey} `, ` ${use.sandbox.url}/v1/ `);
		expect(result.status).toBe('OK');
	});

	it('explains a wrong key', async () => {
		const { status, message } = await verdict('wrong-key', use.sandbox.url);
		expect(status).toBe('Error');
		expect(message).toMatch(/does not accept the API key/);
		expect(message).toMatch(/Integrations → API Keys/);
		expect(message).not.toContain('wrong-key');
	});

	it('explains a key whose plan has no API', async () => {
		const { status, message } = await verdict(NO_PLAN_KEY, use.sandbox.url);
		expect(status).toBe('Error');
		expect(message).toMatch(/plan/);
	});

	it('explains an empty key and an invalid address without a call', async () => {
		expect((await verdict('  ', use.sandbox.url)).message).toMatch(/API Key is empty/);
		expect((await verdict('key', 'not a url')).message).toMatch(/not a web address/);
		expect(use.sandbox.requests).toEqual([]);
	});

	it('leaves the key out of what SendPilot says about it', async () => {
		const message = `The key ${use.sandbox.apiKey} was revoked`;
		use.sandbox.inject({
			fault: 'status',
			status: 401,
			message,
			path: '/v1/campaigns',
			method: 'GET',
		});
		const { message: shown } = await verdict(use.sandbox.apiKey, use.sandbox.url);
		expect(shown).toContain('The key [API key] was revoked');
	});

	it('explains a wrong path', async () => {
		const { message } = await verdict(use.sandbox.apiKey, `${use.sandbox.url}/app`);
		expect(message).toMatch(/not the SendPilot API.*https:\/\/api\.sendpilot\.ai/);
	});

	it('explains a server that is not there', async () => {
		const { status, message } = await verdict('key', 'http://127.0.0.1:1');
		expect(status).toBe('Error');
		expect(message).toMatch(/could not be reached at http:\/\/127\.0\.0\.1:1/);
	});

	it('explains a host name that does not exist', async () => {
		const { message } = await verdict('key', 'https://api.sendpilot.invalid');
		expect(message).toMatch(/could not be reached at https:\/\/api\.sendpilot\.invalid/);
	});

	it.each([
		[200, '<html>Hello</html>'],
		[200, '{"hello":"world"}'],
		[200, ''],
	])('tells of another site that answers %i %s', async (status, body) => {
		const server = createServer((_request, response) => response.writeHead(status).end(body));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const result = await verdict('key', `http://127.0.0.1:${port}`);
		server.close();
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(/not the SendPilot API/);
	});

	it('does not follow a redirect with the key', async () => {
		use.sandbox.inject({
			fault: 'redirect',
			location: `${use.sandbox.url}/v1/inbox/senders`,
			path: '/v1/campaigns',
			method: 'GET',
		});
		const { message } = await verdict(use.sandbox.apiKey, use.sandbox.url);
		expect(message).toMatch(/another address/);
		expect(use.sandbox.requests).toHaveLength(1);
	});
});
