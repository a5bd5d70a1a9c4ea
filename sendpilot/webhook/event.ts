import { canonicalEventType, eventEnvelope } from '../contract/event';

/** A webhook event in one form, whichever names SendPilot used; what it leaves out is null. */
export interface SendPilotEvent {
	/** Stays the same when the event arrives again; null if it has no id. */
	eventId: string | null;
	/** The current name; future event types keep the name they came with. */
	eventType: string;
	/** The name that SendPilot used, which may be an older one. */
	receivedEventType: string;
	/** When it happened, ISO 8601. */
	timestamp: string | null;
	workspaceId: string | null;
	/** The text that either side wrote, whichever field it came in. */
	text?: string;
	/** As SendPilot sent it. */
	data: Record<string, unknown>;
}

/**
 * What {@link readEvent} makes of a body: an event, JSON of another form (`unknown`), or no JSON at all.
 */
export type EventReading =
	| { kind: 'event'; event: SendPilotEvent }
	| { kind: 'unknown'; body: unknown }
	| { kind: 'malformed'; problem: 'empty' | 'notUtf8' | 'notJson' };

/** The name for a signed body that doesn't have the form of an event. */
export const UNKNOWN_EVENT = 'unknown';

/** Full texts first: previews have only the first 100 characters. */
const TEXT_FIELDS = ['reply', 'message', 'replyPreview', 'messagePreview'];

/**
 * Reads the event from a webhook's body. Future event types and fields are accepted. If an envelope has
 * no `data`, its other fields are used instead.
 *
 * Takes the bytes, so that exactly what was signed is read.
 *
 * @param rawBody UTF-8
 * @returns the event, or what the body is instead; never throws
 */
export function readEvent(rawBody: Uint8Array): EventReading {
	const text = decode(rawBody);
	if (text === undefined) return { kind: 'malformed', problem: 'notUtf8' };
	if (text.trim() === '') return { kind: 'malformed', problem: 'empty' };

	let body: unknown;
	try {
		body = parse(text);
	} catch {
		return { kind: 'malformed', problem: 'notJson' };
	}
	const envelope = eventEnvelope.safeParse(body);
	if (!envelope.success) return { kind: 'unknown', body };

	const { eventId, eventType, timestamp, workspaceId, data, ...rest } = envelope.data;
	const content = data ?? rest;
	const writtenText = textOf(content);
	return {
		kind: 'event',
		event: {
			eventId,
			eventType: canonicalEventType(eventType),
			receivedEventType: eventType,
			timestamp: timestamp ?? null,
			workspaceId: workspaceId ?? null,
			...(writtenText !== undefined && { text: writtenText }),
			data: content,
		},
	};
}

/**
 * Makes an event named {@link UNKNOWN_EVENT} from a body of another form, such as the one that SendPilot
 * sends at the end of a single search or extraction, which is not documented.
 *
 * @param body any JSON; an object becomes `data`, anything else `data.body`
 * @param messageId the id that was signed, if the scheme has one
 */
export function unknownEvent(body: unknown, messageId: string | undefined): SendPilotEvent {
	const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
	return {
		eventId: messageId ?? null,
		eventType: UNKNOWN_EVENT,
		receivedEventType: UNKNOWN_EVENT,
		timestamp: null,
		workspaceId: null,
		data: isObject ? (body as Record<string, unknown>) : { body },
	};
}

function decode(rawBody: Uint8Array): string | undefined {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(rawBody);
	} catch {
		return undefined;
	}
}

/** Deeper than any event. Whoever walks through an object without an end to its depth runs out of stack. */
const MAX_DEPTH = 1_000;

/**
 * Parses JSON without fields named `__proto__`. They are harmless here, but whoever copies the object key by key
 * would set its prototype. A reviver could drop them too, but takes several times as long as to parse.
 *
 * @throws SyntaxError if it isn't JSON, RangeError if it is nested too deeply
 */
function parse(text: string): unknown {
	const value: unknown = JSON.parse(text);
	dropPrototypes(value, MAX_DEPTH);
	return value;
}

function dropPrototypes(value: unknown, levels: number): void {
	if (typeof value !== 'object' || value === null) return;
	if (levels === 0) throw new RangeError('Nested too deeply');
	const fields = value as Record<string, unknown>;
	if (Object.hasOwn(fields, '__proto__')) delete fields.__proto__;
	for (const inner of Object.values(fields)) dropPrototypes(inner, levels - 1);
}

function textOf(data: Record<string, unknown>): string | undefined {
	return TEXT_FIELDS.map((field) => data[field]).find(
		(value): value is string => typeof value === 'string' && value !== '',
	);
}
