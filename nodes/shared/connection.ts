import {
	NodeOperationError,
	sleep,
	type IAllExecuteFunctions,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { createApi, type SendPilotApi } from '../../sendpilot/api';
import { apiBaseUrl, SENDPILOT_URL } from '../../sendpilot/baseUrl';
import type { HttpAnswer, HttpCall } from '../../sendpilot/http';

/** The credential of every call; saved workflows name it. */
export const CREDENTIAL = 'sendPilotApi';

/** Where a connection is opened from: a run, a list in the editor, or a webhook. */
type Context = IExecuteFunctions | ILoadOptionsFunctions | IWebhookFunctions;

/** Limits of one connection. */
export interface ConnectionSettings {
	/** How long a call may take, in ms. */
	timeoutMs: number;
	/** The longest `Retry-After` that is waited for, in ms. */
	maxRetryAfterMs: number;
}

/** An open connection: the API, and what belongs to the execution that it serves. */
export interface Connection {
	api: SendPilotApi;
	/** Waits so many ms; ends early where the execution is cancelled or the work is stopped. */
	pause: (ms: number) => Promise<void>;
	isCancelled: () => boolean;
}

/**
 * Connects a node to SendPilot. The credential is read once here, because n8n takes milliseconds to
 * read one.
 *
 * @param stop ends the work as a cancelled execution does, where the node itself wants that
 * @throws NodeOperationError where the base URL of the credential is no web address
 */
export async function connect(
	context: Context,
	settings: ConnectionSettings,
	stop?: AbortSignal,
): Promise<Connection> {
	const signal = either(cancelSignal(context), stop);
	const isCancelled = () => signal?.aborted ?? false;
	const pause = async (ms: number) => {
		// n8n 1.x knows no signal here and waits to the end; n8n 2.x rejects where it is cancelled.
		if (ms > 0 && !isCancelled()) await sleep(ms, signal).catch(() => undefined);
	};
	const http = await bindHttp(context, settings.timeoutMs);
	const { maxRetryAfterMs } = settings;
	const { now } = Date;
	const { random } = Math;
	return {
		api: createApi(http, { maxRetryAfterMs, now, random, pause, isCancelled }),
		pause,
		isCancelled,
	};
}

/** @returns undefined for a list or a webhook, which nobody can cancel */
function cancelSignal(context: Context): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

function either(one: AbortSignal | undefined, other: AbortSignal | undefined) {
	return one && other ? AbortSignal.any([one, other]) : (one ?? other);
}

async function bindHttp(context: Context, timeout: number): Promise<HttpCall> {
	const credentials = await context.getCredentials(CREDENTIAL);
	const baseURL = apiBaseUrl(credentials.baseUrl);
	if (baseURL === undefined) {
		throw new NodeOperationError(
			context.getNode(),
			'The base URL in the SendPilot credential is not a web address',
			{
				description: `Nothing was sent. Open the credential and enter ${SENDPILOT_URL} as its base URL.`,
			},
		);
	}
	const options = {
		credentialsDecrypted: { id: '', name: CREDENTIAL, type: CREDENTIAL, data: credentials },
	};
	return async ({ method, path, query, body }) =>
		readAnswer(
			await context.helpers.httpRequestWithAuthentication.call(
				context as IAllExecuteFunctions,
				CREDENTIAL,
				{ ...ONE_PLAIN_CALL, method, url: `${baseURL}${path}`, qs: query, body, timeout },
				options,
			),
		);
}

/**
 * Keeps n8n from sending twice: it repeats a call after a 401 unless errors are left to the caller, and
 * follows redirects unless told otherwise.
 */
const ONE_PLAIN_CALL = {
	json: true,
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	disableFollowRedirect: true,
} satisfies Partial<IHttpRequestOptions>;

function readAnswer({ statusCode, headers, body }: FullResponse): HttpAnswer {
	return { status: statusCode, headers, body };
}

interface FullResponse {
	statusCode: number;
	headers: IDataObject;
	body: unknown;
}
