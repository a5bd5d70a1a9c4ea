import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NO_PLAN_KEY } from '../../sandbox';
import { keyOf, usePlace } from './support';

const place = usePlace();

const test = async (data: Partial<ReturnType<typeof keyOf>>) =>
	await place.client.testCredential('sendPilotApi', { ...keyOf(place.sandbox), ...data });

describe('the connection test of the SendPilot credential', () => {
	it('passes with the right key', async () => {
		expect(await test({})).toEqual({ status: 'OK', message: 'Connection successful' });
	});

	it.each([
		{
			what: 'a wrong key',
			data: { apiKey: 'sp_live_wrong' },
			says: [
				'SendPilot does not accept the API key',
				'You create keys in SendPilot under Integrations → API Keys',
			],
		},
		{
			what: 'no key',
			data: { apiKey: ' ' },
			says: ['API Key is empty', 'In SendPilot, open Integrations → API Keys'],
		},
		{
			what: 'a key without the plan',
			data: { apiKey: NO_PLAN_KEY },
			says: ['SendPilot denied access', 'AppSumo Lifetime, Team, Agency and Enterprise plans'],
		},
		{
			what: 'something that is not a web address',
			data: { baseUrl: 'not a web address' },
			says: ['Base URL is not a web address', 'https://api.sendpilot.ai'],
		},
		{
			what: 'a dead server',
			data: { baseUrl: 'http://127.0.0.1:9' },
			says: ['SendPilot could not be reached', 'at http://127.0.0.1:9', 'Check the network'],
		},
		{
			what: 'a name that does not exist',
			data: { baseUrl: 'http://sendpilot.invalid' },
			says: ['SendPilot could not be reached', 'at http://sendpilot.invalid', 'Check the Base URL'],
		},
	])('says what is wrong, and what to do, for $what', async ({ data, says }) => {
		const { status, message } = await test(data);
		expect(status).toBe('Error');
		for (const text of says) expect(message).toContain(text);
	});

	it('makes one call with a key that is rejected', async () => {
		await test({ apiKey: 'sp_live_wrong' });
		expect(place.sandbox.requests.map(({ path, status }) => [path, status])).toEqual([
			['/v1/campaigns', 401],
		]);
	});

	describe('with the address of another server', () => {
		let other: Server;
		beforeAll(async () => {
			other = createServer((_request, response) => response.end('<h1>Welcome</h1>'));
			await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
		});
		afterAll(() => other.close());

		it('says that it is not SendPilot', async () => {
			const baseUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
			const { status, message } = await test({ baseUrl });
			expect(status).toBe('Error');
			expect(message).toContain(`A server answers at ${baseUrl}, but it is not the SendPilot API`);
			expect(message).toContain('https://api.sendpilot.ai');
		});
	});
});
