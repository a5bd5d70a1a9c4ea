import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KeyStatus } from './apiKey';
import { Tally } from './tally';

/** One request to the API, whatever its result. Calls of the control routes are not recorded. */
export interface RecordedRequest {
	method: string;
	/** Without the query. */
	path: string;
	query: unknown;
	/** Names in lower case; `x-api-key` is a {@link KeyStatus}. */
	headers: Readonly<Record<string, string>>;
	/** Parsed JSON, or the text if it was not JSON; absent if the key was rejected first. */
	body?: unknown;
	/** In milliseconds since 1970. */
	startedAt: number;
	/** In milliseconds since 1970; absent while the request is in progress. */
	endedAt?: number;
	/** Absent if the connection ended without an answer. */
	status?: number;
}

/** Headers that might contain a secret, other than SendPilot's. */
const SECRET_HEADERS = ['authorization', 'cookie', 'proxy-authorization'];

/** Records every request, and how many sends were in progress at the same time. */
export class Recorder {
	/** In the order of arrival; always the same list. */
	readonly requests: RecordedRequest[] = [];
	private readonly recordOf = new WeakMap<FastifyRequest, RecordedRequest>();
	private sends = new Tally();

	/** Records a request, and completes its entry when the answer or the connection ends. */
	begin(request: FastifyRequest, reply: FastifyReply, key: KeyStatus): void {
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

	/** Counts a send as in progress until its answer or connection ends. */
	beginSend(reply: FastifyReply, senderId: string | undefined): void {
		reply.raw.once('close', this.sends.begin(senderId));
	}

	/** @returns the maximum number of simultaneous sends, in total or for one sender */
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

function safeHeaders(headers: IncomingHttpHeaders, key: KeyStatus): Record<string, string> {
	const kept: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) kept[name] = String(value);
	for (const name of SECRET_HEADERS) if (name in kept) kept[name] = 'present';
	return { ...kept, 'x-api-key': key };
}
