import type { z } from 'zod';
import { callOnce, type CallResult, type HttpCall, type HttpRequest } from './http';
import { problemOf, SendPilotError } from './problem';
import { retryDelayMs, type RetrySettings } from './retry';

/** What the API needs of the world around it. */
export interface ApiSettings extends RetrySettings {
	/** Waits so many ms; may end early where the work is cancelled. */
	pause: (ms: number) => Promise<void>;
	/** Whether the work was cancelled: no call is started after that. */
	isCancelled: () => boolean;
}

/** The SendPilot API with the retry table built in. */
export interface SendPilotApi {
	/**
	 * Makes a call, and makes it again where {@link retryDelayMs} allows that.
	 *
	 * @returns how the last try ended; never throws
	 */
	call(request: HttpRequest): Promise<CallResult>;
	/** Unix time in ms. */
	now: () => number;
}

const NOT_STARTED: CallResult = { kind: 'failure', failure: 'notStarted', code: 'cancelled' };

/** Binds the API to the function that makes one HTTP call. */
export function createApi(http: HttpCall, settings: ApiSettings): SendPilotApi {
	return {
		now: settings.now,
		async call(request) {
			for (let triesMade = 1; ; triesMade++) {
				if (settings.isCancelled()) return NOT_STARTED;
				const result = await callOnce(http, request);
				const delay = retryDelayMs(result, request.method, triesMade, settings);
				if (delay === undefined) return result;
				await settings.pause(delay);
			}
		},
	};
}

/**
 * Reads something from SendPilot and checks it.
 *
 * @param path begins with `/v1/`; ids in it are already encoded
 * @returns the reply, as the schema reads it
 * @throws SendPilotError where no usable reply came
 */
export async function read<Schema extends z.ZodTypeAny>(
	api: SendPilotApi,
	path: string,
	query: NonNullable<HttpRequest['query']>,
	schema: Schema,
): Promise<z.infer<Schema>> {
	const result = await api.call({ method: 'GET', path, query });
	const problem = problemOf(result, api.now());
	if (problem) throw new SendPilotError(problem);
	const { answer } = result as Extract<CallResult, { kind: 'answer' }>;
	const reply = schema.safeParse(answer.body);
	if (!reply.success) {
		throw new SendPilotError({ reason: 'unreadable', status: answer.status, said: [] });
	}
	return reply.data;
}
