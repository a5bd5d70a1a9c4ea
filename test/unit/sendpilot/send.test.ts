import type { SendPilotApi } from '../../../sendpilot/api';
import type { SendRequest } from '../../../sendpilot/contract/message';
import type { DeliveryProblem } from '../../../sendpilot/delivery';
import type { CallResult, HttpRequest } from '../../../sendpilot/http';
import { readLead } from '../../../sendpilot/lead';
import { LeadShape } from '../../../sendpilot/leadShape';
import { ServerClock } from '../../../sendpilot/serverClock';
import { refusesLeadShape, sendMessage } from '../../../sendpilot/send';

const JANE = 'https://www.linkedin.com/in/jane-doe';
const TO_LEAD: SendRequest = { recipient: 'lead', body: { leadId: 'lead_jane', message: 'Hi' } };
const LEAD = {
	id: 'lead_jane',
	linkedinUrl: JANE,
	campaignId: 'camp_a',
	senderId: 'sender_alex',
};

const answered = (status: number, body: unknown = {}): CallResult => ({
	kind: 'answer',
	answer: { status, headers: {}, body },
});
const SENT = answered(201, { success: true });
const LEAD_SHAPE_REFUSED = answered(400, {
	message: ['senderId should not be empty', 'recipientLinkedinUrl must be a URL address'],
});

/** Sends over calls that end as told, one after another; gives what was called and how it ended. */
async function send(
	request: SendRequest,
	ends: CallResult[],
	refusal: (senderId?: string) => DeliveryProblem | undefined = () => undefined,
) {
	const calls: HttpRequest[] = [];
	const api: SendPilotApi = {
		now: () => 0,
		clock: new ServerClock(),
		call: async (call) => ends[calls.push(call) - 1],
	};
	const delivery = await sendMessage(api, request, {
		leadShape: new LeadShape(),
		refusal,
		readLead: async (leadId) => await readLead(api, leadId),
	});
	return { delivery, calls, made: calls.map(({ method, path }) => `${method} ${path}`) };
}

describe('a 400 to the lead shape', () => {
	it.each([
		[['senderId should not be empty', 'recipientLinkedinUrl must be a URL address']],
		['recipientLinkedinUrl must be a URL address'],
		['recipientLinkedinUrl should not be empty'],
		['recipientLinkedinUrl is required'],
		['Validation failed: recipientLinkedinUrl is missing'],
	])('refuses the shape by %j', (message) => {
		expect(refusesLeadShape(answered(400, { message }))).toBe(true);
	});

	it.each([
		[{ error: 'recipientLinkedinUrl must be a URL address' }],
		[{ message: 'Validation failed', errors: ['recipientLinkedinUrl must be a URL address'] }],
		[{ message: 'Bad Request', details: { recipientLinkedinUrl: 'must be a URL address' } }],
		['recipientLinkedinUrl must be a URL address'],
	])('recognises the refusal wherever the text is: %j', (body) => {
		expect(refusesLeadShape(answered(400, body))).toBe(true);
	});

	it.each([
		'Recipient is not a 1st-degree connection',
		'senderId should not be empty',
		'leadId must be a string',
		'property recipientLinkedinUrl is odd',
		'Sender not found in this workspace',
		'',
	])('speaks of something else by "%s"', (message) => {
		expect(refusesLeadShape(answered(400, { message }))).toBe(false);
		expect(refusesLeadShape(answered(400, message))).toBe(false);
	});

	it.each([undefined, null, '', {}])('speaks of nothing by %j', (body) => {
		expect(refusesLeadShape(answered(400, body))).toBe(false);
	});

	it.each([200, 201, 401, 403, 404, 422, 429, 500])('is not read from a %i', (status) => {
		const message = 'recipientLinkedinUrl must be a URL address';
		expect(refusesLeadShape(answered(status, { message }))).toBe(false);
	});
});

