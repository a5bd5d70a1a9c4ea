import { createHash } from 'node:crypto';
import { outcomeOf, SIGNED_AT } from './helpers';

const BODY = Buffer.from(
	'{"eventId":"evt_0001", "eventType":"reply.received","timestamp":"2026-01-01T00:00:00.000Z",' +
		'"workspaceId":"ws_abc123","data":{"leadId":"lead_abc123","campaignId":"camp_abc123",' +
		'"linkedinUrl":"https://www.linkedin.com/in/jane-doe","senderId":"sender_abc123",' +
		'"reply":"Sounds good – Tuesday works."}}',
);
const HEX_SECRET = 'sendpilot-test-secret-0001';
const BASE64_SECRET = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX';

const HEX = {
	right: 'e381beab4da007bd32687f58cc9912b3506f879be41bd0b5da90a213c21990c4',
	reserialised: '61bd79dd72e44d831af0f6611ee9ec138b63861291bcf396ed901fc806b8da8e',
};
const BASE64 = {
	right: 'LfUj95prcGAvSHsInvmPYzH4woD7VgL0CSarsdI0PK0=',
	reserialised: '8ZS9o1THy6Va6WyfWojWEHZvLDYhUF0SdfBbR3bu/aU=',
	wholeSecretAsKey: 'NgDr27QbzFm3xnAaa2krgBp2dRPyzJn6RAuj9n5DxwY=',
};

const hex = (digest: string) => ({
	headers: { 'webhook-signature': `v1,t=${SIGNED_AT},s=${digest}` },
	body: BODY,
});
const base64 = (digest: string, family = 'svix') => ({
	headers: {
		[`${family}-id`]: 'msg_test_0001',
		[`${family}-timestamp`]: String(SIGNED_AT),
		[`${family}-signature`]: `v1,${digest}`,
	},
	body: BODY,
});

describe('the published test vectors', () => {
	it('are these bytes', () => {
		expect(BODY).toHaveLength(297);
		expect(createHash('sha256').update(BODY).digest('hex')).toBe(
			'f48fabf07b628f37ab138163a705ebb16a44f06a2374dc1eff948c8d3938aa76',
		);
	});

	it.each([
		['hex', hex(HEX.right), HEX_SECRET],
		['svix', base64(BASE64.right), BASE64_SECRET],
		['standard', base64(BASE64.right, 'webhook'), BASE64_SECRET],
	])('%s: the right signature is accepted', (_, delivery, secret) => {
		expect(outcomeOf(delivery, [secret])).toBe('accepted');
	});

	it.each([
		['hex, body parsed and written again', hex(HEX.reserialised), HEX_SECRET],
		['svix, body parsed and written again', base64(BASE64.reserialised), BASE64_SECRET],
		['svix, whole secret as the key', base64(BASE64.wholeSecretAsKey), BASE64_SECRET],
	])('%s: rejected', (_, delivery, secret) => {
		expect(outcomeOf(delivery, [secret])).toBe('wrongSignature');
	});
});
