import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { unknownEvent, readEvent, type SendPilotEvent } from '../../sendpilot/webhook/event';
import { matchesFilter } from '../../sendpilot/webhook/filter';
import { splitLeads } from '../../sendpilot/webhook/leads';
import { authenticate, type Authentication } from './authenticate';
import { leadDetails } from './leadDetails';
import { claimEvent } from './claimEvent';
import { readOptions, type TriggerOptions } from './options';
import { reject } from './rejections';

/** n8n answers with 200 and starts no execution. */
const IGNORED: IWebhookResponseData = {};

/**
 * Handles one delivery: signature, envelope, filter, repeats, output. Until the delivery is known to
 * come from SendPilot, nothing starts and no success is answered.
 *
 * n8n answers once it has created the execution, before the workflow runs.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	let options: TriggerOptions;
	let authentication: Authentication;
	try {
		options = readOptions(context);
		const readBody = async () => await bodyOf(context);
		authentication = await authenticate(context, readBody, options.toleranceSeconds);
	} catch (error) {
		// Rethrown, it would let anyone who knows the URL create failed executions.
		return reject(context, 'unusableSettings', (error as Error).message);
	}
	if (!authentication.ok) return reject(context, authentication.reason);

	const body = await bodyOf(context);
	if (!body) return reject(context, 'unreadBody');
	const reading = readEvent(body);
	if (reading.kind === 'malformed') return reject(context, reading.problem);
	const event =
		reading.kind === 'event' ? reading.event : unknownEvent(reading.body, authentication.messageId);
	if (!matchesFilter(event, options)) return IGNORED;

	// In test mode, people click Send Test Event again and again.
	const isOnceOnly = event.eventId !== null && context.getMode() !== 'manual';
	const claim = isOnceOnly ? await claimEvent(context, event.eventId!) : undefined;
	if (claim === 'inProgress') return reject(context, claim);
	if (claim === 'repeat') return IGNORED;
	return {
		workflowData: [await itemsOf(context, event, options)],
		// n8n asks for the response body once it has created the execution, and saves static data after that.
		get webhookResponse() {
			claim?.markAccepted();
			return undefined;
		},
	};
}

/** @returns the original bytes, which are what was signed; undefined if n8n has already consumed them */
async function bodyOf(context: IWebhookFunctions): Promise<Buffer | undefined> {
	const request = context.getRequestObject();
	try {
		if (!request.rawBody) await request.readRawBody();
	} catch {
		return undefined;
	}
	// n8n sets no raw body for an empty one.
	return request.rawBody ?? Buffer.alloc(0);
}

async function itemsOf(
	context: IWebhookFunctions,
	event: SendPilotEvent,
	options: TriggerOptions,
): Promise<INodeExecutionData[]> {
	const details = options.includeLeadDetails ? await leadDetails(context, event) : {};
	const headers = options.includeHeaders ? { headers: { ...context.getHeaderData() } } : {};
	const events = options.splitLeads ? splitLeads(event) : [event];
	return events.map(({ data, text, ...envelope }) => ({
		json: { ...envelope, text: text ?? null, ...details, data, ...headers } as IDataObject,
	}));
}
