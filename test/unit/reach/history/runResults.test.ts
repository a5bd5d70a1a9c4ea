import fc from 'fast-check';
import { message } from '../../../../nodes/shared/message/message';
import { RunResults, type RunData } from '../../../../nodes/shared/reach/history/runResults';
import type { SendRequest } from '../../../../sendpilot/contract/message';
import { deliveryOf, type Delivery } from '../../../../sendpilot/delivery';
import { messageCall } from '../../../../sendpilot/sentMessage';

const JANE = 'https://www.linkedin.com/in/jane-doe';
const OMAR = 'https://www.linkedin.com/in/omar-haddad';

const toProfile = (
	recipientLinkedinUrl: string,
	more: { leadId?: string; message?: string } = {},
) =>
	({
		recipient: 'profile',
		body: { senderId: 'sender_alex', recipientLinkedinUrl, message: 'Hi', ...more },
	}) satisfies SendRequest;
const toLead = (leadId: string, message = 'Hi') =>
	({ recipient: 'lead', body: { leadId, message } }) satisfies SendRequest;

const answered = (status: number, body: object, request: SendRequest): Delivery =>
	deliveryOf(
		{ kind: 'answer', answer: { status, headers: {}, body } },
		messageCall(request.body),
		0,
	);
const sent = (request: SendRequest, reply = {}) =>
	answered(201, { success: true, messageId: 'msg_1', ...reply }, request);
const notSent = (request: SendRequest) => answered(400, {}, request);
const uncertain = (request: SendRequest) => answered(500, {}, request);

/** Writes a message and its end into the state; only its begin without an end. */
function write(state: RunData, request: SendRequest, end?: Delivery, run = '0', itemIndex = 0) {
	const results = new RunResults(state, run);
	results.begin(itemIndex, message.recipientOf(request));
	if (end) results.end(itemIndex, message.recipientOf(request), end);
}

/** What a later try reads in the state, after n8n has saved it and read it again. */
function recall(state: RunData, request?: SendRequest, run = '0', itemIndex = 0) {
	const saved = JSON.parse(JSON.stringify(state)) as RunData;
	const recipient = request && message.recipientOf(request);
	return new RunResults(saved, run).recall(itemIndex, recipient);
}

/** Writes one message down, and gives what a later try makes of a request at the same item. */
function after(first: SendRequest, end: Delivery | undefined, second?: SendRequest) {
	const state: RunData = {};
	write(state, first, end);
	return recall(state, second);
}

describe('a later try of the run', () => {
	it('knows what went out, and what may have', () => {
		for (const request of [toProfile(JANE), toLead('lead_jane')]) {
			expect(after(request, sent(request), request)).toEqual(sent(request));
			expect(after(request, uncertain(request), request)).toEqual(uncertain(request));
		}
	});

	it('knows nothing about what did not go out, nor about other items', () => {
		const request = toProfile(JANE);
		expect(after(request, notSent(request), request)).toBeUndefined();
		const state: RunData = {};
		write(state, request, sent(request));
		expect(recall(state, request, '0', 1)).toBeUndefined();
	});

	it('counts a message that was started and never finished as uncertain', () => {
		expect(after(toProfile(JANE), undefined, toProfile(JANE))).toMatchObject({
			outcome: 'uncertain',
			problem: { reason: 'interrupted' },
		});
	});

	it('recognises a message whose text or sender has changed by its recipient', () => {
		const request = toProfile(JANE);
		const reworded = toProfile(JANE, { message: 'Hello' });
		expect(after(request, sent(request), reworded)).toEqual(sent(request));
	});

	it('recognises a message whose fields can no longer be read', () => {
		const request = toProfile(JANE);
		expect(after(request, sent(request), undefined)).toEqual(sent(request));
	});
});

describe('a later try for a recipient', () => {
	const profile = { recipientLinkedinUrl: `${JANE}/` };
	it.each<[string, SendRequest, object, SendRequest, 'same' | 'other']>([
		['by the same profile', toProfile(JANE), {}, toProfile(JANE), 'same'],
		['by another profile', toProfile(JANE), {}, toProfile(OMAR), 'other'],
		['by the same lead', toLead('lead_jane'), {}, toLead('lead_jane'), 'same'],
		['by another lead', toLead('lead_jane'), {}, toLead('lead_omar'), 'other'],
		['by the profile of the lead', toLead('lead_jane'), profile, toProfile(JANE), 'same'],
		['by another profile than the lead’s', toLead('lead_jane'), profile, toProfile(OMAR), 'other'],
		[
			'by a profile that is tracked as the lead',
			toLead('lead_jane'),
			{},
			toProfile(JANE, { leadId: 'lead_jane' }),
			'same',
		],
		[
			'by a profile that is tracked as another lead',
			toLead('lead_jane'),
			{},
			toProfile(JANE, { leadId: 'lead_omar' }),
			'other',
		],
		[
			'by the lead that the profile was tracked as',
			toProfile(JANE, { leadId: 'lead_jane' }),
			{},
			toLead('lead_jane'),
			'same',
		],
		[
			'by the same profile, tracked as another lead',
			toProfile(JANE, { leadId: 'lead_jane' }),
			{},
			toProfile(JANE, { leadId: 'lead_jane_webinar' }),
			'same',
		],
		// Nothing tells, and better one too few than one twice.
		['by profile in place of lead', toLead('lead_jane'), {}, toProfile(JANE), 'same'],
		['by lead in place of profile', toProfile(JANE), {}, toLead('lead_jane'), 'same'],
	])('%s', (_name, first, reply, second, expected) => {
		const known = after(first, sent(first, reply), second);
		expect(known?.outcome).toBe(expected === 'same' ? 'sent' : undefined);
	});
});

