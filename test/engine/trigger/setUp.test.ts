import type { INodeParameters } from 'n8n-workflow';
import { loadList, testCredential } from '../../../engine/editor';
import { byId, loader } from '../support';
import { SECRET, triggerWorkflow, useLine, type Setting } from './support';

const use = useLine();
const TYPE = 'n8n-nodes-sendpilot.sendPilotTrigger';

describe('publishing fails with what to do, instead of events being lost later', () => {
	it.each<[what: string, setting: Setting, problem: RegExp, next: RegExp]>([
		['no event', { parameters: { events: [] } }, /No event is selected/, /under Events/],
		['events as text', { parameters: { events: 'message.sent' } }, /No event/, /under Events/],
		[
			'no credential',
			{ node: { credentials: {} } },
			/SendPilot Webhook API credential is missing/,
			/secret that SendPilot shows/,
		],
		['an empty secret', { secrets: {} }, /cannot be used/, /is empty/],
		['an API key', { secrets: { signingSecret: 'sp_live_1' } }, /cannot be used/, /is an API key/],
		[
			'an empty filter',
			{ parameters: { options: { campaigns: { campaign: [{ campaignId: byId('') }] } } } },
			/campaign filter is empty/,
			/remove it/,
		],
		[
			'lead details without the API',
			{
				parameters: { options: { includeLeadDetails: true } },
				node: { credentials: { sendPilotWebhookApi: { id: '1', name: 'Webhook' } } },
			},
			/SendPilot API credential is missing/,
			/Include Lead Details/,
		],
	])('%s', async (_what, setting, problem, next) => {
		// n8n shows only the message, so it has to say everything.
		await expect(use.open(setting)).rejects.toThrow(problem);
		await expect(use.open(setting)).rejects.toThrow(next);
		await expect(use.open({ ...setting, mode: 'manual' })).rejects.toThrow(next);
	});

	it('succeeds without any credential if authentication is None', async () => {
		const parameters: INodeParameters = { authentication: 'none', events: ['message.sent'] };
		await expect(use.open({ parameters, node: { credentials: {} } })).resolves.toBeDefined();
	});
});

describe('the test of the SendPilot Webhook API credential', () => {
	const test = async (data: Record<string, string>) =>
		await testCredential(await loader, TYPE, 'sendPilotWebhookApi', data);

	it.each([
		[{ signingSecret: SECRET }],
		[{ signingSecret: ` ${SECRET} ` }],
		[{ signingSecret: 'sendpilot-test-secret-0001' }],
		[{ signingSecret: SECRET, previousSigningSecret: 'whsec_b2xk' }],
		[{ signingSecret: SECRET, previousSigningSecret: '  ' }],
	])('passes %j, and says that only a test event proves it', async (data) => {
		expect(await test(data)).toEqual({
			status: 'OK',
			message: expect.stringContaining('Send Test Event'),
		});
	});

	it.each([
		[{ signingSecret: '' }, /is empty.*Integrations → Webhooks/],
		[{ signingSecret: 'whsec_' }, /cut off/],
		[{ signingSecret: 'sp_live_abc' }, /API key/],
		[{ signingSecret: 'https://n8n.example.com/webhook/1' }, /web address/],
		[{ signingSecret: 'whsec_abc def' }, /space/],
		[{ signingSecret: '"whsec_abc"' }, /quotes/],
		[{ signingSecret: SECRET, previousSigningSecret: 'sp_live_abc' }, /Previous.*API key/],
	])('fails %j', async (data, says) => {
		const { status, message } = await test(data);
		expect(status).toBe('Error');
		expect(message).toMatch(says);
		expect(message).not.toContain('abc');
	});
});

describe('the lists of campaigns and senders', () => {
	it.each([
		['searchCampaigns', 'Founders in Europe'],
		['searchSenders', 'Alex Moreau'],
	])('%s uses the API credential', async (method, name) => {
		const [node] = triggerWorkflow().nodes;
		const credentials = { sendPilotApi: { apiKey: use.sandbox.apiKey, baseUrl: use.sandbox.url } };
		const { results } = await loadList(await loader, node, method, credentials);
		expect(results.map((entry) => entry.name)).toEqual(
			expect.arrayContaining([expect.stringContaining(name)]),
		);
	});

	it('say to use an ID if there is no API credential', async () => {
		const [node] = triggerWorkflow({}, { credentials: {} }).nodes;
		await expect(loadList(await loader, node, 'searchCampaigns', {})).rejects.toMatchObject({
			message: expect.stringMatching(/SendPilot API credential/),
			description: expect.stringMatching(/By ID/),
		});
	});
});
