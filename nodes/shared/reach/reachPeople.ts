import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Delivery } from '../../../sendpilot/delivery';
import { LeadShape } from '../../../sendpilot/leadShape';
import { connect, type Connection } from '../connection';
import { explanationIn } from '../explanation';
import { BlockedSenders } from './blockedSenders';
import { mayHaveSent, noteSending } from './executionRecord';
import type { Recipient } from './history/keys';
import { openResults, type RunResults } from './history/runResults';
import { MAX_CLAIMED, SendHistory } from './history/sendHistory';
import { lanesOf, runLanes } from './lanes';
import { notTried, outcomeOf, type Outcome } from './outcome';
import { Pace } from './pace';
import type { Reach } from './reach';
import { addHints, runError, toItems } from './results';
import { readSettings, type ReachSettings } from './settings';

/** A message that has yet to be sent. */
interface Pending<Request> {
	itemIndex: number;
	request: Request;
	recipient: Recipient;
	senderId: string | undefined;
}

/**
 * Reaches one person for each input item. It is the only place in the package that does.
 *
 * If the node stops on errors, all items are read before the first message goes out, and the first
 * failure ends the run as soon as the calls under way are back. If it continues, each item has its own
 * outcome and nothing is thrown: n8n would pass the input items on as if they had been sent.
 *
 * @returns one output item for each input item, in their order
 * @throws NodeApiError or NodeOperationError for the first item that failed, with what became of the others
 */
export async function reachPeople<Request>(
	context: IExecuteFunctions,
	reach: Reach<Request>,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (items.length === 0) return [[]];

	const results = openResults(context);
	const outcomes: Array<Outcome | undefined> = items.map(() => undefined);
	const pending: Array<Pending<Request>> = [];
	const recipients = items.map((_, itemIndex) => {
		const reading = reach.read(context, itemIndex);
		const request = 'request' in reading ? reading.request : undefined;
		const recipient = request && reach.recipientOf(request);
		// A tool's earlier call may still be under way, which `claim` waits for.
		const earlier = results.isTool ? undefined : results.recall(itemIndex, recipient);
		if (earlier) {
			outcomes[itemIndex] = outcomeOf(earlier);
			if (recipient) results.count(recipient.person);
		} else if ('failure' in reading) outcomes[itemIndex] = reading;
		else {
			const senderId = reach.senderOf(reading.request);
			pending.push({ itemIndex, request: reading.request, recipient: recipient!, senderId });
		}
		return recipient;
	});

	const stopsOnError = !context.continueOnFail();
	const hasSentBefore = mayHaveSent(context);
	const stopIfFailed = () => {
		if (stopsOnError && outcomes.some(hasFailed)) throw runError(context, outcomes, hasSentBefore);
	};
	stopIfFailed();

	const setup = readSetup(context);
	if (pending.length > 0) {
		const stop = new AbortController();
		const opened =
			'failure' in setup ? setup : await open(context, reach, setup, results, recipients, stop);
		if ('failure' in opened) {
			for (const { itemIndex } of pending) outcomes[itemIndex] = opened;
		} else {
			try {
				await sendPending(pending, outcomes, {
					...opened,
					context,
					reach,
					results,
					stopsOnError,
					stop,
				});
			} finally {
				await opened.history.close();
			}
		}
	}
	stopIfFailed();
	const { forget, includeInputFields } = 'settings' in setup ? setup.settings : NO_SETTINGS;
	addHints(context, outcomes as Outcome[], forget && results.data.isCleared === true);
	return [toItems(context, outcomes as Outcome[], includeInputFields)];
}

/** What counts where the settings cannot be read. */
const NO_SETTINGS = { forget: false, includeInputFields: false };

interface Setup {
	settings: ReachSettings;
}

interface Opened extends Setup {
	connection: Connection;
	history: SendHistory;
}

type SetupFailure = ReturnType<typeof notTried>;

function readSetup(context: IExecuteFunctions): Setup | SetupFailure {
	try {
		return { settings: readSettings(context) };
	} catch (error) {
		return notTried('invalidSetup', explanationIn(error));
	}
}

async function open<Request>(
	context: IExecuteFunctions,
	{ kind }: Reach<Request>,
	{ settings }: Setup,
	results: RunResults,
	recipients: ReadonlyArray<Recipient | undefined>,
	{ signal }: AbortController,
): Promise<Opened | SetupFailure> {
	try {
		const connection = await connect(context, settings, signal);
		const { repeats, forget } = settings;
		const history = await SendHistory.open(context, results, recipients, {
			...{ kind, repeats, forget },
			signal: connection.signal,
		});
		return { settings, connection, history };
	} catch (error) {
		return notTried('invalidSetup', explanationIn(error));
	}
}

interface Run<Request> extends Opened {
	context: IExecuteFunctions;
	reach: Reach<Request>;
	results: RunResults;
	stopsOnError: boolean;
	/** Ends every wait, and keeps further calls from being started. */
	stop: AbortController;
}

/** Sends what is pending and fills in the outcomes; items that a stopped run did not try stay undefined. */
async function sendPending<Request>(
	pending: ReadonlyArray<Pending<Request>>,
	outcomes: Array<Outcome | undefined>,
	{ context, reach, connection, settings, history, results, stopsOnError, stop }: Run<Request>,
): Promise<void> {
	const { api, pause } = connection;
	const blocked = new BlockedSenders();
	const pace = new Pace((results.data.lastSent ??= {}), settings);
	const session = {
		leadShape: new LeadShape(results.data),
		refusal: (senderId: string | undefined) => blocked.refusal(senderId),
	};
	const claimedAhead = settings.maxDelayMs > 0 ? 0 : MAX_CLAIMED - 1;

	const lanes = lanesOf(pending, ({ senderId }) => senderId);
	await runLanes(lanes, settings.parallelSenders, async (lane, index) => {
		const one = lane[index];
		const { itemIndex, request, senderId } = one;
		const refusal = blocked.refusal(senderId);
		if (!refusal) await pause(pace.delayBefore(senderId, api.now()));
		if (stop.signal.aborted) return;
		if (refusal) {
			await history.release(one);
			outcomes[itemIndex] = outcomeOf({ outcome: 'notSent', problem: refusal });
			return;
		}

		const known = await history.claim(one, lane.slice(index + 1, index + 1 + claimedAhead));
		const delivery = known ?? (await reach.send(api, request, session));
		// Another sender's call must not begin before this is known, so nothing is awaited in between.
		if (stopsOnError && delivery.outcome !== 'sent') stop.abort();
		if (!known) {
			blocked.note(delivery);
			if (delivery.outcome !== 'notSent') {
				noteSending(context);
				pace.note(senderId, api.now());
			}
			history.settle(one, delivery);
		}
		// Stopped while it waited: it counts as not tried.
		if (stop.signal.aborted && isNotStarted(delivery)) return;
		outcomes[itemIndex] = outcomeOf(delivery);
	});
}

function isNotStarted(delivery: Delivery): boolean {
	return delivery.outcome === 'notSent' && delivery.problem.reason === 'notStarted';
}

function hasFailed(outcome: Outcome | undefined): boolean {
	return outcome !== undefined && 'failure' in outcome;
}
