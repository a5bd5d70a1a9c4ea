import { SENDPILOT_URL } from '../../sendpilot/baseUrl';
import { withinSentence } from '../../sendpilot/contract/error';
import { EVENT_DETAILS } from '../../sendpilot/contract/event';
import type { Problem, ProblemReason } from '../../sendpilot/problem';
import type { Explanation } from './explanation';

/** How NestJS answers for a path that it does not know, which points to a wrong base URL. */
const UNKNOWN_ROUTE = /^Cannot (?:GET|POST|PATCH) \//;

const CHECK_BASE_URL = `Check the Base URL in the SendPilot API credential; SendPilot's own is ${SENDPILOT_URL}.`;

const GET_SCOPE =
	'In SendPilot, create an API key that has this scope under Integrations → API Keys, and enter it in the SendPilot API credential.';

const ACCEPTED = EVENT_DETAILS['connection_request.accepted'].displayName;

/** Empty where there is nothing to fix: what to do next then depends on the situation alone. */
const NOTHING_TO_FIX = '';

const EXPLANATIONS: Record<ProblemReason, Explanation> = {
	notFirstDegree: {
		what: 'The recipient is not a 1st-degree connection of the sender',
		next: `Send this person an invitation, and let a SendPilot Trigger with the event ${ACCEPTED} start a workflow that messages them once they accept.`,
	},
	invalid: {
		what: 'SendPilot rejected the request',
		next: 'Fix what SendPilot describes. If it is about the sender, check that the sender belongs to the workspace of the API key.',
	},
	unauthorized: {
		what: 'SendPilot does not accept the API key',
		next: 'Check the API Key in the SendPilot API credential. You create keys in SendPilot under Integrations → API Keys; a new key is shown only once.',
	},
	forbidden: {
		what: 'SendPilot denied access',
		next: 'In SendPilot, check that the sender is connected and active, that lead and sender belong to the workspace of the API key, and that your plan includes the API.',
	},
	notFound: {
		what: 'SendPilot could not find the lead, sender or campaign',
		next: 'Check the ID: use one from the list in the node, or from the output of another operation. It must belong to the workspace of the API key.',
	},
	rateLimited: {
		what: 'SendPilot is rate limiting requests',
		next: "Wait a few minutes. To let the node wait longer by itself, raise Max Rate-Limit Wait in the node's options.",
	},
	dailyQuota: {
		what: "The sender has reached today's LinkedIn limit",
		next: 'Wait until tomorrow, or raise the daily limit in SendPilot.',
	},
	declined: {
		what: 'SendPilot reports that it did not do this',
		next: 'Fix what SendPilot describes.',
	},
	serverError: {
		what: 'SendPilot answered with a server error',
		next: NOTHING_TO_FIX,
	},
	redirected: {
		what: 'The server redirected the request to another address, which was not followed',
		next: CHECK_BASE_URL,
	},
	contradictory: {
		what: "SendPilot's answer reports both success and a failure",
		next: NOTHING_TO_FIX,
	},
	unreadable: {
		what: 'The answer does not look like one from SendPilot',
		next: CHECK_BASE_URL,
	},
	leadWithoutProfile: {
		what: 'This lead has no usable LinkedIn profile URL in SendPilot',
		next: 'Set Recipient to LinkedIn Profile and paste the address of the profile page (linkedin.com/in/…).',
	},
	leadWithoutSender: {
		what: 'This lead has no sender in SendPilot',
		next: 'Choose a Sender in the node instead of Automatic.',
	},
	interrupted: {
		what: 'An earlier attempt may have done it',
		next: NOTHING_TO_FIX,
	},
	forgotten: {
		what: 'An earlier attempt at this execution may have done it, and this node no longer remembers',
		next: NOTHING_TO_FIX,
	},
	historyUnavailable: {
		what: 'It could not be recorded in n8n first',
		next: "Check that the workflow is saved and that n8n's database works.",
	},
	unexpected: {
		what: 'Something went wrong in this node',
		next: 'Please report this to the authors of the node.',
	},
	unreachable: {
		what: 'SendPilot could not be reached',
		next: `Check the network connection of n8n. ${CHECK_BASE_URL}`,
	},
	unsendable: {
		what: 'The request was blocked before it left n8n',
		next: `Check the certificates and network rules of n8n, and the API key for unusual characters. ${CHECK_BASE_URL}`,
	},
	notStarted: {
		what: 'The execution was cancelled before this item',
		next: NOTHING_TO_FIX,
	},
	timeout: {
		what: 'SendPilot did not answer in time',
		next: "If this happens often, raise Timeout in the node's options.",
	},
	lost: {
		what: 'The connection broke before SendPilot answered',
		next: NOTHING_TO_FIX,
	},
	cancelled: {
		what: 'The execution was cancelled before SendPilot answered',
		next: NOTHING_TO_FIX,
	},
};

/**
 * Puts a problem into words, with SendPilot's own.
 *
 * @param special what is said of some problems instead
 * @returns what happened, and what to fix; the latter may be empty
 */
export function explainProblem(
	problem: Problem,
	special: Partial<Record<ProblemReason, Explanation>> = {},
): Explanation {
	const evident = evidentExplanation(problem);
	if (evident) return evident;
	const { what, next } = special[problem.reason] ?? EXPLANATIONS[problem.reason];
	const hints = [next, requestedWait(problem), networkCode(problem)];
	return { what: what + evidence(problem), next: hints.filter((hint) => hint !== '').join(' ') };
}

/**
 * Explains what SendPilot's own text shows to have nothing to do with what was called.
 *
 * @returns undefined for any other problem
 */
export function evidentExplanation(problem: Problem): Explanation | undefined {
	if (isUnknownRoute(problem)) {
		return {
			what: 'The server does not have this part of the SendPilot API',
			next: CHECK_BASE_URL,
		};
	}
	if (lacksScope(problem)) {
		return { what: `The API key lacks a scope${evidence(problem)}`, next: GET_SCOPE };
	}
	return undefined;
}

/** Whether a 404 means a wrong address rather than a missing lead or campaign. */
export function isUnknownRoute({ reason, said }: Problem): boolean {
	return reason === 'notFound' && said.some((text) => UNKNOWN_ROUTE.test(text));
}

/** Whether a 403 says that the API key may not make this call, whoever the sender or the lead is. */
function lacksScope({ reason, said }: Problem): boolean {
	return reason === 'forbidden' && said.some((text) => /\bscopes?\b/i.test(text));
}

function evidence({ status, said }: Problem): string {
	const words = withinSentence(said.join('; '));
	return (words === '' ? '' : `: ${words}`) + (status === undefined ? '' : ` (HTTP ${status})`);
}

function requestedWait({ reason, retryAfterMs }: Problem): string {
	if (reason !== 'rateLimited' || retryAfterMs === undefined) return '';
	return `SendPilot asks to wait ${Math.ceil(retryAfterMs / 1_000)} seconds.`;
}

/** Not part of the message, because n8n replaces a message that contains such a code with its own. */
function networkCode({ code }: Problem): string {
	return code === undefined || !/^[A-Z_]+$/.test(code) ? '' : `Network error: ${code}.`;
}
