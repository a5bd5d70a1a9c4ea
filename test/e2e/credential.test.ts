import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { outputOf } from '../../engine/output';
import { NO_PLAN_KEY } from '../../sandbox';
import { newNode, START } from '../support';
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

describe('n8n’s HTTP Request node with the SendPilot credential', () => {
	const HTTP_REQUEST = 'HTTP Request';

	/** Calls SendPilot with a key of the node's own too, as text of the answer. */
	async function request() {
		const { client, sandbox, credentials } = place;
		const workflow = await client.createWorkflow({
			name: 'HTTP Request',
			nodes: [
				newNode({ id: 'start', name: START, type: 'n8n-nodes-base.manualTrigger' }),
				{
					...newNode({ id: 'http', name: HTTP_REQUEST, type: 'n8n-nodes-base.httpRequest' }),
					typeVersion: 4.2,
					parameters: {
						url: `${sandbox.url}/v1/campaigns`,
						authentication: 'predefinedCredentialType',
						nodeCredentialType: 'sendPilotApi',
						sendHeaders: true,
						headerParameters: { parameters: [{ name: 'x-api-key', value: 'sp_live_wrong' }] },
					},
					credentials,
				},
			],
			connections: { [START]: { main: [[{ node: HTTP_REQUEST, type: 'main', index: 0 }]] } },
		});
		return await client.finished(await client.run(workflow, START));
	}

	it('is offered, as every credential that authenticates', async () => {
		const types = await place.client.credentialTypes();
		expect(types.find(({ name }) => name === 'sendPilotApi')).toHaveProperty('authenticate');
	});

	it('calls SendPilot with the key of the credential, and shows it nowhere', async () => {
		const execution = await request();
		const { sandbox } = place;
		expect(sandbox.requests.map(({ path, status }) => [path, status])).toEqual([
			['/v1/campaigns', 200],
		]);
		expect(outputOf(execution, HTTP_REQUEST)[0].json).toHaveProperty('campaigns');
		expect(JSON.stringify(execution.data)).not.toContain(sandbox.apiKey);
	});
});
