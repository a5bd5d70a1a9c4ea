import fc from 'fast-check';
import { EVENT_ALIASES, EVENT_DETAILS, EVENT_TYPES } from '../../../sendpilot/contract/event';
import { unknownEvent, readEvent, type SendPilotEvent } from '../../../sendpilot/webhook/event';
import { DOCUMENTED_BODIES } from './fixtures';

const ENVELOPE = { eventId: 'evt_1', eventType: 'message.sent' };

const read = (body: unknown) => readEvent(Buffer.from(JSON.stringify(body)));
const readText = (text: string) => readEvent(Buffer.from(text));

function eventOf(body: unknown): SendPilotEvent {
	const reading = read(body);
	if (reading.kind !== 'event') throw new Error(`${reading.kind}: ${JSON.stringify(body)}`);
	return reading.event;
}

describe('each documented event', () => {
	it.each(DOCUMENTED_BODIES)('%s', (text) => {
		const { eventId, eventType, timestamp, workspaceId, data } = JSON.parse(text);
		const { text: writtenText, ...event } = eventOf(JSON.parse(text));
		expect(event).toEqual({
			...{ eventId, eventType, receivedEventType: eventType, timestamp, workspaceId, data },
		});
		expect(writtenText).toBe(data.message ?? data.reply);
	});

	it('appears exactly once', () => {
		const names = DOCUMENTED_BODIES.map((text) => JSON.parse(text).eventType);
		expect(names).toEqual([...EVENT_TYPES]);
	});

	it('has a label and a sentence for people', () => {
		expect(Object.keys(EVENT_DETAILS)).toEqual([...EVENT_TYPES]);
		for (const { displayName, description } of Object.values(EVENT_DETAILS)) {
			expect(displayName).toMatch(/^[A-Z][a-z]+( [A-Z][a-z]+)+$/);
			expect(description).toMatch(/^[A-Z].*[^.]$/);
		}
	});
});

describe('names', () => {
	it.each(Object.entries(EVENT_ALIASES))('%s arrives as %s', (old, current) => {
		expect(eventOf({ ...ENVELOPE, eventType: old })).toMatchObject({
			eventType: current,
			receivedEventType: old,
		});
	});

	it.each(['meeting.booked', 'Message.Sent', 'constructor', '__proto__', 'toString', ' '])(
		'%s, which is unknown, is kept',
		(name) => {
			expect(eventOf({ ...ENVELOPE, eventType: name })).toMatchObject({
				eventType: name,
				receivedEventType: name,
			});
		},
	);
});

describe('the text', () => {
	it.each(['message', 'messagePreview', 'reply', 'replyPreview'])('is read from %s', (field) => {
		const data = { [field]: 'Hello Jane' };
		expect(eventOf({ ...ENVELOPE, data })).toMatchObject({ text: 'Hello Jane', data });
	});

	it('is the full text if there is a preview too', () => {
		const data = { messagePreview: 'Hel', replyPreview: 'Hel', message: 'Hello Jane' };
		expect(eventOf({ ...ENVELOPE, data }).text).toBe('Hello Jane');
	});

	it('is the incoming text if there are both', () => {
		const data = { message: 'Hello Jane', reply: 'Hello Alex' };
		expect(eventOf({ ...ENVELOPE, eventType: 'reply.received', data }).text).toBe('Hello Alex');
	});

	it.each([{}, { message: '' }, { message: 5 }, { reply: null }, { message: { text: 'x' } }])(
		'is left out if there is none: %j',
		(data) => {
			expect(eventOf({ ...ENVELOPE, data })).not.toHaveProperty('text');
		},
	);
});

describe('an incomplete envelope', () => {
	it('is an event if it has an id and a type', () => {
		expect(eventOf(ENVELOPE)).toEqual({
			...ENVELOPE,
			receivedEventType: 'message.sent',
			timestamp: null,
			workspaceId: null,
			data: {},
		});
	});

	it.each([null, 5, {}, []])('counts a time and workspace of %j as missing', (odd) => {
		const event = eventOf({ ...ENVELOPE, timestamp: odd, workspaceId: odd, data: null });
		expect(event).toMatchObject({ timestamp: null, workspaceId: null, data: {} });
	});

	it('uses its other fields as data', () => {
		const event = eventOf({ ...ENVELOPE, leadId: 'lead_1', reply: 'Yes' });
		expect(event).toMatchObject({ data: { leadId: 'lead_1', reply: 'Yes' }, text: 'Yes' });
	});
});

