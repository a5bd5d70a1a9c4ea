import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { RepeatMemory } from '../../sendpilot/webhook/repeats';
import { rowIdOf } from '../shared/reach/history/store';
import { withTimeout } from '../shared/withTimeout';

/**
 * What this process remembers, by workflow and node. It includes events in progress, which n8n has not
 * saved yet; after a restart, only what n8n saved is known.
 */
const memories = new Map<string, RepeatMemory>();

/** How long a repeat waits for the first delivery to finish, in ms. SendPilot waits 30 s for an answer. */
const WAIT_FOR_FIRST_MS = 20_000;

/** The first delivery of an event. */
export interface FirstDelivery {
	/** Call this once n8n has created the execution: from then on, the event is remembered. */
	markAccepted(): void;
}

/**
 * Claims an event for its first delivery; while the event is remembered, no other delivery gets it. An
 * event is accepted once n8n has created the execution, or at the latest once it has answered the
 * delivery with success. If n8n answers with an error before that, the next delivery gets the event.
 *
 * @returns the claim, `repeat` for a delivery to drop, or `inProgress` if the first delivery is still
 * not finished after a while
 */
export async function claimEvent(
	context: IWebhookFunctions,
	eventId: string,
): Promise<FirstDelivery | 'repeat' | 'inProgress'> {
	const saved = savedData(context);
	const memory = memoryOf(context);
	const giveUpAt = Date.now() + WAIT_FOR_FIRST_MS;
	for (;;) {
		const now = Date.now();
		memory.merge(saved.acceptedEvents, now);
		const claim = memory.claim(eventId, now);
		if (claim) {
			whenAnswered(context, claim.settle);
			const markAccepted = () => {
				claim.settle(true);
				// No earlier: while n8n 2.x creates the execution, it forgets that there is something to save.
				saved.acceptedEvents = memory.record as IDataObject;
			};
			return { markAccepted };
		}
		const inProgress = memory.settled(eventId);
		if (!inProgress) return 'repeat';
		if (now >= giveUpAt) return 'inProgress';
		await withTimeout(giveUpAt - now, inProgress);
	}
}

/** Whether this process receives the events of a trigger: then it runs their executions too, and no other process does. */
export function receivesEvents(context: IExecuteFunctions): boolean {
	return memories.has(rowIdOf(context));
}

/** If n8n's static data is damaged, events are remembered only until the next restart. */
function savedData(context: IWebhookFunctions): IDataObject {
	const saved: unknown = context.getWorkflowStaticData('node');
	return typeof saved === 'object' && saved !== null ? (saved as IDataObject) : {};
}

function memoryOf(context: IWebhookFunctions): RepeatMemory {
	const key = rowIdOf(context);
	const memory = memories.get(key) ?? new RepeatMemory();
	memories.set(key, memory);
	return memory;
}

/**
 * Every answer starts with its head, even if the caller has hung up. None of Node's events is as
 * reliable: n8n compresses long answers, and for a closed connection that never finishes.
 */
function whenAnswered(context: IWebhookFunctions, then: (isSuccess: boolean) => void): void {
	const response = context.getResponseObject();
	const writeHead = response.writeHead.bind(response) as (...head: unknown[]) => typeof response;
	response.writeHead = (...head: unknown[]) => {
		then(Number(head[0]) < 400);
		return writeHead(...head);
	};
}
