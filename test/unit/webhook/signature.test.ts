import { createHmac } from 'node:crypto';
import { Webhook as SvixWebhook } from 'svix';
import { outcomeOf, SIGNED_AT, signHex } from './helpers';
import { DEFAULT_TOLERANCE_SECONDS, readSignature } from '../../../sendpilot/webhook/signature';
import { verifySignature } from '../../../sendpilot/webhook/verify';

const SECRET = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX';
const OTHER_SECRET = 'whsec_CAkKCwwNDg8QERITFBUWFwABAgMEBQYH';
const BODY = Buffer.from('{"eventId":"evt_1","eventType":"message.sent","data":{}}');
const ID = 'msg_1';
const TIME = String(SIGNED_AT);

const sign = (secret = SECRET, id = ID, at = SIGNED_AT) =>
	new SvixWebhook(secret).sign(id, new Date(at * 1_000), BODY.toString());

const SIGNATURE = sign();
const OTHER_SIGNATURE = sign(OTHER_SECRET);
const DIGEST = SIGNATURE.slice('v1,'.length);
const HEX = signHex(SECRET, SIGNED_AT, BODY);
const HEX_DIGEST = HEX.slice(HEX.indexOf('s=') + 2);
const svix = { 'svix-id': ID, 'svix-timestamp': TIME, 'svix-signature': SIGNATURE };
const standard = { 'webhook-id': ID, 'webhook-timestamp': TIME, 'webhook-signature': SIGNATURE };
const hex = { 'webhook-signature': HEX };

type Headers = Parameters<typeof readSignature>[0];
const outcome = (headers: Headers, clock = {}, secrets = [SECRET]) =>
	outcomeOf({ headers, body: BODY }, secrets, clock);

describe('which headers carry a signature', () => {
	it.each<[string, Headers]>([
		['svix-*', svix],
		['webhook-*', standard],
		['webhook-signature alone, with t= and s=', hex],
		['svix-* and webhook-* that agree', { ...svix, ...standard }],
		['svix-* and the hex form, both valid', { ...svix, ...hex }],
		['names in upper case', { 'SVIX-ID': ID, 'Svix-Timestamp': TIME, 'svix-Signature': SIGNATURE }],
		['among others', { ...svix, host: 'n8n.example', 'set-cookie': ['a', 'b'] }],
	])('%s: accepted', (_, headers) => {
		expect(outcome(headers)).toBe('accepted');
	});

	it.each<[string, Headers]>([
		['no header at all', {}],
		['only others', { host: 'n8n.example', authorization: SECRET }],
		['headers that are undefined', { 'svix-id': undefined, 'svix-signature': [] }],
	])('%s: unsigned', (_, headers) => {
		expect(outcome(headers)).toBe('unsigned');
	});

	it.each<[string, Headers]>([
		['svix-* without id', { ...svix, 'svix-id': undefined }],
		['svix-* without time', { ...svix, 'svix-timestamp': undefined }],
		['svix-* without signature', { ...svix, 'svix-signature': undefined }],
		['webhook-* without id', { ...standard, 'webhook-id': undefined }],
		['webhook-* without time', { ...standard, 'webhook-timestamp': undefined }],
		['webhook-* without signature', { ...standard, 'webhook-signature': undefined }],
		['the hex form under a header of Svix', { 'svix-signature': HEX }],
		['the hex form with an id', { ...hex, 'webhook-id': ID }],
		['complete svix-*, incomplete webhook-*', { ...svix, 'webhook-id': ID }],
	])('%s: incomplete', (_, headers) => {
		expect(outcome(headers)).toBe('incomplete');
	});
});

