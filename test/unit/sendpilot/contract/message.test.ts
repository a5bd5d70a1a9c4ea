import fc from 'fast-check';
import {
	confirmsSending,
	declinesSending,
	MESSAGE_MAX_CHARACTERS,
	messageLength,
	sendByLeadBody,
	sendByProfileBody,
	sendReply,
	sendRequest,
} from '../../../../sendpilot/contract/message';

const ROCKET = '🚀';
const FAMILY = '👨‍👩‍👧';
const BY_LEAD = { leadId: 'lead_jane', message: 'Hi' };
const BY_PROFILE = {
	senderId: 'sender_alex',
	recipientLinkedinUrl: 'https://www.linkedin.com/in/jane-doe',
	message: 'Hi',
};

const takes = (message: unknown) => {
	const byLead = sendByLeadBody.safeParse({ ...BY_LEAD, message }).success;
	expect(sendByProfileBody.safeParse({ ...BY_PROFILE, message }).success).toBe(byLead);
	return byLead;
};

describe('the length of a message', () => {
	it.each([
		['', 0],
		['Hi', 2],
		['é', 1],
		['e\u0301', 2],
		['\r\n', 2],
		['山田', 2],
		[ROCKET, 1],
		[FAMILY, 5],
		['🇫🇷', 2],
		['𝒥𝒶𝓃𝑒', 4],
		['\ud83d', 1],
		['\ude80\ud83d', 2],
	])('of %j is %i code points', (message, length) => {
		expect(messageLength(message)).toBe(length);
	});

	it('is what an encoder of UTF-32 would count', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				const withoutSecondHalves = text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '_');
				expect(messageLength(text)).toBe(withoutSecondHalves.length);
			}),
		);
	});

	it('adds up', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
				expect(messageLength(a + b)).toBe(messageLength(a) + messageLength(b));
			}),
		);
	});
});

describe('a message', () => {
	it.each([
		['letters', 'a'],
		['emoji of two UTF-16 units', ROCKET],
		['letters outside of the first plane', '𝒥'],
		['Chinese', '山'],
		['combining marks', '\u0301'],
	])('of 7,999 and of 8,000 %s is taken, of 8,001 is not', (_name, character) => {
		const of = (length: number) => takes(character.repeat(length));
		expect([7_999, 8_000, 8_001].map(of)).toEqual([true, true, false]);
	});

	it('counts the white space at its ends', () => {
		expect(takes(`${'a'.repeat(7_999)}\n`)).toBe(true);
		expect(takes(`${'a'.repeat(8_000)}\n`)).toBe(false);
	});

	it.each([
		'',
		' ',
		'\n',
		'\r\n\t',
		'\u00a0',
		'\u2003\u3000',
		'\ufeff',
		'\u2028',
		' '.repeat(8_000),
		undefined,
		null,
		5,
		{},
		['Hi'],
	])('is refused where it is %j', (message) => {
		expect(takes(message)).toBe(false);
	});

	/** White space and letters, around the limit. */
	const messages = fc
		.tuple(
			fc.array(fc.constantFrom('a', ROCKET, FAMILY, ' ', '\n', '山', '\u00a0', '\ud83d')),
			fc.constantFrom(0, MESSAGE_MAX_CHARACTERS - 10, MESSAGE_MAX_CHARACTERS),
			fc.constantFrom('b', ROCKET, ' '),
		)
		.map(([parts, filled, filler]) => parts.join('') + filler.repeat(filled));

	it('is taken where it holds more than white space, and 1 to 8,000 code points', () => {
		fc.assert(
			fc.property(messages, (message) => {
				const length = messageLength(message);
				const isText = /\S/.test(message);
				expect(takes(message)).toBe(isText && length >= 1 && length <= 8_000);
			}),
		);
	});

	it('is passed on as it is', () => {
		fc.assert(
			fc.property(messages.filter(takes), (message) => {
				expect(sendByLeadBody.parse({ ...BY_LEAD, message }).message).toBe(message);
			}),
		);
	});
});

