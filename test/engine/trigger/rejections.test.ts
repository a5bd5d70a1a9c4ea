import type { INodeParameters } from 'n8n-workflow';
import type { EmitOptions } from '../../../sandbox';
import type { StaticDataStore } from '../../../engine/webhooks';
import { OLD_SECRET, SECRET, useLine } from './support';

const use = useLine();
const SCHEMES = ['svix', 'standard', 'hex'] as const;

/** Whatever is refused must start nothing, log one line that says what to do, and show no secret. */
async function expectRefused(
	line: Awaited<ReturnType<typeof use.open>>,
	says: RegExp,
): Promise<void> {
	expect(await line.started()).toEqual([]);
	expect(line.logged).toEqual([expect.stringMatching(says)]);
	expect(line.logged[0]).toMatch(
		/^SendPilot Trigger in the workflow "Events" refused a delivery: /,
	);
	expect(line.logged[0]).toMatch(/\. [A-Z].*\.$/);
	for (const secret of [SECRET, OLD_SECRET, SECRET.replace('whsec_', '')]) {
		expect(line.logged[0]).not.toContain(secret);
	}
}

describe('a delivery that SendPilot did not sign is refused', () => {
	const ROWS: Array<[what: string, options: EmitOptions, says: RegExp]> = [
		['forged', { signature: 'forged' }, /not made with the signing secret/],
		['unsigned', { signature: 'none' }, /no signature/],
		['signed an hour ago', { clockSkewSeconds: -3_600 }, /too long ago.*clock/i],
		['signed 301 s ago', { clockSkewSeconds: -302 }, /too long ago/],
		['signed in the future', { clockSkewSeconds: 302 }, /in the future/],
	];

	it.each(SCHEMES.flatMap((scheme) => ROWS.map((row) => [scheme, ...row] as const)))(
		'%s: %s',
		async (scheme, _what, options, says) => {
			const line = await use.open({ scheme });
			expect(await line.send('message.sent', options)).toEqual([401]);
			await expectRefused(line, says);
		},
	);

	it.each(SCHEMES)('%s: not one that is 298 s off', async (scheme) => {
		const line = await use.open({ scheme });
		await line.send('message.sent', { clockSkewSeconds: -298 });
		await line.send('message.sent', { clockSkewSeconds: 298 });
		expect(await line.started()).toHaveLength(2);
	});

	it('by the tolerance that the option names', async () => {
		const line = await use.open({ parameters: { options: { toleranceSeconds: 3_600 } } });
		expect(await line.send('message.sent', { clockSkewSeconds: -3_500 })).toEqual([200]);
	});
});

describe('what needs no secret is refused before the credential is read', () => {
	it.each([
		['no header', {}, /no signature/],
		['an old time', { 'webhook-signature': `v1,t=1,s=${'a'.repeat(64)}` }, /too long ago/],
		['an odd time', { 'webhook-signature': `v1,t=soon,s=${'a'.repeat(64)}` }, /cannot be read/],
		[
			'two ids',
			{ 'svix-id': 'msg_1, msg_2', 'svix-timestamp': '1', 'svix-signature': 'v1,x' },
			/contradict each other/,
		],
		['a part missing', { 'svix-id': 'msg_1', 'svix-timestamp': '1' }, /missing/],
	])('%s', async (_what, headers, says) => {
		const line = await use.open();
		expect(await line.post('{}', headers)).toMatchObject({ status: 401 });
		await expectRefused(line, says);
		expect(line.listener.credentialReads()).toBe(0);
	});
});

describe('the secrets of the credential', () => {
	it.each(SCHEMES)('%s: the old one holds while it is rotated', async (scheme) => {
		const secrets = { signingSecret: SECRET, previousSigningSecret: OLD_SECRET };
		const line = await use.open({ scheme, secrets });
		expect(await line.send('message.sent', { oldSecret: OLD_SECRET })).toEqual([200]);
		expect(await line.send('message.sent')).toEqual([200]);
		expect(await line.started()).toHaveLength(2);
	});

	it('the old one does not hold after that', async () => {
		const line = await use.open({ scheme: 'hex' });
		expect(await line.send('message.sent', { oldSecret: OLD_SECRET })).toEqual([401]);
		await expectRefused(line, /Previous Signing Secret/);
	});

	it('are taken with the white space that pasting leaves', async () => {
		const line = await use.open({ secrets: { signingSecret: ` ${SECRET}\n` } });
		expect(await line.send('message.sent')).toEqual([200]);
	});

	it.each([
		{},
		{ signingSecret: '' },
		{ signingSecret: '   ' },
		{ signingSecret: 'whsec_' },
		{ signingSecret: 'whsec_==' },
	])('are never empty: %j lets nothing in', async (secrets) => {
		const line = await use.open();
		// The credential was changed after the activation.
		Object.assign(line.credentials.sendPilotWebhookApi, { signingSecret: '' }, secrets);
		expect(await line.send('message.sent')).toEqual([401]);
		await expectRefused(line, /No signing secret is set/);
	});

	it('that cannot be read let nothing in', async () => {
		const line = await use.open();
		delete line.credentials.sendPilotWebhookApi;
		expect(await line.send('message.sent')).toEqual([401]);
		await expectRefused(line, /could not be verified/);
	});
});