describe('a message to a lead, where the lead shape is refused', () => {
	it('reads the lead, then writes to its profile', async () => {
		const ends = [LEAD_SHAPE_REFUSED, answered(200, LEAD), SENT];
		const { delivery, calls, made } = await send(TO_LEAD, ends);
		expect(made).toEqual(['POST /v1/inbox/send', 'GET /v1/leads/lead_jane', 'POST /v1/inbox/send']);
		expect(calls[2].body).toEqual({
			senderId: 'sender_alex',
			recipientLinkedinUrl: JANE,
			message: 'Hi',
			campaignId: 'camp_a',
			leadId: 'lead_jane',
		});
		expect(delivery.outcome).toBe('sent');
	});

	it.each([
		['in/jane-doe?miniProfileUrn=urn%253Ali%253AACo', JANE],
		['https://fr.linkedin.com/in/Jane-Doe/', JANE],
		[
			'https://www.linkedin.com/in/%25E5%25B1%25B1%25E7%2594%25B0',
			`${JANE.slice(0, -8)}%E5%B1%B1%E7%94%B0`,
		],
	])('writes to the normal form of %s', async (linkedinUrl, recipientLinkedinUrl) => {
		const ends = [LEAD_SHAPE_REFUSED, answered(200, { ...LEAD, linkedinUrl }), SENT];
		const { calls } = await send(TO_LEAD, ends);
		expect(calls[2].body).toMatchObject({ recipientLinkedinUrl });
	});

	it('names no campaign where the lead has none', async () => {
		const ends = [LEAD_SHAPE_REFUSED, answered(200, { ...LEAD, campaignId: null }), SENT];
		const { calls } = await send(TO_LEAD, ends);
		expect(calls[2].body).not.toHaveProperty('campaignId');
	});

	it.each([
		['of somebody else', { ...LEAD, id: 'lead_omar' }, 'unreadable'],
		['that is none', {}, 'unreadable'],
		['that is a list', { leads: [LEAD] }, 'unreadable'],
		['without a profile', { ...LEAD, linkedinUrl: null }, 'leadWithoutProfile'],
		['with an empty profile', { ...LEAD, linkedinUrl: '' }, 'leadWithoutProfile'],
		['with a profile that is no text', { ...LEAD, linkedinUrl: [JANE] }, 'leadWithoutProfile'],
		[
			'with an opaque profile',
			{ ...LEAD, linkedinUrl: 'in/ACoAABsandbox0000000000000000000000000' },
			'leadWithoutProfile',
		],
		['with a company', { ...LEAD, linkedinUrl: 'linkedin.com/company/acme' }, 'leadWithoutProfile'],
		['without a sender', { ...LEAD, senderId: undefined }, 'leadWithoutSender'],
		['with an empty sender', { ...LEAD, senderId: '' }, 'leadWithoutSender'],
	])('is not sent by a lead %s', async (_name, lead, reason) => {
		const { delivery, calls } = await send(TO_LEAD, [LEAD_SHAPE_REFUSED, answered(200, lead)]);
		expect(delivery).toMatchObject({ outcome: 'notSent', problem: { reason, step: 'readLead' } });
		expect(calls).toHaveLength(2);
	});

	it.each([
		['lost', { kind: 'failure', failure: 'lost', code: 'ECONNRESET' } as const],
		['timeout', { kind: 'failure', failure: 'timeout', code: 'ECONNABORTED' } as const],
		['serverError', answered(500)],
	])('is not sent, and not uncertain, where reading the lead ends in %s', async (reason, end) => {
		const { delivery } = await send(TO_LEAD, [LEAD_SHAPE_REFUSED, end]);
		expect(delivery).toMatchObject({ outcome: 'notSent', problem: { reason, step: 'readLead' } });
	});

	it('asks for an id with any characters by its own path', async () => {
		const leadId = '../inbox/senders?x=/ü';
		const request: SendRequest = { recipient: 'lead', body: { leadId, message: 'Hi' } };
		const { made } = await send(request, [LEAD_SHAPE_REFUSED, answered(404)]);
		expect(made[1]).toBe('GET /v1/leads/..%2Finbox%2Fsenders%3Fx%3D%2F%C3%BC');
	});
});

describe('a sender that is not to be used any more', () => {
	const refusal: DeliveryProblem = { reason: 'dailyQuota', step: 'send', said: [] };
	const refuse = (senderId?: string) => (senderId === 'sender_alex' ? refusal : undefined);

	it('makes no call for a profile', async () => {
		const request: SendRequest = {
			recipient: 'profile',
			body: { senderId: 'sender_alex', recipientLinkedinUrl: JANE, message: 'Hi' },
		};
		const { delivery, calls } = await send(request, [SENT], refuse);
		expect(delivery).toEqual({ outcome: 'notSent', problem: refusal });
		expect(calls).toEqual([]);
	});

	it('makes no sending call where it turns out to be the sender of the lead', async () => {
		const ends = [LEAD_SHAPE_REFUSED, answered(200, LEAD), SENT];
		const { delivery, made } = await send(TO_LEAD, ends, refuse);
		expect(delivery).toEqual({ outcome: 'notSent', problem: refusal });
		expect(made).toEqual(['POST /v1/inbox/send', 'GET /v1/leads/lead_jane']);
	});
});