describe('a request', () => {
	it.each([
		['lead', BY_LEAD],
		['lead', { ...BY_LEAD, senderId: 'sender_alex' }],
		['profile', BY_PROFILE],
		['profile', { ...BY_PROFILE, campaignId: 'camp_a', leadId: 'lead_jane' }],
	])('by %s may be %j', (recipient, body) => {
		expect(sendRequest.parse({ recipient, body })).toEqual({ recipient, body });
	});

	it.each([
		['lead', BY_PROFILE],
		['lead', { ...BY_LEAD, campaignId: 'camp_a' }],
		['lead', { ...BY_LEAD, recipientLinkedinUrl: BY_PROFILE.recipientLinkedinUrl }],
		['lead', { ...BY_LEAD, leadId: '' }],
		['lead', { ...BY_LEAD, senderId: '' }],
		['lead', { ...BY_LEAD, senderId: null }],
		['lead', { message: 'Hi' }],
		['profile', BY_LEAD],
		['profile', { ...BY_PROFILE, senderId: undefined }],
		['profile', { ...BY_PROFILE, recipientLinkedinUrl: 'jane-doe' }],
		['profile', { ...BY_PROFILE, campaignId: '' }],
		['profile', { ...BY_PROFILE, leadId: null }],
		['profile', { ...BY_PROFILE, attachment: 'a.pdf' }],
		['company', BY_PROFILE],
	])('by %s may not be %j', (recipient, body) => {
		expect(sendRequest.safeParse({ recipient, body }).success).toBe(false);
	});
});

describe('a reply', () => {
	const confirms = (body: unknown) => confirmsSending(sendReply.parse(body));

	it.each([
		{ success: true, messageId: 'msg_1', leadId: 'lead_jane', senderId: 's', sentAt: '2026' },
		{ success: true, messageId: 'msg_1', status: 'sent', timestamp: '2026', error: null },
		{ success: true, status: 'queued' },
		{ success: true, status: 'accepted' },
		{ success: true },
		{ messageId: 'msg_1' },
		{ messageId: 'msg_1', status: null },
		{ status: 'sent' },
		{ status: 'QUEUED' },
		{ messageId: 'msg_1', status: 'sent', extra: { deep: [1] } },
	])('%j says that the message is sent or queued', (body) => {
		expect(confirms(body)).toBe(true);
	});

	it.each([
		{},
		{ success: false },
		{ success: null },
		{ success: 'yes' },
		{ messageId: '' },
		{ messageId: 7 },
		{ status: '' },
		{ status: 200 },
		{ status: 'failed' },
		{ status: 'error', message: 'LinkedIn said no' },
		{ status: 'pending' },
		{ messageId: 'msg_1', status: 'failed' },
		{ success: false, messageId: 'msg_1' },
		{ success: false, status: 'sent' },
		{ sentAt: '2026-01-01T00:00:00.000Z' },
		{ statusCode: 200, message: 'OK' },
	])('%j does not say so', (body) => {
		expect(confirms(body)).toBe(false);
	});

	it.each([
		[{ success: false }, true],
		[{ success: false, error: 'LinkedIn said no' }, true],
		[{ success: false, status: 'failed', messageId: 'msg_1' }, true],
		// One that contradicts itself proves nothing.
		[{ success: false, status: 'sent' }, false],
		[{ success: false, status: 'Queued' }, false],
		[{ success: 'false' }, false],
		[{ success: null }, false],
		[{ success: true }, false],
		[{ status: 'failed' }, false],
		[{}, false],
	])('%j says that the message stayed here: %s', (body, stayed) => {
		expect(declinesSending(sendReply.parse(body))).toBe(stayed);
	});

	it('reads a field of another type than documented as missing', () => {
		const odd = { messageId: 7, status: {}, sentAt: 0, leadId: null, conversationId: ['c'] };
		expect(sendReply.parse({ success: true, ...odd })).toEqual({ success: true });
	});
});