describe('a body that is no event', () => {
	it('is 422 by n8n itself where it says that it is JSON', async () => {
		const line = await use.open();
		expect(await line.send({ eventType: 'message.sent', body: '{"eventId":' })).toEqual([422]);
		expect(await line.started()).toEqual([]);
	});

	it.each([
		['', /empty/],
		['{"eventId":', /not JSON/],
		['\u0000', /not JSON/],
	])('is 400 elsewhere, with a good signature: %j', async (body, says) => {
		const line = await use.open();
		const { headers } = line.signed(body, { 'content-type': 'text/plain' });
		expect(await line.post(body, headers)).toMatchObject({ status: 400 });
		await expectRefused(line, says);
	});
});

describe('a body whose bytes nobody gets, because n8n takes forms apart,', () => {
	const form = '--x\r\nContent-Disposition: form-data; name="eventId"\r\n\r\nevt_1\r\n--x--\r\n';
	const type = { 'content-type': 'multipart/form-data; boundary=x' };

	it.each(['signingSecret', 'none'])('is 400 with authentication %s', async (authentication) => {
		const line = await use.open({ parameters: { authentication } });
		const { headers } = line.signed(form, type);
		expect(await line.post(form, headers)).toMatchObject({ status: 400 });
		await expectRefused(line, /body cannot be read/);
	});
});

describe('a node whose fields cannot be read lets nothing in, and makes no failed execution', () => {
	const FAILS = "={{ $('Nowhere').first().json.value }}";

	it.each<[what: string, parameters: INodeParameters]>([
		['a tolerance', { options: { toleranceSeconds: FAILS } }],
		['an authentication', { authentication: FAILS }],
		['events by an expression, which n8n does not resolve', { events: '={{ ["*"] }}' }],
		['events that are text', { events: 'message.sent' }],
		['no event', { events: [] }],
	])('%s', async (_what, parameters) => {
		const line = await use.open({ later: parameters });
		expect(await line.send('message.sent')).toEqual([401]);
		await expectRefused(line, /could not be verified/);
	});
});

describe('the line in the log', () => {
	it('is one line, whatever the names of node and workflow', async () => {
		const line = await use.open({
			node: { name: 'Events\nERROR forged\r\u2028\u0085\u001b[31m' },
			workflow: { name: 'Flow\n2026-01-01 forged' },
		});
		expect(await line.send('message.sent', { signature: 'none' })).toEqual([401]);
		expect(line.logged).toEqual([
			expect.stringMatching(
				/^Events ERROR forged \[31m in the workflow "Flow 2026-01-01 forged" refused a delivery: [ -~]*$/,
			),
		]);
	});

	it('is one line, whatever went wrong', async () => {
		const line = await use.open();
		Object.defineProperty(line.credentials, 'sendPilotWebhookApi', {
			get() {
				throw new Error('The key\nis another one');
			},
		});
		expect(await line.send('message.sent')).toEqual([401]);
		expect(line.logged).toEqual([
			expect.stringMatching(/verified \(The key is another one\)\. .*$/),
		]);
	});
});

it('the secrets show nowhere: not in executions, logs and answers, nor in what is written down', async () => {
	const store: StaticDataStore = {};
	const line = await use.open({
		store,
		secrets: { signingSecret: SECRET, previousSigningSecret: OLD_SECRET },
		parameters: { options: { includeHeaders: true, includeLeadDetails: true } },
	});
	await line.send('reply.received');
	await line.send('message.sent', { oldSecret: OLD_SECRET });
	await line.send('message.sent', { signature: 'forged' });
	const { headers } = line.signed('{"eventId":', { 'content-type': 'text/plain' });
	const answers = [await line.post('{}'), await line.post('{"eventId":', headers)];
	const shown = JSON.stringify([
		await Promise.all(line.listener.runs),
		line.logged,
		await Promise.all(answers.map(async (answer) => await answer.text())),
		store,
	]);
	expect(line.listener.runs).toHaveLength(2);
	expect(line.logged).toHaveLength(3);
	for (const secret of [SECRET, OLD_SECRET, use.sandbox.apiKey]) {
		expect(shown).not.toContain(secret.replace('whsec_', ''));
	}
});

it('the answer says what happened, and nothing of how the node is set up', async () => {
	const line = await use.open();
	const response = await line.post('{}');
	expect(await response.json()).toEqual({
		statusCode: 401,
		message: 'The delivery has no signature',
	});
});
