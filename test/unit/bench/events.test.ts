import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readSignature } from '../../../sendpilot/webhook/signature';
import { verifySignature } from '../../../sendpilot/webhook/verify';
import { sendPilotRequest, slackRequest, SLACK_SECRET } from '../../bench/eventSenders';
import { sendAll } from '../../bench/sendAll';
import { SECRET } from '../../triggerSupport';

describe('the events of the benchmark', () => {
	const isGenuine = ({ headers, body }: ReturnType<typeof sendPilotRequest>) => {
		const reading = readSignature(headers, { nowMs: Date.now(), toleranceSeconds: 60 });
		return reading.ok && verifySignature(reading.claims, Buffer.from(body), [SECRET]).ok;
	};

	it('are as long from both services', () => {
		expect(slackRequest('signed').body).toHaveLength(sendPilotRequest('signed').body.length);
	});

	it('are all different', () => {
		const ids = [1, 2].map(() => JSON.parse(sendPilotRequest('signed').body).eventId as string);
		expect(ids[0]).not.toBe(ids[1]);
	});

	it('are signed, or forged with everything in place but the secret, or not signed at all', () => {
		expect(isGenuine(sendPilotRequest('signed'))).toBe(true);
		const forged = sendPilotRequest('forged');
		expect(Object.keys(forged.headers)).toEqual(Object.keys(sendPilotRequest('signed').headers));
		expect(isGenuine(forged)).toBe(false);
		expect([sendPilotRequest('unsigned').headers, slackRequest('unsigned').headers]).toEqual([
			...[{}, {}],
		]);
	});

	it('are signed as Slack does', () => {
		const { headers, body } = slackRequest('signed');
		const text = `v0:${headers['x-slack-request-timestamp']}:${body}`;
		const digest = createHmac('sha256', SLACK_SECRET).update(text).digest('hex');
		expect(headers['x-slack-signature']).toBe(`v0=${digest}`);
		expect(slackRequest('forged').headers['x-slack-signature']).toHaveLength(`v0=${digest}`.length);
	});
});

describe('the clients of the benchmark', () => {
	let server: Server;
	let connections = 0;

	beforeAll(async () => {
		server = createServer((request, response) => {
			request.resume().once('end', () => response.writeHead(Number(request.headers.id)).end());
		});
		server.on('connection', () => connections++);
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
	});
	afterAll(() => server.close());

	it('keep their connections, and say how each request was answered', async () => {
		const { port } = server.address() as AddressInfo;
		const statuses = Array.from({ length: 50 }, (_, index) => 200 + index);
		const requests = statuses.map((id) => ({ headers: { id: String(id) }, body: 'x' }));
		expect(await sendAll(`http://127.0.0.1:${port}`, requests, 4)).toEqual(statuses);
		expect(connections).toBe(4);
	});
});
