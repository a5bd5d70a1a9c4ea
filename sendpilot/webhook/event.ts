import { canonicalEventType, eventEnvelope } from '../contract/event';

/** A webhook event in one form, whatever names SendPilot used; what it does not tell is null. */
export interface SendPilotEvent {
	/** Stays the same when the event arrives again; null where nothing names it. */
	eventId: string | null;
	/** The current name, or a name that nobody knows yet. */
	eventType: string;
	/** The name as it came; an older one differs from `eventType`. */
	receivedEventType: string;
	/** When it happened, ISO 8601. */
	timestamp: string | null;
	workspaceId: string | null;
	/** What was written, by either side, under whichever field name it came. */
	text?: string;
	/** As sent. */
	data: Record<string, unknown>;
}

/**
 * What {@link readEvent} makes of a body: an event, JSON of another form (`foreign`), or no JSON at all.
 */
export type EventReading =
	| { kind: 'event'; event: SendPilotEvent }
	| { kind: 'foreign'; body: unknown }
	| { kind: 'malformed'; problem: 'empty' | 'notUtf8' | 'notJson' };

/** The name of what SendPilot signed, but in another form than its events. */
export const FOREIGN_EVENT = 'unknown';

/** Full texts stand before previews, which hold the first 100 characters. */
const TEXT_FIELDS = ['reply', 'message', 'replyPreview', 'messagePreview'];

/**
 * Reads the event from a webhook's body. Events and fields that nobody knows yet pass; where an
 * envelope has no `data`, what stands beside its own fields is taken for it.
 *
 * Takes the bytes themselves, so that what is read is what was signed.
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
		body = JSON.parse(text, dropPrototype);
	} catch {
		return { kind: 'malformed', problem: 'notJson' };
	}
	const envelope = eventEnvelope.safeParse(body);
	if (!envelope.success) return { kind: 'foreign', body };

	const { eventId, eventType, timestamp, workspaceId, data, ...rest } = envelope.data;
	const content = data ?? rest;
	const words = textOf(content);
	return {
		kind: 'event',
		event: {
			eventId,
			eventType: canonicalEventType(eventType),
			receivedEventType: eventType,
			timestamp: timestamp ?? null,
			workspaceId: workspaceId ?? null,
			...(words !== undefined && { text: words }),
			data: content,
		},
	};
}

/**
 * Makes an event of a body in another form, such as the call at the end of one search or extraction,
 * whose envelope is not documented. It is named {@link FOREIGN_EVENT}.
 *
 * @param body JSON of any kind; stands in `data` as it is, an object by itself, all else as `data.body`
 * @param messageId the id that the signature names, where its scheme has one
 */
export function unknownEvent(body: unknown, messageId: string | undefined): SendPilotEvent {
	const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
	return {
		eventId: messageId ?? null,
		eventType: FOREIGN_EVENT,
		receivedEventType: FOREIGN_EVENT,
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

/** A key that is harmless here becomes an object's prototype where others copy it key by key. */
function dropPrototype(key: string, value: unknown): unknown {
	return key === '__proto__' ? undefined : value;
}

function textOf(data: Record<string, unknown>): string | undefined {
	return TEXT_FIELDS.map((field) => data[field]).find(
		(value): value is string => typeof value === 'string' && value !== '',
	);
}
