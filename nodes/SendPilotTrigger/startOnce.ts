import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { storeOf } from '../shared/reach/history/store';
import { receivesEvents } from './claimEvent';

/**
 * How many texts about events n8n keeps per trigger: five of each of the last events. Only those that arrive in the
 * same moment need them; `claimEvent` stops later repeats before they start anything.
 */
const MAX_ENTRIES = 1_000;

/**
 * What n8n calls at the start of each execution, maybe in another process than the one that received the event.
 * Two processes that receive an event in the same moment both start an execution: the first one goes on.
 *
 * @returns the items of the event; none if another execution goes on with it
 */
export async function startOnce(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const eventId = items[0]?.json.eventId;
	// A retry goes on with an event that was claimed before, and in test mode each delivery counts.
	if (typeof eventId !== 'string' || context.getMode() !== 'webhook') return [items];
	if (receivesEvents(context) || (await isFirst(context, eventId))) return [items];
	context.addExecutionHints({
		message:
			'SendPilot delivered this event twice in the same moment. Another execution goes on with it, so this one ends here.',
		location: 'outputPane',
	});
	return [[]];
}

/** Whether no other execution has claimed the event. */
async function isFirst(context: IExecuteFunctions, eventId: string): Promise<boolean> {
	const store = storeOf(context, MAX_ENTRIES);
	if (!store) return true;
	for (let busy; (busy = store.busy(eventId)); ) await busy;
	// n8n can start an execution again, under the same ID, whose worker is gone.
	const own = JSON.stringify([eventId, context.getExecutionId()]);
	const claim = store.claim(eventId, [eventId, own]);
	const [event, ownEvent] = await claim.states.catch((error: Error) => {
		context.logger.warn(
			`${context.getNode().name} could not check whether event ${eventId} has started another execution: ${error.message}`,
		);
		// Better twice than never.
		return ['absent', 'absent'];
	});
	// If the event is settled and the own claim is not, another execution has gone on since this one crashed.
	const isOwn = ownEvent === 'settled' || (ownEvent === 'open' && event === 'open');
	const isFirst = event === 'absent' || isOwn;
	claim.settle(isFirst ? 'sent' : 'notSent');
	store.leave();
	return isFirst;
}
