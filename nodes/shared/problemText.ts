import type { Problem, ProblemReason } from '../../sendpilot/problem';
import { SENDPILOT_URL } from '../../sendpilot/baseUrl';

/** A problem in words: what happened, without a full stop, and what to do next, in whole sentences. */
export interface ProblemText {
	what: string;
	next: string;
}

/** How NestJS answers for a path that it does not know, which tells of a wrong base URL. */
const UNKNOWN_ROUTE = /^Cannot (?:GET|POST) \//;

const CHECK_BASE_URL = `Check the base URL in the SendPilot credential; SendPilot's own is ${SENDPILOT_URL}.`;

const TEXTS: Record<ProblemReason, ProblemText> = {
	invalid: {
		what: 'SendPilot refused the request',
		next: 'Correct what SendPilot names, then run it again. The recipient has to be a 1st-degree connection of the sender on LinkedIn, and the sender has to belong to the workspace of the API key.',
	},
	unauthorized: {
		what: 'SendPilot does not accept the API key',
		next: 'Check the key in the SendPilot credential. In SendPilot, keys are created under Integrations → API Keys, and a new one is shown only once.',
	},
	forbidden: {
		what: 'SendPilot does not permit this',
		next: 'Check in SendPilot that the sender is connected and active, that lead and sender belong to the workspace of the API key, and that your plan includes the API.',
	},
	notFound: {
		what: 'SendPilot does not know the lead, sender or campaign',
		next: 'Choose it again from the list, or copy its ID from SendPilot; it has to belong to the workspace of the API key.',
	},
	rateLimited: {
		what: 'SendPilot asks for fewer calls',
		next: `Try again in a few minutes. For a longer wait within the run, raise Longest Wait in the node's options.`,
	},
	dailyQuota: {
		what: 'The sender has used up its LinkedIn messages of today',
		next: 'Run it again tomorrow, choose another sender, or raise the daily limit in SendPilot.',
	},
	declined: {
		what: 'SendPilot reports that it did not send the message',
		next: 'Check in SendPilot that the sender is connected, then run it again.',
	},
	serverError: {
		what: 'SendPilot answered with a server error',
		next: '',
	},
	redirected: {
		what: 'The server sent the call to another address, which was not followed',
		next: CHECK_BASE_URL,
	},
	unreadable: {
		what: "The server's answer is not what SendPilot answers",
		next: CHECK_BASE_URL,
	},
	leadWithoutProfile: {
		what: 'SendPilot has no usable LinkedIn profile URL for this lead',
		next: 'Set Recipient to LinkedIn Profile and paste the address of the profile page, e.g. https://www.linkedin.com/in/jane-doe.',
	},
	leadWithoutSender: {
		what: 'SendPilot names no sender for this lead',
		next: 'Choose a sender in the node instead of Automatic.',
	},
	interrupted: {
		what: 'An earlier try of this run put the message on its way, and its end is not known',
		next: '',
	},
	unreachable: {
		what: 'SendPilot could not be reached',
		next: `Check the network of this n8n. ${CHECK_BASE_URL}`,
	},
	unsendable: {
		what: 'The call was refused before it left this n8n',
		next: `Check the certificate and network rules of this n8n, and the API key for foreign characters. ${CHECK_BASE_URL}`,
	},
	notStarted: {
		what: 'The execution was cancelled before this call',
		next: 'Run it again.',
	},
	timeout: {
		what: 'SendPilot did not answer in time',
		next: "If this happens often, raise Timeout in the node's options.",
	},
	lost: {
		what: 'The connection broke before SendPilot answered',
		next: '',
	},
	cancelled: {
		what: 'The execution was cancelled before SendPilot answered',
		next: '',
	},
};

/** Puts a problem into words, SendPilot's own included. */
export function problemText(problem: Problem): ProblemText {
	const { what, next } = TEXTS[problem.reason];
	if (isUnknownRoute(problem)) {
		return {
			what: 'The server does not know this call of the SendPilot API',
			next: CHECK_BASE_URL,
		};
	}
	const hints = [next, askedWait(problem), networkCode(problem)];
	return { what: what + evidence(problem), next: hints.filter((hint) => hint !== '').join(' ') };
}

/** Whether a 404 tells of a wrong address rather than of a missing lead or campaign. */
export function isUnknownRoute({ reason, said }: Problem): boolean {
	return reason === 'notFound' && said.some((text) => UNKNOWN_ROUTE.test(text));
}

function evidence({ status, said }: Problem): string {
	const words = said.join('; ').replace(/[.\s]+$/, '');
	return (words === '' ? '' : `: ${words}`) + (status === undefined ? '' : ` (HTTP ${status})`);
}

function askedWait({ reason, retryAfterMs }: Problem): string {
	if (reason !== 'rateLimited' || retryAfterMs === undefined) return '';
	return `SendPilot asks to wait ${Math.ceil(retryAfterMs / 1_000)} seconds.`;
}

/** Stands here, because n8n replaces a message that holds such a code by a text of its own. */
function networkCode({ code }: Problem): string {
	return code === undefined || !/^[A-Z_]+$/.test(code) ? '' : `Network error: ${code}.`;
}
