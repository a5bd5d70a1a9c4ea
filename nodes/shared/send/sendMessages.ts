import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { SendRequest } from '../../../sendpilot/contract/message';
import type { Delivery } from '../../../sendpilot/delivery';
import { LeadShape } from '../../../sendpilot/leadShape';
import { sendMessage } from '../../../sendpilot/send';
import { connect, type Connection } from '../connection';
import { explanationIn } from '../explanation';
import { mayHaveSent, noteSending } from './executionRecord';
import { openJournal, type Journal } from './journal';
import { lanesOf, runLanes } from './lanes';
import { openLedger, type Ledger } from './ledger';
import { notTried, outcomeOf, type Outcome } from './outcome';
import { Pace } from './pace';
import { readRequest } from './readRequest';
import { runError, toItems } from './results';
import { readSettings, type SendSettings } from './settings';
import { BlockedSenders } from './blockedSenders';

/** A message that has yet to be sent. */
interface PendingSend {
	itemIndex: number;
	request: SendRequest;
	/** Its name in the journal. */
	key: string;
}

/**
 * Sends one message for each input item. It is the only place in the package that does.
 *
 * If the node stops on errors, all items are read before the first message goes out, and the first
 * failure ends the run as soon as the calls under way are back. If it continues, each item has its own
 * outcome and nothing is thrown: n8n would pass the input items on as if they had been sent.
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
	const hasSentBefore = mayHaveSent(context);
	const stopIfFailed = () => {
		if (stopsOnError && outcomes.some(hasFailed)) throw runError(context, outcomes, hasSentBefore);
	};
	stopIfFailed();

	const setup = readSetup(context);
	if (pending.length > 0) {
		const stop = new AbortController();
		const opened = 'failure' in setup ? setup : await open(context, setup, stop.signal);
		if ('failure' in opened) {
			for (const { itemIndex } of pending) outcomes[itemIndex] = opened;
		} else {
			await sendPending(pending, outcomes, {
				...opened,
				context,
				ledger,
				journal,
				stopsOnError,
				stop,
			});
		}
	}
	stopIfFailed();
	const includeInputFields = 'settings' in setup && setup.settings.includeInputFields;
	return [toItems(context, outcomes as Outcome[], includeInputFields)];
}

interface Setup {
	settings: SendSettings;
}

interface Opened extends Setup {
	connection: Connection;
}

type SetupFailure = ReturnType<typeof notTried>;

function readSetup(context: IExecuteFunctions): Setup | SetupFailure {
	try {
		return { settings: readSettings(context) };
	} catch (error) {
		return notTried('invalidSetup', explanationIn(error));
	}
}

async function open(
	context: IExecuteFunctions,
	{ settings }: Setup,
	stop: AbortSignal,
): Promise<Opened | SetupFailure> {
	try {
		return { settings, connection: await connect(context, settings, stop) };
	} catch (error) {
		return notTried('invalidSetup', explanationIn(error));
	}
}

interface Run extends Opened {
	context: IExecuteFunctions;
	ledger: Ledger;
	journal: Journal | undefined;
	stopsOnError: boolean;
	/** Ends every wait, and keeps further calls from being started. */
	stop: AbortController;
}

/** Sends what is pending and fills in the outcomes; items that a stopped run did not try stay undefined. */
async function sendPending(
	pending: PendingSend[],
	outcomes: Array<Outcome | undefined>,
	{ context, connection, settings, ledger, journal, stopsOnError, stop }: Run,
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
		if (delivery.outcome !== 'notSent') {
			noteSending(context);
			pace.note(request.body.senderId, api.now());
		}
		return delivery;
	};

	const lanes = lanesOf(pending, ({ request }) => request.body.senderId);
	await runLanes(lanes, settings.parallelSenders, async (one) => {
		const { itemIndex, request } = one;
		const { senderId } = request.body;
		if (!blocked.refusal(senderId)) await pause(pace.delayBefore(senderId, api.now()));
		if (stop.signal.aborted) return;

		// An agent may ask for a message twice at once: the other call may have started meanwhile.
		const delivery = ledger.recall(itemIndex, request) ?? (await send(one));
		// Stopped while it waited for SendPilot to accept it: it counts as not tried.
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
