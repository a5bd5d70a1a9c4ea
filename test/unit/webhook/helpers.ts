import { createHmac } from 'node:crypto';
import type { RequestHeaders } from '../../../sendpilot/webhook/headers';
import { readSignature } from '../../../sendpilot/webhook/signature';
import { verifySignature } from '../../../sendpilot/webhook/verify';
import type { SendPilotEvent } from '../../../sendpilot/webhook/event';

/** When all deliveries of these tests are signed: 2026-01-01T00:00:00Z in Unix seconds. */
export const SIGNED_AT = 1_767_225_600;

/** One delivery as it arrives. */
export interface Delivery {
	headers: RequestHeaders;
	body: Buffer;
}

/** The outcome of a delivery: `accepted`, or why it is rejected. */
export function outcomeOf(
	{ headers, body }: Delivery,
	secrets: ReadonlyArray<string | undefined>,
	{ nowMs = SIGNED_AT * 1_000, toleranceSeconds = 300 } = {},
): string {
	const reading = readSignature(headers, { nowMs, toleranceSeconds });
	if (!reading.ok) return reading.problem;
	const verification = verifySignature(reading.claims, body, secrets);
	return verification.ok ? 'accepted' : verification.problem;
}

/** A second implementation of the hex scheme, after SendPilot's documentation. */
export function signHex(secret: string, timestamp: number, body: Buffer): string {
	const signed = Buffer.concat([Buffer.from(`${timestamp}.`), body]);
	return `v1,t=${timestamp},s=${createHmac('sha256', secret).update(signed).digest('hex')}`;
}

/** @returns an event with the data that matters to a test; the rest is made up */
export function eventWith(eventType: string, data: Record<string, unknown> = {}): SendPilotEvent {
	return {
		eventId: 'evt_1',
		eventType,
		receivedEventType: eventType,
		timestamp: '2026-01-01T00:00:00.000Z',
		workspaceId: 'ws_1',
		data,
	};
}
