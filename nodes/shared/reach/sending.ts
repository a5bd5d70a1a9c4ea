import type { IExecuteFunctions } from 'n8n-workflow';
import type { SendPilotApi } from '../../../sendpilot/api';
import type { Delivery, Sent } from '../../../sendpilot/delivery';
import { LeadShape } from '../../../sendpilot/leadShape';
import { INBOX_MAX_AGE_MS } from '../../../sendpilot/inbox';
import { readLead } from '../../../sendpilot/lead';
import type { SendSession } from '../../../sendpilot/send';
import type { Connection } from '../connection';
import { explanationIn } from '../explanation';
import type { BlockedSenders } from './blockedSenders';
import { noteSending } from './executionRecord';
import type { RunResults } from './history/runResults';
import { MAX_CLAIMED, NOT_STARTED, reachedSomebody, type SendHistory } from './history/sendHistory';
import { Hold } from './hold';
import type { ItemReader, Pending, Uncertain } from './itemReader';
import { Lanes } from './lanes';
import { blockedOutcome, outcomeOf, type Outcome } from './outcome';
import { Pace } from './pace';
import { DryRun } from './dryRun';
import type { Reach } from './reach';
import type { Allowance } from './safety/limits';
import type { Checked, SafetyChecks } from './safety/safetyChecks';
import type { ReachSettings } from './settings';

/** Everything that a run needs to reach people. */
export interface Run<Request> {
	context: IExecuteFunctions;
	reach: Reach<Request>;
	settings: ReachSettings;
	connection: Connection;
	history: SendHistory;
	results: RunResults;
	/** Undefined for what reaches nobody. */
	checks: SafetyChecks | undefined;
	blocked: BlockedSenders;
	/** Undefined for a run in earnest. */
	dryRun: DryRun | undefined;
	stopsOnError: boolean;
	/** Ends every wait, and keeps further calls from being started. */
	stop: AbortController;
}

/** Filled in by item; undefined for one that a stopped run did not try. */
type Outcomes = Array<Outcome | undefined>;

/** Sends the messages of a run. */
export class Sending<Request> {
	private readonly pace: Pace;
	private readonly session: SendSession;
	/** In force while an uncertain message is looked for, if its end decides about the run. */
	private readonly hold = new Hold();
	private readonly api: SendPilotApi;
	/** In Unix ms. */
	private readonly startedAt: number;

	/** @param outcomes are filled in */
	constructor(
		private readonly run: Run<Request>,
		private readonly outcomes: Outcomes,
	) {
		const { connection, results, settings, blocked, checks } = run;
		const { api } = connection;
		this.startedAt = api.now();
		this.pace = new Pace((results.data.lastSent ??= {}), settings);
		this.session = {
			leadShape: new LeadShape(results.data),
			refusal: (senderId) => blocked.refusal(senderId),
			readLead: async (leadId) =>
				checks ? await checks.readLead(leadId) : await readLead(api, leadId),
		};
		this.api = { ...api, call: async (...args) => await this.callAfterHold(api, ...args) };
	}

	/**
	 * Looks once more for what an earlier try has left uncertain.
	 *
	 * @param uncertain has an outcome already, which is replaced if the message is found
	 */
	async reconsider(uncertain: ReadonlyArray<Uncertain<Request>>): Promise<void> {
		for (const one of uncertain) {
			const delivery = await this.confirmEarlier(one, one.earlier, []);
			this.outcomes[one.itemIndex] = outcomeOf(delivery, this.run.reach.words);
		}
	}

	/** Sends what is pending, reads the other items meanwhile and sends those too. */
	async send(pending: ReadonlyArray<Pending<Request>>, reader: ItemReader<Request>): Promise<void> {
		const { connection, settings, checks } = this.run;
		const claimedAhead = settings.maxDelayMs > 0 ? 0 : MAX_CLAIMED - 1;
		const lanes = new Lanes<Pending<Request>>(({ senderId }) => senderId);
		const add = (one: Pending<Request>) => {
			checks?.expect(this.checkedOf(one));
			lanes.add(one);
		};
		for (const one of pending) add(one);
		const readOn = async () => {
			while (!reader.isDone) {
				// Evaluating expressions takes time, and what has been answered must not wait for it.
				await connection.pause(1);
				const one = reader.read();
				if (one) add(one);
			}
			lanes.end();
		};
		const sending = lanes.run(settings.parallelSenders, async (lane, index) => {
			const one = lane[index];
			try {
				await this.sendOne(one, lane.slice(index + 1, index + 1 + claimedAhead));
			} catch (error) {
				// It must not end the run while other lanes still send, or look like a success.
				const delivery = unexpected(error);
				this.run.history.abandon(one, delivery);
				this.conclude(one, outcomeOf(delivery, this.run.reach.words));
			}
		});
		await Promise.all([sending, readOn()]);
		this.run.dryRun?.end();
	}