describe('JSON that is not an event', () => {
	it.each([
		[{}],
		[[]],
		[[ENVELOPE]],
		['message.sent'],
		[42],
		[null],
		[true],
		[{ type: 'message.sent', id: 'evt_1' }],
		[{ eventType: 'message.sent' }],
		[{ eventId: 'evt_1' }],
		[{ ...ENVELOPE, eventId: '' }],
		[{ ...ENVELOPE, eventId: 7 }],
		[{ ...ENVELOPE, eventType: ['message.sent'] }],
		[{ ...ENVELOPE, data: 'text' }],
		[{ ...ENVELOPE, data: [1] }],
	])('%j is passed on unchanged, as unknown', (body) => {
		expect(read(body)).toEqual({ kind: 'unknown', body });
	});
});

describe('a body that is not JSON', () => {
	it.each([
		['nothing', '', 'empty'],
		['white space', ' \n', 'empty'],
		['half an object', '{"eventId":', 'notJson'],
		['a form', 'eventId=evt_1', 'notJson'],
		['XML', '<event/>', 'notJson'],
		['NaN', 'NaN', 'notJson'],
		['a million open brackets', '{"a":'.repeat(1_000_000), 'notJson'],
	])('%s is malformed', (_, text, problem) => {
		expect(readText(text)).toEqual({ kind: 'malformed', problem });
	});

	it('is malformed if its bytes are not UTF-8', () => {
		const bytes = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}')]);
		expect(readEvent(bytes)).toEqual({ kind: 'malformed', problem: 'notUtf8' });
	});

	it('never throws, whatever the bytes', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.uint8Array(),
					fc.json().map((text) => Buffer.from(text)),
				),
				(bytes) => {
					expect(['event', 'unknown', 'malformed']).toContain(readEvent(bytes).kind);
				},
			),
		);
	});

	it.each([
		[1_000, 'unknown'],
		[1_001, 'malformed'],
		[100_000, 'malformed'],
	])('counts as such if it nests too deeply to walk through: %d levels are %s', (depth, kind) => {
		expect(readText(`${'['.repeat(depth)}${']'.repeat(depth)}`).kind).toBe(kind);
	});
});

it('ignores a byte order mark', () => {
	expect(readText(`\ufeff${JSON.stringify(ENVELOPE)}`).kind).toBe('event');
});

describe('a body that reaches for the prototype', () => {
	const KEYS = ['"__proto__"', '"\\u005f_proto__"', '"__\\u0070roto__"'];

	it.each(KEYS)('loses %s, at every depth, and pollutes nothing', (key) => {
		const evil = `${key}:{"polluted":true}`;
		const { event } = readText(
			`{"eventId":"evt_1","eventType":"message.sent",${evil},"data":{"a":{${evil},"b":1},${evil},"list":[{${evil}}]}}`,
		) as { event: SendPilotEvent };
		expect(JSON.stringify(event)).not.toContain('polluted');
		expect(Object.getPrototypeOf(event.data)).toBe(Object.prototype);
		expect(event.data).toEqual({ a: { b: 1 }, list: [{}] });
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	it('loses it even if the body is not an event', () => {
		expect(readText('{"x":1,"__proto__":{"polluted":true}}')).toEqual({
			kind: 'unknown',
			body: { x: 1 },
		});
	});

	it('keeps harmless names, such as a custom field called constructor', () => {
		const data = { constructor: 'Jane', prototype: 'P', hasOwnProperty: 'H' };
		expect(JSON.stringify(eventOf({ ...ENVELOPE, data }).data)).toBe(JSON.stringify(data));
	});
});

it('keeps all leads of a job event with thousands of them', () => {
	const leads = Array.from({ length: 5_000 }, (_, id) => ({ id: `lead_${id}`, full_name: 'Jané' }));
	const body = { ...ENVELOPE, eventType: 'lead_database.search.completed', data: { leads } };
	expect(eventOf(body).data).toEqual({ leads });
});

describe('a signed body of another form', () => {
	it.each([
		[{ status: 'completed' }, { status: 'completed' }],
		[[1, 2], { body: [1, 2] }],
		[null, { body: null }],
		['text', { body: 'text' }],
	])('%j is an unknown event', (body, data) => {
		expect(unknownEvent(body, 'msg_1')).toEqual({
			...{ eventId: 'msg_1', eventType: 'unknown', receivedEventType: 'unknown' },
			...{ timestamp: null, workspaceId: null, data },
		});
	});

	it('has no id if the signature has none', () => {
		expect(unknownEvent({}, undefined).eventId).toBeNull();
	});
});
