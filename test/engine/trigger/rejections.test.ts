import type { INodeParameters } from 'n8n-workflow';
import type { EmitOptions } from '../../../sandbox';
import type { StaticDataStore } from '../../../engine/webhooks';
import { OLD_SECRET, SECRET, useLine } from './support';

const use = useLine();
const SCHEMES = ['svix', 'standard', 'hex'] as const;

/** A rejected delivery must start nothing, log one line that says what to do, and show no secret. */
async function expectRejected(
	line: Awaited<ReturnType<typeof use.open>>,
	says: RegExp,
): Promise<void> {
	expect(await line.started()).toEqual([]);
	expect(line.logged).toEqual([expect.stringMatching(says)]);
	expect(line.logged[0]).toMatch(
		/^SendPilot Trigger in the workflow "Events" rejected a delivery: /,
	);
	expect(line.logged[0]).toMatch(/\. [A-Z].*\.$/);
	for (const secret of [SECRET, OLD_SECRET, SECRET.replace('whsec_', '')]) {
		expect(line.logged[0]).not.toContain(secret);
	}
}

describe('a delivery that SendPilot did not sign is rejected', () => {
	const ROWS: Array<[what: string, options: EmitOptions, says: RegExp]> = [
		['forged', { signature: 'forged' }, /does not match the signing secret/],
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
			await expectRejected(line, says);
		},
	);

	it.each(SCHEMES)('%s: but not if its clock is 298 s off', async (scheme) => {
		const line = await use.open({ scheme });
		await line.send('message.sent', { clockSkewSeconds: -298 });
		await line.send('message.sent', { clockSkewSeconds: 298 });
		expect(await line.started()).toHaveLength(2);
	});

	it('within the tolerance of the option', async () => {
		const line = await use.open({ parameters: { options: { toleranceSeconds: 3_600 } } });
		expect(await line.send('message.sent', { clockSkewSeconds: -3_500 })).toEqual([200]);
	});
});

describe('a delivery that can be rejected without the secret is rejected before the credential is read', () => {
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
		await expectRejected(line, says);
		expect(line.listener.credentialReads()).toBe(0);
	});
});

describe('the secrets of the credential', () => {
	it.each(SCHEMES)('%s: the old one is valid during a rotation', async (scheme) => {
		const secrets = { signingSecret: SECRET, previousSigningSecret: OLD_SECRET };
		const line = await use.open({ scheme, secrets });
		expect(await line.send('message.sent', { oldSecret: OLD_SECRET })).toEqual([200]);
		expect(await line.send('message.sent')).toEqual([200]);
		expect(await line.started()).toHaveLength(2);
	});

	it('the old one is not valid after that', async () => {
		const line = await use.open({ scheme: 'hex' });
		expect(await line.send('message.sent', { oldSecret: OLD_SECRET })).toEqual([401]);
		await expectRejected(line, /Previous Signing Secret/);
	});

	it('are trimmed, because pasting often adds white space', async () => {
		const line = await use.open({ secrets: { signingSecret: ` ${SECRET}\n` } });
		expect(await line.send('message.sent')).toEqual([200]);
	});

	it.each([
		{},
		{ signingSecret: '' },
		{ signingSecret: '   ' },
		{ signingSecret: 'whsec_' },
		{ signingSecret: 'whsec_==' },
	])('are never empty: %j accepts nothing', async (secrets) => {
		const line = await use.open();
		// The credential was changed after the workflow was published.
		Object.assign(line.credentials.sendPilotWebhookApi, { signingSecret: '' }, secrets);
		expect(await line.send('message.sent')).toEqual([401]);
		await expectRejected(line, /No signing secret is set/);
	});

	it('that cannot be read accept nothing', async () => {
		const line = await use.open();
		delete line.credentials.sendPilotWebhookApi;
		expect(await line.send('message.sent')).toEqual([401]);
		await expectRejected(line, /could not be verified/);
	});
});

describe('a body that is not an event', () => {
	it('gets 422 from n8n itself if its type is JSON', async () => {
		const line = await use.open();
		expect(await line.send({ eventType: 'message.sent', body: '{"eventId":' })).toEqual([422]);
		expect(await line.started()).toEqual([]);
	});

	it.each([
		['', /empty/],
		['{"eventId":', /not JSON/],
		['\u0000', /not JSON/],
	])('otherwise gets 400, even with a valid signature: %j', async (body, says) => {
		const line = await use.open();
		const { headers } = line.signed(body, { 'content-type': 'text/plain' });
		expect(await line.post(body, headers)).toMatchObject({ status: 400 });
		await expectRejected(line, says);
	});
});

describe('a form, whose bytes are lost because n8n parses it,', () => {
	const form = '--x\r\nContent-Disposition: form-data; name="eventId"\r\n\r\nevt_1\r\n--x--\r\n';
	const type = { 'content-type': 'multipart/form-data; boundary=x' };

	it.each(['signingSecret', 'none'])('gets 400 with authentication %s', async (authentication) => {
		const line = await use.open({ parameters: { authentication } });
		const { headers } = line.signed(form, type);
		expect(await line.post(form, headers)).toMatchObject({ status: 400 });
		await expectRejected(line, /body cannot be read/);
	});
});

describe('a node whose fields cannot be read accepts nothing, and creates no failed execution', () => {
	const FAILS = "={{ $('Nowhere').first().json.value }}";

	it.each<[what: string, parameters: INodeParameters]>([
		['a tolerance', { options: { toleranceSeconds: FAILS } }],
		['an authentication', { authentication: FAILS }],
		['events from an expression, which n8n does not resolve', { events: '={{ ["*"] }}' }],
		['events that are text', { events: 'message.sent' }],
		['no event', { events: [] }],
	])('%s', async (_what, parameters) => {
		const line = await use.open({ later: parameters });
		expect(await line.send('message.sent')).toEqual([401]);
		await expectRejected(line, /could not be verified/);
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
				/^Events ERROR forged \[31m in the workflow "Flow 2026-01-01 forged" rejected a delivery: [ -~]*$/,
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

describe('many deliveries that are rejected for one reason', () => {
	afterEach(() => jest.restoreAllMocks());

	it('are logged once in ten seconds, with how many more there were', async () => {
		const line = await use.open();
		const start = Date.now();
		const now = jest.spyOn(Date, 'now');
		const at = async (seconds: number, count: number) => {
			now.mockReturnValue(start + seconds * 1_000);
			for (let index = 0; index < count; index++) expect((await line.post('{}')).status).toBe(401);
		};
		await at(0, 1);
		await at(9, 4);
		await at(10, 1);
		await at(21, 1);
		expect(line.logged).toHaveLength(3);
		expect(line.logged.map((text) => /rejected (\d+) more/.exec(text)?.[1])).toEqual([
			undefined,
			'4',
			undefined,
		]);
	});

	it('hide no other reason, and no other node', async () => {
		const [one, other] = [await use.open(), await use.open()];
		await one.post('{}');
		await other.post('{}');
		expect(await one.send('message.sent', { signature: 'forged' })).toEqual([401, 401]);
		expect([one.logged.length, other.logged.length]).toEqual([2, 2]);
	});
});

it('the secrets appear nowhere: not in executions, logs, answers or saved data', async () => {
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

it('the answer says what happened, and nothing about the settings of the node', async () => {
	const line = await use.open();
	const response = await line.post('{}');
	expect(await response.json()).toEqual({
		statusCode: 401,
		message: 'The delivery has no signature',
	});
});
