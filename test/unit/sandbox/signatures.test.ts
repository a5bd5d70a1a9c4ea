import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import type { Registration, Sandbox } from '../../../sandbox';
import { signatureHeaders } from '../../../sandbox/webhooks/schemes';
import { type Received, useReceiver, useSandbox } from './helpers';

const HEX_SECRET = 'sendpilot-test-secret-0001';
const SECRET = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX';
const OLD_SECRET = `whsec_${Buffer.from('the secret of last week').toString('base64')}`;

describe('test vectors of the API reference', () => {
	const body =
		'{"eventId":"evt_0001", "eventType":"reply.received","timestamp":"2026-01-01T00:00:00.000Z",' +
		'"workspaceId":"ws_abc123","data":{"leadId":"lead_abc123","campaignId":"camp_abc123",' +
		'"linkedinUrl":"https://www.linkedin.com/in/jane-doe","senderId":"sender_abc123",' +
		'"reply":"Sounds good – Tuesday works."}}';
	const signed = { id: 'msg_test_0001', timestamp: 1_767_225_600, body };

	it('hex', () => {
		expect(signatureHeaders('hex', [HEX_SECRET], signed)).toEqual({
			'webhook-signature':
				'v1,t=1767225600,s=e381beab4da007bd32687f58cc9912b3506f879be41bd0b5da90a213c21990c4',
		});
	});

	it.each([
		['svix', 'svix'],
		['standard', 'webhook'],
	] as const)('%s', (scheme, prefix) => {
		expect(signatureHeaders(scheme, [SECRET], signed)).toEqual({
			[`${prefix}-id`]: 'msg_test_0001',
			[`${prefix}-timestamp`]: '1767225600',
			[`${prefix}-signature`]: 'v1,LfUj95prcGAvSHsInvmPYzH4woD7VgL0CSarsdI0PK0=',
		});
	});
});

/** Reads a hex signature as the API reference says. */
function hexParts({ headers }: Received) {
	const [version, ...parts] = String(headers['webhook-signature']).split(',');
	const { t = '', s = '' } = Object.fromEntries(parts.map((part) => part.split('=')));
	return { version, t, s };
}

function hexOf(secret: string, { t, body }: { t: string; body: string }): string {
	return createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
}

function verifies(scheme: Registration['scheme'], secret: string, received: Received): boolean {
	if (scheme === 'hex') {
		const { version, t, s } = hexParts(received);
		return version === 'v1' && s === hexOf(secret, { t, body: received.body });
	}
	const Verifier = scheme === 'svix' ? SvixWebhook : StandardWebhook;
	try {
		new Verifier(secret).verify(received.body, received.headers as Record<string, string>);
		return true;
	} catch {
		return false;
	}
}

describe.each(['hex', 'svix', 'standard'] as const)('a webhook signed as %s', (scheme) => {
	const sandbox = useSandbox();
	const receiver = useReceiver();
	beforeEach(() => sandbox().webhooks.register({ url: receiver.url, secret: SECRET, scheme }));

	async function emitted(...event: Parameters<Sandbox['webhooks']['emit']>) {
		sandbox().webhooks.emit(...event);
		await sandbox().webhooks.settled();
		return receiver.received[0]!;
	}

	it('is valid with the secret, and with no other', async () => {
		const received = await emitted('reply.received');
		expect(verifies(scheme, SECRET, received)).toBe(true);
		expect(verifies(scheme, OLD_SECRET, received)).toBe(false);
	});

	it('is valid for any text', async () => {
		await fc.assert(
			fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (reply) => {
				receiver.clear();
				const received = await emitted({ eventType: 'reply.received', data: { reply } });
				expect(JSON.parse(received.body).data).toEqual({ reply });
				expect(verifies(scheme, SECRET, received)).toBe(true);
			}),
			{ numRuns: 20 },
		);
	});

	it('is invalid for JSON that was parsed and serialised again', async () => {
		const received = await emitted('reply.received');
		const body = JSON.stringify(JSON.parse(received.body));
		expect(verifies(scheme, SECRET, { ...received, body })).toBe(false);
	});

	it('can be forged', async () => {
		const received = await emitted('reply.received', { signature: 'forged' });
		expect(Object.keys(received.headers).join()).toMatch('-signature');
		expect(verifies(scheme, SECRET, received)).toBe(false);
	});

	it('can be unsigned', async () => {
		const received = await emitted('reply.received', { signature: 'none' });
		expect(Object.keys(received.headers).join()).not.toMatch(/svix|webhook/);
	});

	it.each([-3_600, 3_600])(
		'can be signed by a clock that is %i s off',
		async (clockSkewSeconds) => {
			const { headers } = await emitted('reply.received', { clockSkewSeconds });
			const at =
				scheme === 'hex'
					? hexParts({ headers, url: '', body: '' }).t
					: headers[scheme === 'svix' ? 'svix-timestamp' : 'webhook-timestamp'];
			const skew = Number(at) - Date.now() / 1_000;
			expect(Math.abs(skew - clockSkewSeconds)).toBeLessThan(60);
		},
	);

	it('is valid with the old secret during a rotation', async () => {
		const received = await emitted('reply.received', { oldSecret: OLD_SECRET });
		expect(verifies(scheme, OLD_SECRET, received)).toBe(true);
		// The hex header has room for one signature only.
		expect(verifies(scheme, SECRET, received)).toBe(scheme !== 'hex');
	});
});