describe('another run of the node, as in a loop', () => {
	it('starts with no entries, but keeps what applies to the execution', () => {
		const request = toProfile(JANE);
		const state: RunData = { leadShape: 'refused', lastSent: { sender_alex: 1 } };
		write(state, request, sent(request), '0');
		expect(recall(state, request, '1')).toBeUndefined();
		new RunResults(state, '1');
		expect(state).toEqual({
			run: '1',
			results: {},
			earlier: {},
			counts: {},
			seen: {},
			seenBefore: {},
			sentInRun: {},
			leadShape: 'refused',
			lastSent: { sender_alex: 1 },
		});
	});
});

describe('the items of an execution', () => {
	const jane = { profileUrl: JANE };
	const omar = { profileUrl: OMAR };

	it('have a position among those for the same person, over all runs of the node', () => {
		const state: RunData = {};
		const first = new RunResults(state, '0');
		expect([jane, omar, jane].map((person) => first.meet(person))).toEqual([0, 0, 1]);
		const second = new RunResults(state, '1');
		expect([omar, jane].map((person) => second.meet(person))).toEqual([1, 2]);
	});

	it('have the same positions in a later try of the run', () => {
		const state: RunData = {};
		new RunResults(state, '0').meet(jane);
		for (let tries = 0; tries < 2; tries++) {
			const results = new RunResults(state, '1');
			expect([jane, jane].map((person) => results.meet(person))).toEqual([1, 2]);
		}
	});

	it('are for a repeated person if the run has several for them, whatever earlier runs had', () => {
		const state: RunData = {};
		new RunResults(state, '0').meet(jane);
		const results = new RunResults(state, '1');
		for (const person of [jane, omar, omar]) results.meet(person);
		expect([jane, omar].map((person) => results.isRepeated(person))).toEqual([false, true]);
	});
});

describe('a run', () => {
	const isRepetition = (state: RunData, run: string) => new RunResults(state, run).isRepetition;

	it('is a repetition once an earlier try of it has started sending, whatever came of that', () => {
		for (const end of [sent, uncertain, notSent, () => undefined]) {
			const state: RunData = {};
			expect(isRepetition(state, '0')).toBe(false);
			write(state, toProfile(JANE), end(toProfile(JANE)));
			expect(isRepetition(state, '0')).toBe(true);
			expect(isRepetition(state, '1')).toBe(false);
		}
	});
});

describe('a tool of an AI agent', () => {
	/** What a second call makes of its request, after a first one at any item of any run. */
	const afterCall = (first: SendRequest, end: Delivery | undefined, second: SendRequest) => {
		const state: RunData = {};
		write(state, first, end, 'tool', 0);
		return recall(state, second, 'tool', 1)?.outcome;
	};

	it.each<[string, (request: SendRequest) => Delivery | undefined, string | undefined]>([
		['sent', sent, 'sent'],
		['uncertain', uncertain, 'uncertain'],
		['on its way', () => undefined, 'uncertain'],
		['not sent', notSent, undefined],
	])('gives the same message to the same person once: it was %s', (_name, end, outcome) => {
		for (const request of [toProfile(JANE), toLead('lead_jane')]) {
			expect(afterCall(request, end(request), request)).toBe(outcome);
		}
	});

	it('sends another text to the same person, unless the last message is uncertain', () => {
		const [first, second] = [toProfile(JANE), toProfile(JANE, { message: 'And also' })];
		expect(afterCall(first, sent(first), second)).toBeUndefined();
		expect(afterCall(first, uncertain(first), second)).toBe('uncertain');
	});

	it('sends to others, whatever became of the first message', () => {
		for (const end of [sent, uncertain]) {
			const [jane, lead] = [toProfile(JANE), toLead('lead_jane')];
			expect(afterCall(jane, end(jane), toProfile(OMAR))).toBeUndefined();
			expect(afterCall(lead, end(lead), toLead('lead_omar'))).toBeUndefined();
		}
	});
});

describe('whatever happened before', () => {
	const requests = fc.constantFrom<SendRequest[]>(
		toProfile(JANE),
		toProfile(OMAR),
		toLead('lead_jane'),
		toLead('lead_omar'),
	);
	const ends = fc.constantFrom(sent, uncertain, notSent, () => undefined);

	it('never sends an item to the same person again that went out, or may have', () => {
		const steps = fc.array(fc.tuple(requests, ends), { minLength: 1 });
		fc.assert(
			fc.property(steps, (history) => {
				let state: RunData = {};
				const got: SendRequest[] = [];
				for (const [request, endOf] of history) {
					// Each try finds the state as n8n saved it, and sends only what the state does not know.
					state = JSON.parse(JSON.stringify(state));
					const isKnown = recall(state, request) !== undefined;
					expect(isKnown || !got.includes(request)).toBe(true);
					if (isKnown) continue;
					const end = endOf(request);
					write(state, request, end);
					if (end?.outcome !== 'notSent') got.push(request);
				}
			}),
		);
	});

	it('still sends an item that did not go out', () => {
		fc.assert(
			fc.property(fc.array(requests), requests, (tried, request) => {
				const state: RunData = {};
				for (const one of tried) write(state, one, notSent(one));
				expect(recall(state, request)).toBeUndefined();
			}),
		);
	});
});
