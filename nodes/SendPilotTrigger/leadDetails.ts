import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { readLead } from '../../sendpilot/lead';
import { problemIn } from '../../sendpilot/problem';
import type { SendPilotEvent } from '../../sendpilot/webhook/event';
import { connect, type ConnectionSettings } from '../shared/connection';
import { explainProblem } from '../shared/explainProblem';
import { leadName } from '../shared/leadName';
import { TIMED_OUT, withTimeout } from '../shared/withTimeout';

/** Limits of a single attempt, in ms. */
const LIMITS: ConnectionSettings = { timeoutMs: 4_000, maxRetryAfterMs: 2_000 };

/** Limit of all attempts together, in ms. SendPilot waits 30 s for the answer to its delivery. */
const ALL_ATTEMPTS_MS = 10_000;

/**
 * Reads the details of an event's lead. This never costs the event: if the lead can't be read, `lead` is
 * null and `leadProblem` says why.
 *
 * @returns the fields to add to the item; none for an event without a lead; never throws
 */
export async function leadDetails(
	context: IWebhookFunctions,
	event: SendPilotEvent,
): Promise<IDataObject> {
	const { leadId } = event.data;
	if (typeof leadId !== 'string' || leadId === '') return {};
	const details = await withTimeout(ALL_ATTEMPTS_MS, readDetails(context, leadId));
	return details === TIMED_OUT ? unread('SendPilot did not answer in time') : details;
}

async function readDetails(context: IWebhookFunctions, leadId: string): Promise<IDataObject> {
	try {
		const { api } = await connect(context, LIMITS);
		const { firstName, lastName, title, company, email } = await readLead(api, leadId);
		return {
			lead: {
				name: leadName({ firstName, lastName }) || null,
				firstName: firstName || null,
				lastName: lastName || null,
				title: title || null,
				company: company || null,
				email: email || null,
			},
		};
	} catch (error) {
		return unread(reasonOf(error));
	}
}

function reasonOf(error: unknown): string {
	const isOurs = error instanceof Error && error.name === 'SendPilotError';
	return isOurs || !(error instanceof Error)
		? explainProblem(problemIn(error)).what
		: error.message;
}

function unread(reason: string): IDataObject {
	return { lead: null, leadProblem: `The lead could not be read. ${reason}.` };
}