	private async sendOne(
		one: Pending<Request>,
		upcoming: ReadonlyArray<Pending<Request>>,
	): Promise<void> {
		const { reach, connection, history, checks, blocked, stop, dryRun } = this.run;
		const { senderId } = one;
		const refusal = blocked.refusal(senderId);
		if (!refusal && !dryRun && !checks?.senderBlock(senderId)) {
			await connection.pause(this.pace.delayBefore(senderId, connection.api.now()));
		}
		if (stop.signal.aborted) return;
		if (refusal) {
			await history.release(one);
			this.conclude(one, outcomeOf({ outcome: 'notSent', problem: refusal }, reach.words));
			return;
		}

		const known = await (dryRun ? history.look(one) : history.claim(one, upcoming));
		if (known) await this.concludeKnown(one, known, upcoming);
		else await this.sendClaimed(one);
	}

	private async concludeKnown(
		one: Pending<Request>,
		known: Delivery,
		upcoming: ReadonlyArray<Pending<Request>>,
	): Promise<void> {
		const { reach, settings, dryRun, stop } = this.run;
		dryRun?.note(one, undefined, this.checkedOf(one).textFor);
		const isUncertain = known.outcome === 'uncertain' && settings.checkInbox && !dryRun;
		const delivery = isUncertain ? await this.confirmEarlier(one, known, upcoming) : known;
		// Stopped while it waited: it counts as not tried.
		if (stop.signal.aborted && isNotStarted(delivery)) return;
		this.conclude(one, outcomeOf(delivery, reach.words));
	}

	private async sendClaimed(one: Pending<Request>): Promise<void> {
		const { reach, checks, stop, dryRun, settings } = this.run;
		const toCheck = this.checkedOf(one);
		const checked = await checks?.check(toCheck);
		const addressee = checked && 'addressee' in checked ? checked.addressee : undefined;
		dryRun?.note(one, addressee, toCheck.textFor);
		if (stop.signal.aborted) {
			// It counts as not tried: what could not be read because the run ended says nothing.
			this.unclaim(one);
			if (checked && 'allowance' in checked) checked.allowance?.settle('notSent');
			return;
		}
		if (checked && 'problem' in checked) {
			const delivery: Delivery = { outcome: 'notSent', problem: checked.problem };
			this.run.blocked.note(delivery);
			this.unclaim(one);
			this.conclude(one, outcomeOf(delivery, reach.words));
		} else if (checked && 'block' in checked) {
			this.unclaim(one);
			this.conclude(one, blockedOutcome(checked.block, reach.words, settings.outputsBlocked));
		} else if (dryRun) {
			this.conclude(one, dryRun.outcomeOf(one, checked?.allowance));
		} else await this.call(one, checked?.allowance);
	}

	/** A dry run claims nothing. */
	private unclaim(one: Pending<Request>): void {
		if (!this.run.dryRun) this.run.history.settle(one, NOT_STARTED);
	}

	/** Makes the call. Nothing may be awaited before it, so that no other failure comes in between. */
	private async call(one: Pending<Request>, allowance: Allowance | undefined): Promise<void> {
		const { context, reach, history, blocked, stop } = this.run;
		const { now } = this.api;
		const startedAt = now();
		const made = await reach.send(this.api, one.request, this.session);
		blocked.note(made);
		if (reachedSomebody(made)) {
			noteSending(context);
			this.pace.note(one.senderId, now());
		}
		const delivery = made.outcome === 'uncertain' ? await this.confirm(one, made, startedAt) : made;
		if (this.run.stopsOnError && delivery.outcome !== 'sent') stop.abort();
		history.settle(one, delivery);
		allowance?.settle(reachedSomebody(delivery) ? delivery.outcome : 'notSent');
		if (stop.signal.aborted && isNotStarted(delivery)) return;
		this.outcomes[one.itemIndex] = outcomeOf(delivery, reach.words);
	}

