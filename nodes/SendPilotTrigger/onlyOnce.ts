import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { RepeatMemory } from '../../sendpilot/webhook/repeats';
import { within } from '../shared/within';

/**
 * The memories of this process, by workflow and node. They know of events under way, which n8n has not
 * written down yet; a restart begins with what it has.
 */
const memories = new Map<string, RepeatMemory>();

/** How long a repeat waits for what becomes of the first delivery, in ms; SendPilot waits 30 s in all. */
const PATIENCE_MS = 20_000;

/**
 * Admits the first delivery of an event, and no other, as long as the event is remembered. An event
 * counts as handed over when n8n has answered the delivery with success, which it does once it has made
 * the execution; where n8n answers anything else, the next delivery is admitted in its place.
 *
 * n8n saves static data after the execution is made and before it answers, as it is at that moment.
 *
 * @returns `first` for the delivery to hand over, `repeat` for one to drop, `handingOver` where the first
 * one is not answered even after a while
 */
export async function admitOnce(
	context: IWebhookFunctions,
	eventId: string,
): Promise<'first' | 'repeat' | 'handingOver'> {
	const written = context.getWorkflowStaticData('node');
	const memory = memoryOf(context);
	const giveUpAt = Date.now() + PATIENCE_MS;
	for (;;) {
		const now = Date.now();
		memory.merge(written.handedOver, now);
		memory.merge(written.newest, now);
		const admission = memory.admit(eventId, now);
		if (admission) {
			written.handedOver = memory.record as IDataObject;
			written.newest = admission.record;
			whenAnswered(context, admission.settle);
			return 'first';
		}
		const underWay = memory.settled(eventId);
		if (!underWay) return 'repeat';
		if (now >= giveUpAt) return 'handingOver';
		await within(giveUpAt - now, underWay);
	}
}

function memoryOf(context: IWebhookFunctions): RepeatMemory {
	const key = `${context.getWorkflow().id}/${context.getNode().id}`;
	const memory = memories.get(key) ?? new RepeatMemory();
	memories.set(key, memory);
	return memory;
}

/**
 * Node emits `prefinish` when an answer is complete, also where the caller has hung up before, when
 * neither `finish` nor a second `close` comes any more.
 */
function whenAnswered(context: IWebhookFunctions, then: (isSuccess: boolean) => void): void {
	const response = context.getResponseObject();
	response.once('prefinish', () => then(response.statusCode < 400));
}
