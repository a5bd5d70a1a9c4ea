import type { IExecuteFunctions } from 'n8n-workflow';
import type { DayCount, Place } from '../history/dayCount';
import { DAY_MS } from '../history/texts';
import type { PeopleWords } from '../words';
import type { Block } from './block';
import { overLimit } from './explanations';
import type { Senders } from './senders';
import type { SafetySettings } from './settings';

/** How many each sender has sent in a run of the node. Plain JSON, kept with the execution. */
export type SentInRun = Record<string, number>;

/** A message that is within the limits. Call it with what became of it. */
export type Allowance = Place;

/** Keeps senders within the limits of the user and of SendPilot. */
export class Limits {
	/** How many allowances are not settled yet, by sender. */
	private readonly open = new Map<string, number>();

	/**
	 * @param sent what earlier tries of this run left; changed in place
	 * @param days undefined without a limit per day
	 */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly settings: Pick<SafetySettings, 'maxPerRun' | 'maxPerDay'>,
		private readonly words: PeopleWords,
		private readonly senders: Senders,
		private readonly sent: SentInRun,
		private readonly days: DayCount | undefined,
	) {}

	/** @returns what is known to keep a sender from sending one more */
	reached(senderId: string): Block | undefined {
		const { maxPerRun, maxPerDay } = this.settings;
		const open = this.open.get(senderId) ?? 0;
		const inRun = (this.sent[senderId] ?? 0) + open;
		const { used = 0, left = Infinity } = this.senders.quotaOf(senderId);
		const leftToday = Math.min(left - open, maxPerDay - used - open);
		if (left - open <= 0) {
			const name = "today's LinkedIn limit";
			return overLimit({ name, left: 0, nextAllowedAt: this.endOfDay(senderId) }, this.words);
		}
		if (leftToday <= 0) return this.dayIsOver(senderId, used + open);
		if (inRun < maxPerRun) return undefined;
		const limit = {
			name: 'Max per Sender and Run',
			sent: inRun,
			max: maxPerRun,
			left: leftToday === Infinity ? undefined : leftToday,
			nextAllowedAt: new Date().toISOString(),
		};
		return overLimit(limit, this.words);
	}

	/**
	 * Takes one from what a sender may send.
	 *
	 * @throws Error where n8n's store fails
	 */
	async take(senderId: string): Promise<Allowance | Block> {
		const block = this.reached(senderId);
		if (block) return block;
		const { days, senders, settings } = this;
		this.count(senderId, 1);
		const max = settings.maxPerDay - senders.foreignOf(senderId);
		const taking = days?.take(senderId, dayIn(this.context), max);
		const place = await taking?.catch((error: unknown) => {
			this.count(senderId, -1);
			throw error;
		});
		if (days && !place) {
			this.count(senderId, -1);
			return this.dayIsOver(senderId, settings.maxPerDay);
		}
		return {
			settle: (outcome) => {
				this.count(senderId, -1);
				place?.settle(outcome);
				if (outcome === 'notSent') return;
				this.sent[senderId] = (this.sent[senderId] ?? 0) + 1;
				senders.noteSent(senderId);
			},
		};
	}

	/** Call this at the end of the run. */
	async close(): Promise<void> {
		await this.days?.close();
	}

	private count(senderId: string, change: 1 | -1): void {
		this.open.set(senderId, (this.open.get(senderId) ?? 0) + change);
	}

	private dayIsOver(senderId: string, sent: number): Block {
		const { maxPerDay: max } = this.settings;
		const nextAllowedAt = this.endOfDay(senderId);
		const limit = { name: 'Max per Sender and Day', sent, max, left: 0, nextAllowedAt };
		return overLimit(limit, this.words);
	}

	/** When both SendPilot's day and that of the workflow's time zone are over, in ISO 8601. */
	private endOfDay(senderId: string): string {
		const now = Date.now();
		const { resetsAt = now } = this.senders.quotaOf(senderId);
		const tomorrow = Number(
			this.context.evaluateExpression('{{ $today.plus({ days: 1 }).toMillis() }}', 0),
		);
		// A day that ends later than that is nonsense.
		const ends = [resetsAt, tomorrow].filter((time) => time > now && time < now + 2 * DAY_MS);
		return new Date(Math.max(now, ...ends)).toISOString();
	}
}

/** @returns today in the time zone of the workflow, in ISO 8601 */
export function dayIn(context: IExecuteFunctions): string {
	return String(context.evaluateExpression('{{ $today.toISODate() }}', 0));
}