	/** Notes the outcome of an item. The first failure ends a run that stops on errors. */
	private conclude(one: Pending<Request>, outcome: Outcome): void {
		// Another sender's call must not begin before this is known, so nothing is awaited in between.
		if (this.run.stopsOnError && 'failure' in outcome) this.run.stop.abort();
		this.outcomes[one.itemIndex] = outcome;
	}

	/** Looks for a message whose call has just ended. No other call begins meanwhile, if its end decides. */
	private async confirm(
		one: Pending<Request>,
		delivery: Delivery,
		startedAt: number,
	): Promise<Delivery> {
		const { connection, history, settings, stopsOnError, stop } = this.run;
		if (!settings.checkInbox || connection.isCancelled()) return delivery;
		const end = stopsOnError ? this.hold.begin() : undefined;
		try {
			await connection.pause(settings.inboxDelayMs);
			const { earliest, latest } = this.api.clock.at(startedAt);
			// An earlier message with this text must not be taken for this one.
			const time = history.wasSentBefore(one) ? latest : earliest;
			const wanted = { since: async () => time, notBefore: this.api.now() };
			const found = await this.lookInInbox(one, delivery, wanted);
			if (stopsOnError && found.outcome !== 'sent') stop.abort();
			return found;
		} finally {
			end?.();
		}
	}

	/** Looks for a message that was uncertain before this run. */
	private async confirmEarlier(
		one: Pending<Request>,
		known: Delivery,
		upcoming: ReadonlyArray<Pending<Request>>,
	): Promise<Delivery> {
		const { history, connection, settings } = this.run;
		if (connection.isCancelled()) return known;
		const since = async () => {
			const time = await history.uncertainSince(one);
			if (time === undefined) return undefined;
			const { earliest, latest } = this.api.clock.at(time);
			// The same text of an earlier execution must not be taken for this one.
			return settings.repeats === 'sendAgain' ? latest : earliest;
		};
		// There may be many, and none of them was sent a moment ago.
		const notBefore = Math.max(this.startedAt, this.api.now() - INBOX_MAX_AGE_MS);
		const delivery = await this.lookInInbox(one, known, { since, notBefore });
		if (delivery.outcome !== 'sent') return delivery;
		const confirmed = { ...delivery, alreadySent: true };
		await history.confirm(one, confirmed, upcoming);
		return confirmed;
	}

	private async lookInInbox(
		one: Pending<Request>,
		delivery: Delivery,
		wanted: Parameters<SafetyChecks['lookInInbox']>[1],
	): Promise<Delivery> {
		const { checks, connection } = this.run;
		const looked = await checks?.lookInInbox(this.checkedOf(one), wanted);
		// What could not be read because the run ended says nothing.
		if (!looked || delivery.outcome !== 'uncertain' || connection.isCancelled()) return delivery;
		if (typeof looked === 'string') {
			return { ...delivery, problem: { ...delivery.problem, looked } };
		}
		return {
			outcome: 'sent',
			result: { ...(one.recipient.asSent as Sent), ...looked, confirmedInInbox: true },
		};
	}

	private async callAfterHold(
		api: SendPilotApi,
		...[request, onRetry]: Parameters<SendPilotApi['call']>
	): ReturnType<SendPilotApi['call']> {
		// Reading decides nothing, and the inbox is read meanwhile.
		while (request.effect !== 'read' && this.hold.isOpen) await this.hold.passed();
		return await api.call(request, onRetry);
	}

	private checkedOf({ recipient, about, senderId, request }: Pending<Request>): Checked {
		const { person } = recipient;
		return { person, about, senderId, textFor: (lead) => this.run.reach.textOf(request, lead) };
	}
}

function unexpected(error: unknown): Delivery {
	const said = [explanationIn(error).what];
	return { outcome: 'uncertain', problem: { reason: 'unexpected', step: 'send', said } };
}

function isNotStarted(delivery: Delivery): boolean {
	return delivery.outcome === 'notSent' && delivery.problem.reason === 'notStarted';
}
