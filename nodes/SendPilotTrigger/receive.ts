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

/** What n8n answers with 200 and starts nothing for. */
const RECEIVED: IWebhookResponseData = {};

/**
 * Takes one delivery: signature, envelope, filter, repeats, output. Nothing is started, and no success is
 * answered, before it is certain that it comes from SendPilot.
 *
 * n8n answers once it has made the execution, before the workflow runs.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	let options: TriggerOptions;
	let authentication: Authentication;
	try {
		options = readOptions(context);
		const readBody = async () => await bodyOf(context);
		authentication = await authenticate(context, readBody, options.toleranceSeconds);
	} catch (error) {
		// Thrown on, it would have n8n make a failed execution for whoever knows the URL.
		return reject(context, 'unusableSettings', (error as Error).message);
	}
	if (!authentication.ok) return reject(context, authentication.reason);

	const body = await bodyOf(context);
	if (!body) return reject(context, 'unreadBody');
	const reading = readEvent(body);
	if (reading.kind === 'malformed') return reject(context, reading.problem);
	const event =
		reading.kind === 'event' ? reading.event : unknownEvent(reading.body, authentication.messageId);
	if (!matchesFilter(event, options)) return RECEIVED;

	// In test mode people press Send Test Event again and again.
	const isOnceOnly = event.eventId !== null && context.getMode() !== 'manual';
	const admission = isOnceOnly ? await claimEvent(context, event.eventId!) : undefined;
	if (admission === 'inProgress') return reject(context, admission);
	if (admission === 'repeat') return RECEIVED;
	return {
		workflowData: [await itemsOf(context, event, options)],
		// n8n asks for the body of its answer when it has made the execution, and then saves static data.
		get webhookResponse() {
			admission?.markAccepted();
			return undefined;
		},
	};
}

/** @returns the bytes as they came, which are what was signed; undefined where n8n has used them up */
async function bodyOf(context: IWebhookFunctions): Promise<Buffer | undefined> {
	const request = context.getRequestObject();
	try {
		if (!request.rawBody) await request.readRawBody();
	} catch {
		return undefined;
	}
	// An empty body has no bytes at all.
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
