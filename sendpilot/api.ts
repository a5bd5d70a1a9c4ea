import type { z } from 'zod';
import { declines, errorTexts, namesError } from './contract/error';
import { callOnce, type CallResult, type HttpCall, type HttpRequest } from './http';
import { problemOf, SendPilotError } from './problem';
import { retryDelayMs, type RetrySettings } from './retry';
import { ServerClock } from './serverClock';

/** What the API needs from its surroundings. */
export interface ApiSettings extends RetrySettings {
	/** Waits that many ms; may end early if the work is cancelled. */
	pause: (ms: number) => Promise<void>;
	/** Whether the work was cancelled; no call is started after that. */
	isCancelled: () => boolean;
}

/** The SendPilot API with the retry table built in. */
export interface SendPilotApi {
	/**
	 * Makes a call, and repeats it if {@link retryDelayMs} allows that.
	 *
	 * @param onRetry is called with what a try ended with, before the next one
	 * @returns the result of the last try; never throws
	 */
	call(request: HttpRequest, onRetry?: (failed: CallResult) => void): Promise<CallResult>;
	/** Unix time in ms. */
	now: () => number;
	/** When something happened on SendPilot's clock. */
	clock: Pick<ServerClock, 'at'>;
}

const NOT_STARTED: CallResult = { kind: 'failure', failure: 'notStarted', code: 'cancelled' };

/** Creates the API from a function that makes one HTTP call. */
export function createApi(http: HttpCall, settings: ApiSettings): SendPilotApi {
	const clock = new ServerClock();
	return {
		now: settings.now,
		clock,
		async call(request, onRetry) {
			for (let triesMade = 1; ; triesMade++) {
				if (settings.isCancelled()) return NOT_STARTED;
				const askedAt = settings.now();
				const result = await callOnce(http, request);
				if (result.kind === 'answer') clock.note(result.answer, askedAt, settings.now());
				const delay = retryDelayMs(result, request.effect, triesMade, settings);
				if (delay === undefined) return result;
				onRetry?.(result);
				await settings.pause(delay);
			}
		},
	};
}

/**
 * Reads from SendPilot and validates the reply.
 *
 * @param path begins with `/v1/`; ids in it are already encoded
 * @returns the reply, parsed by the schema
 * @throws SendPilotError if there is no usable reply
 */
export async function read<Schema extends z.ZodTypeAny>(
	api: SendPilotApi,
	path: string,
	query: NonNullable<HttpRequest['query']>,
	schema: Schema,
): Promise<z.infer<Schema>> {
	return await request(api, { method: 'GET', effect: 'read', path, query }, schema);
}

/** What a caller of {@link request} knows better. */
interface RequestOptions<Reply> {
	/** Is called with what a try ended with, before the next one. */
	onRetry?: (failed: CallResult) => void;
	/** Whether a reply shows what was done, so that it counts whatever else it says. */
	showsResult?: (reply: Reply) => boolean;
}

/**
 * Makes a call whose effect can be repeated, and validates the reply.
 *
 * @returns the reply, parsed by the schema
 * @throws SendPilotError if there is no usable reply, or it says that nothing was done
 */
export async function request<Schema extends z.ZodTypeAny>(
	api: SendPilotApi,
	call: HttpRequest & { effect: 'read' | 'repeatable' },
	schema: Schema,
	{ onRetry, showsResult }: RequestOptions<z.infer<Schema>> = {},
): Promise<z.infer<Schema>> {
	const result = await api.call(call, onRetry);
	const problem = problemOf(result, api.now());
	if (problem) throw new SendPilotError(problem);
	const { answer } = result as Extract<CallResult, { kind: 'answer' }>;
	const { status, body } = answer;
	const reply = schema.safeParse(body);
	if (reply.success && showsResult?.(reply.data)) return reply.data;
	if (declines(body)) {
		throw new SendPilotError({ reason: 'declined', status, said: errorTexts(body) });
	}
	// What is read can have an error of its own, which says nothing about the reading.
	if (call.effect === 'repeatable' && namesError(body)) {
		throw new SendPilotError({ reason: 'contradictory', status, said: errorTexts(body) });
	}
	if (!reply.success) throw new SendPilotError({ reason: 'unreadable', status, said: [] });
	return reply.data;
}