describe('headers that contradict each other', () => {
	it.each<[string, Headers]>([
		['two ids', { ...svix, ...standard, 'webhook-id': 'msg_2' }],
		['two times', { ...svix, ...standard, 'webhook-timestamp': `${SIGNED_AT + 1}` }],
		[
			'two times across both schemes',
			{ ...svix, ...{ 'webhook-signature': hexAt(SIGNED_AT + 1) } },
		],
		['two t= in the hex form', { 'webhook-signature': `${HEX},t=${SIGNED_AT + 1}` }],
		['an array of two ids', { ...svix, 'svix-id': [ID, 'msg_2'] }],
		['an array of two times', { ...svix, 'svix-timestamp': [TIME, `${SIGNED_AT + 1}`] }],
		['an array of two signatures', { ...svix, 'svix-signature': [SIGNATURE, OTHER_SIGNATURE] }],
		['an array of two hex forms', { 'webhook-signature': [HEX, hexAt(SIGNED_AT, '0')] }],
		['joined ids', { ...svix, 'svix-id': `${ID}, msg_2` }],
		['joined times', { ...svix, 'svix-timestamp': `${TIME}, ${SIGNED_AT + 1}` }],
		['joined signatures', { ...svix, 'svix-signature': `${SIGNATURE}, ${OTHER_SIGNATURE}` }],
		['joined hex forms', { 'webhook-signature': `${HEX}, ${hexAt(SIGNED_AT, '0')}` }],
		['one name in two cases', { ...svix, 'SVIX-ID': 'msg_2' }],
	])('%s: contradicting', (_, headers) => {
		expect(outcome(headers)).toBe('contradicting');
	});

	it.each<[string, Headers]>([
		['an array', { ...svix, 'svix-id': [ID, ID], 'svix-signature': [SIGNATURE, SIGNATURE] }],
		['joined', { ...svix, 'svix-id': `${ID}, ${ID}`, 'svix-timestamp': `${TIME}, ${TIME}` }],
		['joined signatures', { ...svix, 'svix-signature': `${SIGNATURE}, ${SIGNATURE}` }],
		['joined hex forms', { 'webhook-signature': `${HEX}, ${HEX}` }],
		['one name in two cases', { ...svix, 'SVIX-ID': ID }],
	])('but a header that repeats the same value (%s) is accepted', (_, headers) => {
		expect(outcome(headers)).toBe('accepted');
	});

	it.each<[string, Headers]>([
		['webhook-*', { ...svix, ...standard, 'webhook-signature': OTHER_SIGNATURE }],
		['svix-*', { ...svix, ...standard, 'svix-signature': OTHER_SIGNATURE }],
		['the hex form', { ...svix, 'webhook-signature': hexAt(SIGNED_AT, '0') }],
	])('two signed forms, of which %s is forged: wrongSignature', (_, headers) => {
		expect(outcome(headers)).toBe('wrongSignature');
	});
});

describe('times', () => {
	it.each([
		['in milliseconds', `${TIME}000`],
		['in words', '2026-01-01T00:00:00Z'],
		['with an exponent', '1767225600e0'],
		['with a fraction', `${TIME}.0`],
		['with a plus', `+${TIME}`],
		['with a minus', `-${TIME}`],
		['with a leading zero', `0${TIME}`],
		['in hex', '0x69556480'],
		['in Arabic digits', '١٧٦٧٢٢٥٦٠٠'],
		[
			'in full-width digits',
			TIME.replace(/[0-9]/g, (digit) => String.fromCharCode(0xfee0 + digit.charCodeAt(0))),
		],
		['with a separator', '1_767_225_600'],
		['with something after it', `${TIME}s`],
		['over two lines', `${TIME}\n${TIME}`],
		['empty', ''],
		['zero', '0'],
	])('%s: unreadable', (_, time) => {
		expect(outcome({ ...svix, 'svix-timestamp': time })).toBe('unreadable');
		expect(outcome({ 'webhook-signature': `v1,t=${time},s=${HEX_DIGEST}` })).toBe('unreadable');
	});

	it.each([
		[0, 'accepted'],
		[300, 'accepted'],
		[300.999, 'accepted'],
		[301, 'stale'],
		[86_400, 'stale'],
		[-300, 'accepted'],
		[-301, 'early'],
		[-86_400, 'early'],
	])('signed %d s ago: %s', (age, expected) => {
		const clock = { nowMs: (SIGNED_AT + age) * 1_000 };
		expect(outcome(svix, clock)).toBe(expected);
		expect(outcome(standard, clock)).toBe(expected);
		expect(outcome(hex, clock)).toBe(expected);
	});

	it('may differ as much as the tolerance allows, and no more', () => {
		const nowMs = (SIGNED_AT + 600) * 1_000;
		expect(outcome(svix, { nowMs, toleranceSeconds: 600 })).toBe('accepted');
		expect(outcome(svix, { nowMs, toleranceSeconds: 599 })).toBe('stale');
		expect(DEFAULT_TOLERANCE_SECONDS).toBe(300);
	});

	it.each([NaN, -1, undefined, 'soon'])(
		'with %p as the tolerance, none is accepted',
		(tolerance) => {
			const clock = { nowMs: SIGNED_AT * 1_000, toleranceSeconds: tolerance as number };
			expect(readSignature(svix, clock)).toEqual({ ok: false, problem: 'stale' });
		},
	);
});

