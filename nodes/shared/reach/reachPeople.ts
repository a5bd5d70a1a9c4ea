import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { connect } from '../connection';
import { explanationIn } from '../explanation';
import { BlockedSenders } from './blockedSenders';
import { DryRun } from './dryRun';
import { mayHaveSent } from './executionRecord';
import { openResults } from './history/runResults';
import { MAX_CLAIMED, SendHistory } from './history/sendHistory';
import { ItemReader } from './itemReader';
import { notTried, type Outcome } from './outcome';
import type { Reach } from './reach';
import { addHints, runError, toItems } from './results';
import { isEmptyList } from './safety/blockList';
import { SafetyChecks } from './safety/safetyChecks';
import { Sending, type Run } from './sending';
import { readSettings, type ReachSettings } from './settings';
import { isAboutPeople, type Words } from './words';

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
	const setup = readSetup(context, words);
	const settings = 'settings' in setup ? setup.settings : undefined;
	const dryRun =
		settings?.dryRun && isAboutPeople(words) ? new DryRun(settings.repeats, words) : undefined;
	const stopsOnError = !context.continueOnFail() && !dryRun;
	const hasSentBefore = mayHaveSent(context);
	const results = openResults(context, reach.kind);
	const outcomes: Array<Outcome | undefined> = items.map(() => undefined);
	const stopIfFailed = () => {
		if (stopsOnError && outcomes.some(hasFailed))
			throw runError(context, outcomes, words, hasSentBefore);
	};

	const refusesUnfinished = settings?.refuseUnfinishedText ?? false;
	const reader = new ItemReader(context, reach, results, outcomes, refusesUnfinished);
	// A repetition has to know the whole list, because somebody who is in it twice is harder to recognise.
	// Otherwise the rest can be read while messages are being sent.
	const isRepetition = context.getMode() === 'retry' || results.isRepetition;
	// As many as are claimed at first.
	const first = MAX_CLAIMED * (settings?.parallelSenders ?? 1);
	const pending = reader.readUntil(stopsOnError || isRepetition ? Infinity : first);
	const uncertain = settings?.checkInbox && !dryRun ? reader.uncertain : [];
	if (uncertain.length === 0) stopIfFailed();

	if (pending.length + uncertain.length > 0) {
		const stop = new AbortController();
		const run = { context, reach, results, dryRun, stopsOnError, stop };
		const opened = 'failure' in setup ? setup : await open(run, setup.settings);
		if ('failure' in opened) {
			pending.push(...reader.readUntil(Infinity));
			for (const { itemIndex } of pending) outcomes[itemIndex] = opened;
		} else {
			const sending = new Sending(opened, outcomes);
			try {
				await sending.reconsider(uncertain);
				stopIfFailed();
				if (pending.length > 0) await sending.send(pending, reader);
			} finally {
				await opened.history.close();
				await opened.checks?.close();
			}
		}
	}
	stopIfFailed();
	const { forget = false, includeInputFields = false } = settings ?? {};
	const isCleared = forget && results.data.isCleared === true;
	for (const one of reader.unfinished) {
		dryRun?.note(one, undefined, (lead) => reach.textOf(one.request, lead));
	}
	const isListEmpty = settings?.hasBlockList === true && isEmptyList(settings.blockList);
	const complete = outcomes as Outcome[];
	addHints(context, complete, words, {
		...{ isCleared, isListEmpty },
		isDryRun: dryRun !== undefined,
	});
	return [toItems(context, complete, words, includeInputFields, dryRun)];
}

interface Setup {
	settings: ReachSettings;
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
	run: Omit<Run<Request>, 'settings' | 'connection' | 'history' | 'checks' | 'blocked'>,
	settings: ReachSettings,
): Promise<Run<Request> | SetupFailure> {
	const { context, reach, results, stop } = run;
	const { kind, words } = reach;
	try {
		const connection = await connect(context, settings, stop.signal);
		const { api, signal } = connection;
		const { repeats, forget } = settings;
		const history = await SendHistory.open(context, results, { kind, repeats, forget, signal });
		const blocked = new BlockedSenders();
		const opened = { ...run, settings, connection, history, blocked, checks: undefined };
		if (!isAboutPeople(words)) return opened;
		const opening = SafetyChecks.open(context, api, results, words, settings);
		const { checks, problem } = await opening.catch(async (error: unknown) => {
			await history.close();
			throw error;
		});
		if (problem) blocked.blockAll(problem);
		return { ...opened, checks };
	} catch (error) {
		return notTried('invalidSetup', explanationIn(error), words);
	}
}

function hasFailed(outcome: Outcome | undefined): boolean {
	return outcome !== undefined && 'failure' in outcome;
}
