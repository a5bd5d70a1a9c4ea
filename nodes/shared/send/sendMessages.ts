import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { SendRequest } from '../../../sendpilot/contract/message';
import type { Delivery } from '../../../sendpilot/delivery';
import { LeadShape } from '../../../sendpilot/leadShape';
import { sendMessage } from '../../../sendpilot/send';
import { connect, type Connection } from '../connection';
import { openJournal, type Journal } from './journal';
import { lanesOf, runLanes } from './lanes';
import { openLedger, type Ledger } from './ledger';
import { notTried, outcomeOf, type Outcome } from './outcome';
import { Pace } from './pace';
import { readRequest } from './readRequest';
import { runError, toItems } from './results';
import { readSettings, type SendSettings } from './settings';
import { BlockedSenders } from './blockedSenders';

/** A message that is still to be sent. */
interface PendingSend {
	itemIndex: number;
	request: SendRequest;
	/** Names it in the journal. */
	key: string;
}

/**
 * Sends one message for each input item, and is the only place in the package that does. Both doors,
 * the Send LinkedIn Message node and the SendPilot node, call it.
 *
 * Where the node stops on errors, all items are read before the first message goes out, and the first
 * failure ends the run as soon as the calls under way are back. Where it continues, each item has its
 * own outcome, and nothing is thrown: n8n would hand the input items on as if they had been sent.
 *
 * @returns one output item for each input item, in their order
 * @throws NodeApiError or NodeOperationError for the first item that failed, with what became of the others
 */
export async function sendMessages(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[]];

	const ledger = openLedger(context);
	const journal = openJournal(context, ledger.run);
	const outcomes: Array<Outcome | undefined> = items.map(() => undefined);
	let pending: PendingSend[] = [];
	const readings = items.map((_, itemIndex) => readRequest(context, itemIndex));
	const requests = readings.map((reading) => ('request' in reading ? reading.request : undefined));
	const keys = ledger.durableKeys(requests);
	for (const [itemIndex, reading] of readings.entries()) {
		const request = requests[itemIndex];
		const earlier = ledger.recall(itemIndex, request);
		if (earlier) outcomes[itemIndex] = outcomeOf(earlier);
		else if ('failure' in reading) outcomes[itemIndex] = reading;
		else pending.push({ itemIndex, request: reading.request, key: keys[itemIndex] });
	}

	if (journal && context.getMode() === 'retry' && pending.length > 0) {
		const entries = await journal.recall(pending.map(({ key }) => key));
		pending.forEach(({ itemIndex, request }, index) => {
			const entry = entries[index];
			if (entry) outcomes[itemIndex] = outcomeOf(ledger.restore(itemIndex, request, entry));
		});
		pending = pending.filter(({ itemIndex }) => !outcomes[itemIndex]);
	}

	const stopsOnError = !context.continueOnFail();
	if (stopsOnError && outcomes.some(hasFailed)) throw runError(context, outcomes);

	if (pending.length > 0) {
		const stop = new AbortController();
		const opened = await open(context, stop.signal);
		if ('failure' in opened) {
			for (const { itemIndex } of pending) outcomes[itemIndex] = opened;
		} else {
			await sendPending(pending, outcomes, { ...opened, ledger, journal, stopsOnError, stop });
		}
	}

	if (stopsOnError && outcomes.some(hasFailed)) throw runError(context, outcomes);
	return [toItems(context, outcomes as Outcome[])];
}

interface Opened {
	connection: Connection;
	settings: SendSettings;
}

async function open(
	context: IExecuteFunctions,
	stop: AbortSignal,
): Promise<Opened | ReturnType<typeof notTried>> {
	try {
		const settings = readSettings(context);
		return { settings, connection: await connect(context, settings, stop) };
	} catch (error) {
		const { message, description } = error as { message: string; description?: string | null };
		return notTried('notConnected', message, description || CHOOSE_CREDENTIAL);
	}
}

/** n8n's own words for a credential that is missing or was deleted do not say what to do. */
const CHOOSE_CREDENTIAL =
	'Choose a SendPilot API credential in the node, or create one. In SendPilot, keys are created under Integrations → API Keys.';

interface Run extends Opened {
	ledger: Ledger;
	journal: Journal | undefined;
	stopsOnError: boolean;
	/** Ends every wait, and keeps calls from being started. */
	stop: AbortController;
}

/** Sends what is pending and fills in its outcomes; those that a stopped run did not try stay undefined. */
async function sendPending(
	pending: PendingSend[],
	outcomes: Array<Outcome | undefined>,
	{ connection, settings, ledger, journal, stopsOnError, stop }: Run,
): Promise<void> {
	const { api, pause } = connection;
	const blocked = new BlockedSenders();
	const pace = new Pace((ledger.state.lastSent ??= {}), settings);
	const session = {
		leadShape: new LeadShape(ledger.state),
		refusal: (senderId: string | undefined) => blocked.refusal(senderId),
	};

	const send = async ({ itemIndex, request, key }: PendingSend): Promise<Delivery> => {
		ledger.begin(itemIndex, request);
		await journal?.begin(key);
		const delivery = await sendMessage(api, request, session);
		ledger.end(itemIndex, request, delivery);
		await journal?.end(key, delivery);
		blocked.note(delivery);
		if (delivery.outcome !== 'notSent') pace.note(request.body.senderId, api.now());
		return delivery;
	};

	const lanes = lanesOf(pending, ({ request }) => request.body.senderId);
	await runLanes(lanes, settings.parallelSenders, async (one) => {
		const { itemIndex, request } = one;
		const { senderId } = request.body;
		if (!blocked.refusal(senderId)) await pause(pace.pauseBefore(senderId, api.now()));
		if (stop.signal.aborted) return;

		// An agent may ask for one message twice at a time: the other call can have started meanwhile.
		const delivery = ledger.recall(itemIndex, request) ?? (await send(one));
		// Stopped while it waited for SendPilot to take it: it counts as not tried.
		if (stop.signal.aborted && isNotStarted(delivery)) return;
		outcomes[itemIndex] = outcomeOf(delivery);
		if (stopsOnError && delivery.outcome !== 'sent') stop.abort();
	});
	await journal?.close();
}

function isNotStarted(delivery: Delivery): boolean {
	return delivery.outcome === 'notSent' && delivery.problem.reason === 'notStarted';
}

function hasFailed(outcome: Outcome | undefined): boolean {
	return outcome !== undefined && 'failure' in outcome;
}
