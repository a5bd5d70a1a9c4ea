import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { apiBaseUrl, SENDPILOT_URL } from '../../sendpilot/baseUrl';
import { campaignList, CAMPAIGNS_PATH } from '../../sendpilot/contract/campaign';
import { callOnce, type CallResult, type HttpCall } from '../../sendpilot/http';
import { problemOf, type Problem } from '../../sendpilot/problem';
import { answerOf, type FullResponse } from './connection';
import { explainProblem, isUnknownRoute } from './explainProblem';

/** How long the test waits for an answer, in ms: someone is watching. */
const TEST_TIMEOUT_MS = 15_000;

/**
 * The connection test of the SendPilot API credential, by `GET /v1/campaigns?limit=1`. It is a function of
 * a node rather than a request in the credential: of the latter, n8n shows only a code when there is no
 * HTTP answer, and accepts any page with status 200.
 *
 * @returns what the credential dialog shows; never throws
 */
export async function sendPilotApiTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { apiKey, baseUrl } = credential.data ?? {};
	const key = typeof apiKey === 'string' ? apiKey.trim() : '';
	if (key === '') {
		return failed('API Key is empty. In SendPilot, open Integrations → API Keys and create one.');
	}
	const address = apiBaseUrl(baseUrl);
	if (address === undefined) {
		return failed(`Base URL is not a web address. SendPilot's own is ${SENDPILOT_URL}.`);
	}
	const query = { limit: 1 };
	const result = await callOnce(bindHttp(this, address, key), {
		method: 'GET',
		effect: 'read',
		path: CAMPAIGNS_PATH,
		query,
	});
	return verdict(result, address);
}

function verdict(result: CallResult, address: string): INodeCredentialTestResult {
	const problem = problemOf(result, Date.now());
	if (problem) return failed(textFor(problem, address));
	const isSendPilot =
		result.kind === 'answer' && campaignList.safeParse(result.answer.body).success;
	return isSendPilot
		? { status: 'OK', message: 'Connection successful' }
		: failed(wrongAddress(address));
}

function textFor(problem: Problem, address: string): string {
	const { what, next } = explainProblem(problem);
	switch (problem.reason) {
		case 'forbidden':
			return `${what}. SendPilot knows the key, but does not let it use the API. The API comes with AppSumo Lifetime, Team, Agency and Enterprise plans; check the plan of your workspace.`;
		case 'notFound':
			return wrongAddress(address);
		case 'unauthorized':
		case 'redirected':
		case 'unreachable':
		case 'unsendable':
			return `${what} at ${address}. ${next}`;
		default:
			return `${what}. ${isUnknownRoute(problem) ? '' : next} Try again in a few minutes.`;
	}
}

function wrongAddress(address: string): string {
	return `A server answers at ${address}, but it is not the SendPilot API. SendPilot's own base URL is ${SENDPILOT_URL}.`;
}

function failed(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}

function bindHttp(context: ICredentialTestFunctions, address: string, key: string): HttpCall {
	return async ({ method, path, query }) => {
		// Deprecated everywhere else, but the only call that n8n offers to a credential test.
		const { helpers } = context;
		const response = (await helpers.request({
			method,
			uri: `${address}${path}`,
			qs: query,
			headers: { 'X-API-Key': key },
			json: true,
			simple: false,
			resolveWithFullResponse: true,
			followRedirect: false,
			timeout: TEST_TIMEOUT_MS,
		})) as FullResponse;
		return answerOf(response, key);
	};
}