describe('ids', () => {
	it.each([
		['empty', ''],
		['with a full stop, which could shift what is signed', `${ID}.${TIME}`],
		['with a space', 'msg 1'],
		['not in ASCII', 'msg_é'],
		['with a line break', 'msg_1\nmsg_2'],
		['far too long', 'm'.repeat(257)],
	])('%s: unreadable', (_, id) => {
		expect(outcome({ ...svix, 'svix-id': id })).toBe('unreadable');
	});
});

describe('signature lists', () => {
	it.each([
		['the valid one last', `${OTHER_SIGNATURE} ${SIGNATURE}`],
		['the valid one first', `${SIGNATURE} ${OTHER_SIGNATURE}`],
		['other versions too', `v1a,${'A'.repeat(86)}== ${SIGNATURE} v2,x`],
		['more spaces than needed', `  ${OTHER_SIGNATURE}   ${SIGNATURE} `],
		['rubbish too', `v1 v1, x ${SIGNATURE}`],
	])('%s: accepted', (_, list) => {
		expect(outcome({ ...svix, 'svix-signature': list })).toBe('accepted');
	});

	it('accept the valid one of several s= in the hex form', () => {
		const headers = { 'webhook-signature': `v1,t=${TIME},s=${'0'.repeat(64)},s=${HEX_DIGEST}` };
		expect(outcome(headers)).toBe('accepted');
	});

	it('accept the hex form with spaces between its parts, and with unknown parts', () => {
		const headers = { 'webhook-signature': `v1, t=${TIME}, s=${HEX_DIGEST}, k=2` };
		expect(outcome(headers)).toBe('accepted');
	});

	it.each([
		['empty', ''],
		['without version', DIGEST],
		['of another version', `v2,${DIGEST}`],
		['of a version in upper case', `V1,${DIGEST}`],
		['without padding', SIGNATURE.slice(0, -1)],
		['with more padding', `${SIGNATURE}=`],
		['of 31 bytes instead of 32', `v1,${Buffer.alloc(31).toString('base64')}`],
		['in base64url', `v1,${Buffer.alloc(32, 255).toString('base64url')}=`],
		['with stray bits at the end', `v1,${'A'.repeat(42)}B=`],
		['in hex', `v1,${HEX_DIGEST}`],
	])('%s: unreadable', (_, list) => {
		expect(outcome({ ...svix, 'svix-signature': list })).toBe('unreadable');
		expect(outcome({ ...standard, 'webhook-signature': list })).toBe('unreadable');
	});

	it.each([
		['empty', ''],
		['without version', `t=${TIME},s=${HEX_DIGEST}`],
		['of another version', `v2,t=${TIME},s=${HEX_DIGEST}`],
		['without time', `v1,s=${HEX_DIGEST}`],
		['without signature', `v1,t=${TIME}`],
		['with an empty signature', `v1,t=${TIME},s=`],
		['in upper case', `v1,t=${TIME},s=${HEX_DIGEST.toUpperCase()}`],
		['one character short', `v1,t=${TIME},s=${HEX_DIGEST.slice(1)}`],
		['one character long', `v1,t=${TIME},s=${HEX_DIGEST}0`],
		['in base64', `v1,t=${TIME},s=${DIGEST}`],
		['of Standard Webhooks, without its other headers', SIGNATURE],
	])('the hex form %s: unreadable', (_, header) => {
		expect(outcome({ 'webhook-signature': header })).toBe('unreadable');
	});

	it('are read quickly, however long', () => {
		const long = {
			...svix,
			'svix-signature': `${',   v1'.repeat(200_000)} ${'v1, '.repeat(200_000)}`,
		};
		const start = performance.now();
		expect(outcome(long)).not.toBe('accepted');
		expect(performance.now() - start).toBeLessThan(2_000);
	});
});

