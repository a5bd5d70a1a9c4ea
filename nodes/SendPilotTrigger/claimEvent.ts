import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { RepeatMemory } from '../../sendpilot/webhook/repeats';
import { withTimeout } from '../shared/withTimeout';

/**
 * The memories of this process, by workflow and node. They know of events under way, which n8n has not
 * written down yet; a restart begins with what it has.
 */
const memories = new Map<string, RepeatMemory>();

/** How long a repeat waits for what becomes of the first delivery, in ms; SendPilot waits 30 s in all. */
const PATIENCE_MS = 20_000;

/** The first delivery of an event. */
export interface FirstDelivery {
	/** To be called once n8n has made the execution: the event is remembered from then on. */
	markAccepted(): void;
}

/**
 * Admits the first delivery of an event, and no other, as long as the event is remembered. An event
 * counts as handed over when n8n has made the execution, or at the latest when it has answered the
 * delivery with success; where n8n answers anything else before, the next delivery is admitted in its
 * place.
 *
 * @returns the delivery to hand over, `repeat` for one to drop, `inProgress` where the first one is not
 * handed over even after a while
 */
export async function claimEvent(
	context: IWebhookFunctions,
	eventId: string,
): Promise<FirstDelivery | 'repeat' | 'inProgress'> {
	const written = writtenOf(context);
	const memory = memoryOf(context);
	const giveUpAt = Date.now() + PATIENCE_MS;
	for (;;) {
		const now = Date.now();
		memory.merge(written.acceptedEvents, now);
		const admission = memory.admit(eventId, now);
		if (admission) {
			whenAnswered(context, admission.settle);
			const markAccepted = () => {
				admission.settle(true);
				// Not before: n8n 2.x forgets, while it makes the execution, that there is something to save.
				written.acceptedEvents = memory.record as IDataObject;
			};
			return { markAccepted };
		}
		const underWay = memory.settled(eventId);
		if (!underWay) return 'repeat';
		if (now >= giveUpAt) return 'inProgress';
		await withTimeout(giveUpAt - now, underWay);
	}
}

/** What n8n gives may be damaged; then events are remembered until the next restart only. */
function writtenOf(context: IWebhookFunctions): IDataObject {
	const written: unknown = context.getWorkflowStaticData('node');
	return typeof written === 'object' && written !== null ? (written as IDataObject) : {};
}

function memoryOf(context: IWebhookFunctions): RepeatMemory {
	const key = `${context.getWorkflow().id}/${context.getNode().id}`;
	const memory = memories.get(key) ?? new RepeatMemory();
	memories.set(key, memory);
	return memory;
}

/**
 * Every answer begins with its head, also where the caller has hung up: then no event of Node's tells of
 * the answer for sure, because n8n compresses what is long, and that comes to no end.
 */
function whenAnswered(context: IWebhookFunctions, then: (isSuccess: boolean) => void): void {
	const response = context.getResponseObject();
	const writeHead = response.writeHead.bind(response) as (...head: unknown[]) => typeof response;
	response.writeHead = (...head: unknown[]) => {
		then(Number(head[0]) < 400);
		return writeHead(...head);
	};
}
