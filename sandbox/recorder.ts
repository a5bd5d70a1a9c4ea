import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KeyStanding } from './apiKey';
import { Tally } from './tally';

/** One request to the API, whatever became of it. Calls of the control routes are not kept. */
export interface RecordedRequest {
	method: string;
	/** Without the query. */
	path: string;
	query: unknown;
	/** Names in lower case; `x-api-key` holds a {@link KeyStanding}. */
	headers: Readonly<Record<string, string>>;
	/** Parsed JSON, or the text that was not JSON; absent when the key was refused first. */
	body?: unknown;
	/** In milliseconds since 1970. */
	startedAt: number;
	/** In milliseconds since 1970; absent while the request is under way. */
	endedAt?: number;
	/** Absent when the connection ended without an answer. */
	status?: number;
}

/** Headers that could carry a secret in another way than SendPilot's. */
const SECRET_HEADERS = ['authorization', 'cookie', 'proxy-authorization'];

/** Keeps every request, and how many sends were under way at one time. */
export class Recorder {
	/** In the order in which they came in; the list stays the same for good. */
	readonly requests: RecordedRequest[] = [];
	private readonly recordOf = new WeakMap<FastifyRequest, RecordedRequest>();
	private sends = new Tally();

	/** Writes a request down, and closes the entry when its answer or connection ends. */
	begin(request: FastifyRequest, reply: FastifyReply, key: KeyStanding): void {
		const record: RecordedRequest = {
			method: request.method,
			path: pathOf(request),
			query: request.query,
			headers: safeHeaders(request.headers, key),
			startedAt: Date.now(),
		};
		this.requests.push(record);
		this.recordOf.set(request, record);
		reply.raw.once('close', () => {
			record.endedAt = Date.now();
			if (reply.raw.headersSent) record.status = reply.raw.statusCode;
		});
	}

	/** Adds the body to the entry of a request. */
	addBody(request: FastifyRequest, body: unknown): void {
		const record = this.recordOf.get(request);
		if (record) record.body = body;
	}

	/** Counts a send as under way until its answer or connection ends. */
	beginSend(reply: FastifyReply, senderId: string | undefined): void {
		reply.raw.once('close', this.sends.begin(senderId));
	}

	/** @returns the most sends under way at one time, altogether or for one sender */
	peakSends(senderId?: string): number {
		return this.sends.peak(senderId);
	}

	/** Forgets everything. */
	reset(): void {
		this.requests.length = 0;
		this.sends = new Tally();
	}
}

/** @returns the path of a request, without its query */
export function pathOf(request: FastifyRequest): string {
	return request.url.split('?', 1)[0] ?? '';
}

function safeHeaders(headers: IncomingHttpHeaders, key: KeyStanding): Record<string, string> {
	const kept: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) kept[name] = String(value);
	for (const name of SECRET_HEADERS) if (name in kept) kept[name] = 'present';
	return { ...kept, 'x-api-key': key };
}