describe('secrets', () => {
	const withSecrets = (headers: Headers, ...secrets: Array<string | undefined>) =>
		outcomeOf({ headers, body: BODY }, secrets);

	it.each([
		['none', []],
		['an empty one', ['']],
		['blank ones', [' ', '\t\n']],
		['one that is not set', [undefined]],
		['only the common prefix', ['whsec_', ' whsec_ ']],
		['only the padding of base64', ['whsec_=', 'whsec_==', '=']],
	])('%s: noSecret, for every scheme', (_, secrets) => {
		for (const headers of [svix, standard, hex])
			expect(withSecrets(headers, ...secrets)).toBe('noSecret');
	});

	it('that are empty verify nothing, not even what was signed with an empty key', () => {
		const signed = (key: string, text: string) =>
			createHmac('sha256', key).update(text).update(BODY);
		const empty = signed('', `${ID}.${TIME}.`).digest('base64');
		const prefix = signed('whsec_', `${TIME}.`).digest('hex');
		expect(withSecrets({ ...svix, 'svix-signature': `v1,${empty}` }, '', 'whsec_', SECRET)).toBe(
			'wrongSignature',
		);
		expect(
			withSecrets({ 'webhook-signature': `v1,t=${TIME},s=${prefix}` }, '', 'whsec_', SECRET),
		).toBe('wrongSignature');
	});

	it('are trimmed, and blank ones are ignored', () => {
		for (const headers of [svix, standard, hex]) {
			expect(withSecrets(headers, `  ${SECRET}\n`)).toBe('accepted');
			expect(withSecrets(headers, SECRET, '')).toBe('accepted');
			expect(withSecrets(headers, '', SECRET)).toBe('accepted');
		}
	});

	it('in base64 may lack the prefix', () => {
		expect(withSecrets(svix, SECRET.slice('whsec_'.length))).toBe('accepted');
		expect(withSecrets(hex, SECRET.slice('whsec_'.length))).toBe('wrongSignature');
	});

	it('in base64 may lack their padding', () => {
		const key = Buffer.alloc(32, 5).toString('base64');
		const headers = { ...svix, 'svix-signature': sign(`whsec_${key}`) };
		expect(key).toMatch(/=$/);
		expect(withSecrets(headers, `whsec_${key}`)).toBe('accepted');
		expect(withSecrets(headers, `whsec_${key.slice(0, -1)}`)).toBe('accepted');
	});

	it.each(['my secret', 'my-secret_1', 'pass.word', 'sécret'])(
		'that are not base64 (%s) are used as plain text',
		(secret) => {
			const key = Buffer.from(secret).toString('base64');
			const headers = { ...svix, 'svix-signature': sign(key) };
			expect(withSecrets(headers, secret)).toBe('accepted');
			expect(withSecrets(headers, `whsec_${secret}`)).toBe('accepted');
			const hexForm = { 'webhook-signature': signHex(secret, SIGNED_AT, BODY) };
			expect(withSecrets(hexForm, secret)).toBe('accepted');
			expect(withSecrets(hexForm, `whsec_${secret}`)).toBe('wrongSignature');
		},
	);

	it('of another webhook: wrongSignature', () => {
		for (const headers of [svix, standard, hex])
			expect(withSecrets(headers, OTHER_SECRET)).toBe('wrongSignature');
	});
});

describe('claims', () => {
	it('contain what the headers say', () => {
		const clock = { nowMs: SIGNED_AT * 1_000, toleranceSeconds: 300 };
		const digests = [Buffer.from(DIGEST, 'base64')];
		expect(readSignature(svix, clock)).toEqual({
			ok: true,
			claims: [{ scheme: 'standard', id: ID, timestamp: SIGNED_AT, signatures: digests }],
		});
		expect(readSignature(hex, clock)).toEqual({
			ok: true,
			claims: [
				{ scheme: 'hex', timestamp: SIGNED_AT, signatures: [Buffer.from(HEX_DIGEST, 'hex')] },
			],
		});
	});

	it('that are missing prove nothing', () => {
		expect(verifySignature([], BODY, [SECRET])).toEqual({ ok: false, problem: 'wrongSignature' });
	});

	it('of one scheme do not pass for the other, even with the same key', () => {
		const secret = 'my secret';
		const digest = (text: string) => text.slice(text.indexOf('s=') + 2);
		const asStandard = Buffer.from(digest(signHex(secret, SIGNED_AT, BODY)), 'hex');
		const headers = {
			...svix,
			'svix-id': TIME,
			'svix-signature': `v1,${asStandard.toString('base64')}`,
		};
		expect(outcomeOf({ headers, body: BODY }, [secret])).toBe('wrongSignature');
	});
});

function hexAt(at: number, digit?: string): string {
	return digit ? `v1,t=${at},s=${digit.repeat(64)}` : signHex(SECRET, at, BODY);
}
