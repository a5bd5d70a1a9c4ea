import {
	sleep,
	type IAllExecuteFunctions,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { createApi, type SendPilotApi } from '../../sendpilot/api';
import { apiBaseUrl, SENDPILOT_URL } from '../../sendpilot/baseUrl';
import type { HttpAnswer, HttpCall } from '../../sendpilot/http';
import { ExplainedError, explanationIn } from './explanation';
import { withoutKey } from './withoutKey';

/** The credential of every call; saved workflows name it. */
export const CREDENTIAL = 'sendPilotApi';

/** Who connects: a run, a list in the editor, or a webhook. */
type Context = IExecuteFunctions | ILoadOptionsFunctions | IWebhookFunctions;

/** Limits of one connection. */
export interface ConnectionSettings {
	/** How long a call may take, in ms. */
	timeoutMs: number;
	/** The longest `Retry-After` to wait for, in ms. */
	maxRetryAfterMs: number;
}

/** An open connection: the API, and what belongs to the execution that uses it. */
export interface Connection {
	api: SendPilotApi;
	/** Waits that many ms; ends early when the execution is cancelled or the work is stopped. */
	pause: (ms: number) => Promise<void>;
	isCancelled: () => boolean;
	/** Aborted when the execution is cancelled or the work is stopped. */
	signal: AbortSignal | undefined;
}

/**
 * Connects a node to SendPilot. Reads the credential once, because each read takes n8n milliseconds.
 *
 * @param stop lets the node end the work early, as a cancelled execution does
 * @throws ExplainedError where there is no credential, or none that can be used
 */
export async function connect(
	context: Context,
	settings: ConnectionSettings,
	stop?: AbortSignal,
): Promise<Connection> {
	const signal = either(cancelSignal(context), stop);
	const isCancelled = () => signal?.aborted ?? false;
	const pause = async (ms: number) => {
		// n8n 1.x ignores the signal and waits to the end; n8n 2.x rejects when it is cancelled.
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
		signal,
	};
}

/** @returns undefined for a list or a webhook, which cannot be cancelled */
function cancelSignal(context: Context): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

function either(one: AbortSignal | undefined, other: AbortSignal | undefined) {
	return one && other ? AbortSignal.any([one, other]) : (one ?? other);
}

async function bindHttp(context: Context, timeout: number): Promise<HttpCall> {
	const credentials = await readCredential(context);
	const baseURL = apiBaseUrl(credentials.baseUrl);
	if (baseURL === undefined) {
		throw new ExplainedError(
			'the Base URL in the SendPilot API credential is not a web address',
			`Open the credential and set Base URL to ${SENDPILOT_URL}.`,
		);
	}
	const options = {
		credentialsDecrypted: { id: '', name: CREDENTIAL, type: CREDENTIAL, data: credentials },
	};
	return async ({ method, path, query, body }) =>
		answerOf(
			await context.helpers.httpRequestWithAuthentication.call(
				context as IAllExecuteFunctions,
				CREDENTIAL,
				{ ...ONE_PLAIN_CALL, method, url: `${baseURL}${path}`, qs: query, body, timeout },
				options,
			),
			credentials.apiKey,
		);
}

async function readCredential(context: Context): Promise<ICredentialDataDecryptedObject> {
	const problem = (what: string) =>
		new ExplainedError(
			what,
			'Choose a SendPilot API credential under "Credential to connect with", or create one. You create API keys in SendPilot under Integrations → API Keys.',
		);
	if (!context.getNode().credentials?.[CREDENTIAL]) {
		throw problem('no SendPilot API credential is chosen');
	}
	try {
		return await context.getCredentials(CREDENTIAL);
	} catch (error) {
		throw problem(`the SendPilot API credential cannot be used: ${explanationIn(error).what}`);
	}
}

/**
 * Stops n8n from sending twice: by default it repeats a call after a 401, and follows redirects.
 */
const ONE_PLAIN_CALL = {
	json: true,
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	disableFollowRedirect: true,
} satisfies Partial<IHttpRequestOptions>;

/**
 * Reads n8n's response. It loses the key, should SendPilot repeat it there: outputs and errors quote any part of it.
 *
 * @param apiKey as in the credential
 */
export function answerOf({ statusCode, headers, body }: FullResponse, apiKey: unknown): HttpAnswer {
	const key = String(apiKey ?? '').trim();
	return { status: statusCode, headers, body: key === '' ? body : withoutKey(body, key) };
}

/** What n8n's HTTP helpers resolve with when asked for the full response. */
export interface FullResponse {
	statusCode: number;
	headers: IDataObject;
	body: unknown;
}
