import fc from 'fast-check';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { outcomeOf, signHex, SIGNED_AT, type Delivery } from './helpers';

/** Signers that are independent of the code under test. */
const signers = {
	hex: (secret: string, _id: string, at: number, body: string) => ({
		'webhook-signature': signHex(secret, at, Buffer.from(body)),
	}),
	svix: (secret: string, id: string, at: number, body: string) => ({
		'svix-id': id,
		'svix-timestamp': String(at),
		'svix-signature': new SvixWebhook(secret).sign(id, new Date(at * 1_000), body),
	}),
	standard: (secret: string, id: string, at: number, body: string) => ({
		'webhook-id': id,
		'webhook-timestamp': String(at),
		'webhook-signature': new StandardWebhook(secret).sign(id, new Date(at * 1_000), body),
	}),
};
const schemes = Object.keys(signers) as Array<keyof typeof signers>;

const bodies = fc.oneof(fc.json(), fc.string({ unit: 'binary', maxLength: 200 }));
const ids = fc.stringMatching(/^[\w:-]{1,40}$/);
const secrets = fc
	.uint8Array({ minLength: 16, maxLength: 64 })
	.map((bytes) => `whsec_${Buffer.from(bytes).toString('base64')}`);
const ages = fc.integer({ min: -300, max: 300 });

const deliveries = fc
	.record({
		scheme: fc.constantFrom(...schemes),
		secret: secrets,
		id: ids,
		age: ages,
		text: bodies,
	})
	.map(({ scheme, secret, id, age, text }) => ({
		secret,
		headers: signers[scheme](secret, id, SIGNED_AT - age, text) as Record<string, string>,
		body: Buffer.from(text),
	}));

function flipBit(bytes: Buffer, at: number): Buffer {
	const flipped = Buffer.from(bytes);
	flipped[Math.floor(at / 8) % bytes.length] ^= 1 << at % 8;
	return flipped;
}

function withFlippedHeader({ headers, body }: Delivery, pick: number, at: number): Delivery {
	const names = Object.keys(headers);
	const name = names[pick % names.length];
	const flipped = flipBit(Buffer.from(String(headers[name]), 'latin1'), at).toString('latin1');
	return { headers: { ...headers, [name]: flipped }, body };
}

const anyBit = fc.nat(100_000);

describe.each(schemes)('%s deliveries, signed by independent code', (scheme) => {
	it('are accepted, whatever the body, the id, the secret and the time within 300 s', () => {
		fc.assert(
			fc.property(secrets, ids, ages, bodies, (secret, id, age, body) => {
				const headers = signers[scheme](secret, id, SIGNED_AT - age, body);
				expect(outcomeOf({ headers, body: Buffer.from(body) }, [secret])).toBe('accepted');
			}),
		);
	});

	it('are accepted with the old and the new secret during a rotation, in either field', () => {
		fc.assert(
			fc.property(secrets, secrets, ids, bodies, (old, current, id, body) => {
				const delivery = {
					headers: signers[scheme](old, id, SIGNED_AT, body),
					body: Buffer.from(body),
				};
				expect(outcomeOf(delivery, [current, old])).toBe('accepted');
				expect(outcomeOf(delivery, [old, current])).toBe('accepted');
			}),
		);
	});
});

describe('a flipped bit', () => {
	it('in the body is rejected', () => {
		fc.assert(
			fc.property(deliveries, anyBit, ({ headers, body, secret }, at) => {
				fc.pre(body.length > 0);
				const forged = { headers, body: flipBit(body, at) };
				expect(outcomeOf(forged, [secret])).toBe('wrongSignature');
			}),
		);
	});

	it('in the id, the time or the signature is rejected', () => {
		fc.assert(
			fc.property(deliveries, fc.nat(2), anyBit, (delivery, pick, at) => {
				const forged = withFlippedHeader(delivery, pick, at);
				expect(outcomeOf(forged, [delivery.secret])).not.toBe('accepted');
			}),
			{ numRuns: 2_000 },
		);
	});

	it('in the time is rejected even if the tolerance allows any time', () => {
		fc.assert(
			fc.property(deliveries, fc.nat(2), anyBit, (delivery, pick, at) => {
				const forged = withFlippedHeader(delivery, pick, at);
				const clock = { toleranceSeconds: Infinity };
				expect(outcomeOf(forged, [delivery.secret], clock)).not.toBe('accepted');
			}),
			{ numRuns: 2_000 },
		);
	});

	it('in the pasted secret is rejected', () => {
		fc.assert(
			fc.property(deliveries, anyBit, ({ secret, ...delivery }, at) => {
				const other = flipBit(Buffer.from(secret, 'latin1'), at).toString('latin1');
				expect(outcomeOf(delivery, [other])).not.toBe('accepted');
			}),
			{ numRuns: 2_000 },
		);
	});
});

describe('every single bit of one delivery', () => {
	const secret = `whsec_${Buffer.alloc(31, 7).toString('base64')}`;
	const text = '{"eventId":"evt_1","eventType":"message.sent"}';

	it.each(schemes)('%s: none can be flipped', (scheme) => {
		const headers: Record<string, string> = signers[scheme](secret, 'msg_1', SIGNED_AT, text);
		const body = Buffer.from(text);
		const clock = { toleranceSeconds: Infinity };
		const accepted: string[] = [];
		for (const [name, value] of Object.entries(headers)) {
			for (let at = 0; at < value.length * 8; at++) {
				const forged = flipBit(Buffer.from(value), at).toString('latin1');
				const delivery = { headers: { ...headers, [name]: forged }, body };
				if (outcomeOf(delivery, [secret], clock) === 'accepted')
					accepted.push(`${name}: ${forged}`);
			}
		}
		for (let at = 0; at < body.length * 8; at++) {
			const delivery = { headers, body: flipBit(body, at) };
			if (outcomeOf(delivery, [secret]) === 'accepted') accepted.push(`bit ${at} of the body`);
		}
		for (let at = 0; at < secret.length * 8; at++) {
			const other = flipBit(Buffer.from(secret), at).toString('latin1');
			if (outcomeOf({ headers, body }, [other]) === 'accepted') accepted.push(`secret ${other}`);
		}
		expect(accepted).toEqual([]);
	});
});

describe('noise', () => {
	it('instead of headers never throws and is never accepted', () => {
		const names = fc.constantFrom(
			...['svix-id', 'svix-timestamp', 'svix-signature'],
			...['webhook-id', 'webhook-timestamp', 'webhook-signature', 'Svix-Id', '__proto__'],
		);
		const values = fc.oneof(
			fc.string(),
			fc.array(fc.string(), { maxLength: 3 }),
			fc.constantFrom(`${SIGNED_AT}`, 'v1,', `v1,t=${SIGNED_AT},s=${'0'.repeat(64)}`, undefined),
			fc.constant(`v1,${Buffer.alloc(32).toString('base64')}`),
		);
		fc.assert(
			fc.property(fc.dictionary(names, values), (headers) => {
				expect(outcomeOf({ headers, body: Buffer.from('{}') }, ['secret'])).not.toBe('accepted');
			}),
			{ numRuns: 2_000 },
		);
	});
});
