import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Delivery } from '../../../sendpilot/delivery';
import { LeadShape } from '../../../sendpilot/leadShape';
import { connect, type Connection } from '../connection';
import { explanationIn } from '../explanation';
import { BlockedSenders } from './blockedSenders';
import { mayHaveSent, noteSending } from './executionRecord';
import { openResults, type RunResults } from './history/runResults';
import { MAX_CLAIMED, reachedSomebody, SendHistory } from './history/sendHistory';
import { ItemReader, type Pending } from './itemReader';
import { Lanes } from './lanes';
import { notTried, outcomeOf, type Outcome } from './outcome';
import { Pace } from './pace';
import type { Reach } from './reach';
import { addHints, runError, toItems } from './results';
import { readSettings, type ReachSettings } from './settings';
import type { Words } from './words';

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

	const { words } = reach;
	const stopsOnError = !context.continueOnFail();
	const hasSentBefore = mayHaveSent(context);
	const results = openResults(context, reach.kind);
	const outcomes: Array<Outcome | undefined> = items.map(() => undefined);
	const stopIfFailed = () => {
		if (stopsOnError && outcomes.some(hasFailed))
			throw runError(context, outcomes, words, hasSentBefore);
	};

	const reader = new ItemReader(context, reach, results, outcomes);
	// A repetition has to know the whole list, because somebody who is in it twice is harder to recognise.
	// Otherwise the rest can be read while messages are being sent.
	const isRepetition = context.getMode() === 'retry' || results.isRepetition;
	const pending = reader.readUntil(stopsOnError || isRepetition ? Infinity : MAX_CLAIMED);
	stopIfFailed();

	const setup = readSetup(context, words);
	if (pending.length > 0) {
		const stop = new AbortController();
		const opened = 'failure' in setup ? setup : await open(context, reach, setup, results, stop);
		if ('failure' in opened) {
			pending.push(...reader.readUntil(Infinity));
			for (const { itemIndex } of pending) outcomes[itemIndex] = opened;
		} else {
			try {
				await sendPending(pending, reader, outcomes, {
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
	addHints(context, outcomes as Outcome[], words, forget && results.data.isCleared === true);
	return [toItems(context, outcomes as Outcome[], words, includeInputFields)];
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

function readSetup(context: IExecuteFunctions, words: Words): Setup | SetupFailure {
	try {
		return { settings: readSettings(context, words) };
	} catch (error) {
		return notTried('invalidSetup', explanationIn(error), words);
	}
}

async function open<Request>(
	context: IExecuteFunctions,
	{ kind, words }: Reach<Request>,
	{ settings }: Setup,
	results: RunResults,
	{ signal }: AbortController,
): Promise<Opened | SetupFailure> {
	try {
		const connection = await connect(context, settings, signal);
		const { repeats, forget } = settings;
		const history = await SendHistory.open(context, results, {
			...{ kind, repeats, forget },
			signal: connection.signal,
		});
		return { settings, connection, history };
	} catch (error) {
		return notTried('invalidSetup', explanationIn(error), words);
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

/**
 * Sends what is pending, reads the other items meanwhile and sends those too. Fills in the outcomes; items that a
 * stopped run did not try stay undefined.
 */
async function sendPending<Request>(
	pending: ReadonlyArray<Pending<Request>>,
	reader: ItemReader<Request>,
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

	const lanes = new Lanes<Pending<Request>>(({ senderId }) => senderId);
	for (const one of pending) lanes.add(one);
	const readOn = async () => {
		while (!reader.isDone) {
			// Evaluating expressions takes time, and what has been answered must not wait for it.
			await pause(1);
			const one = reader.read();
			if (one) lanes.add(one);
		}
		lanes.end();
	};
	const sendOne = async (one: Pending<Request>, upcoming: ReadonlyArray<Pending<Request>>) => {
		const { itemIndex, request, senderId } = one;
		const refusal = blocked.refusal(senderId);
		if (!refusal) await pause(pace.delayBefore(senderId, api.now()));
		if (stop.signal.aborted) return;
		if (refusal) {
			await history.release(one);
			outcomes[itemIndex] = outcomeOf({ outcome: 'notSent', problem: refusal }, reach.words);
			return;
		}

		const known = await history.claim(one, upcoming);
		const delivery = known ?? (await reach.send(api, request, session));
		// Another sender's call must not begin before this is known, so nothing is awaited in between.
		if (stopsOnError && delivery.outcome !== 'sent') stop.abort();
		if (!known) {
			blocked.note(delivery);
			if (reachedSomebody(delivery)) {
				noteSending(context);
				pace.note(senderId, api.now());
			}
			history.settle(one, delivery);
		}
		// Stopped while it waited: it counts as not tried.
		if (stop.signal.aborted && isNotStarted(delivery)) return;
		outcomes[itemIndex] = outcomeOf(delivery, reach.words);
	};
	const sending = lanes.run(settings.parallelSenders, async (lane, index) => {
		const one = lane[index];
		try {
			await sendOne(one, lane.slice(index + 1, index + 1 + claimedAhead));
		} catch (error) {
			// It must not end the run while other lanes still send, or look like a success.
			if (stopsOnError) stop.abort();
			outcomes[one.itemIndex] = outcomeOf(unexpected(error), reach.words);
		}
	});
	await Promise.all([sending, readOn()]);
}

function unexpected(error: unknown): Delivery {
	const said = [explanationIn(error).what];
	return { outcome: 'uncertain', problem: { reason: 'unexpected', step: 'send', said } };
}

function isNotStarted(delivery: Delivery): boolean {
	return delivery.outcome === 'notSent' && delivery.problem.reason === 'notStarted';
}

function hasFailed(outcome: Outcome | undefined): boolean {
	return outcome !== undefined && 'failure' in outcome;
}
