import type { IExecuteFunctions } from 'n8n-workflow';
import type { Delivery } from '../../../../sendpilot/delivery';
import type { LeadShapeRecord } from '../../../../sendpilot/leadShape';
import { readProfileUrl } from '../../../../sendpilot/profileUrl';
import { isTool } from '../executionRecord';
import type { LastSent } from '../pace';
import type { SentInRun } from '../safety/limits';
import { digest, isSamePerson, nameOf, type Person, type Recipient } from './keys';

/** A message that went out, or may have. */
interface Result {
	person: Person;
	delivery: Delivery;
	/** When its call began, in Unix ms. */
	at?: number;
}

/** Everything that is kept between the tries of one execution. Plain JSON: n8n saves it with the execution. */
export interface RunData extends LeadShapeRecord {
	/** The run of the node that the results belong to: a loop runs it many times in one execution. */
	run?: string;
	/** By item, or by message for a tool; several if the user changed the recipient between two tries. */
	results?: Record<string, Result[]>;
	/** How many messages of this execution each person had before this run, by name. */
	earlier?: Record<string, number>;
	/** The same, with those of this run. */
	counts?: Record<string, number>;
	/** How many items for each person earlier runs had, by name. */
	seenBefore?: Record<string, number>;
	/** The same, with those of this run. */
	seen?: Record<string, number>;
	/** People who may have been sent other texts by this execution than a retry finds, by name. */
	ambiguous?: Record<string, true>;
	lastSent?: LastSent;
	/** How many this run has sent. */
	sentInRun?: SentInRun;
	/** Whether the history was cleared, as the user wanted. */
	isCleared?: boolean;
}

/** The result of a message while its call is under way; it remains if the try is interrupted. */
export const INTERRUPTED: Delivery = {
	outcome: 'uncertain',
	problem: { reason: 'interrupted', step: 'send', said: [] },
};

/**
 * The run that all calls by an AI agent share: in n8n, each call and each retry is a run of its own.
 */
const TOOL_RUN = 'tool';

/** The name of a run: results of one kind say nothing about another. */
const runOf = (kind: string, run: string) => `${kind} ${run}`;

/** The key of the data in the execution. */
const DATA = 'sendPilotHistory';

/**
 * Keeps the results of a run, because n8n runs the whole node again on Retry On Fail and when somebody retries
 * an execution.
 */
export class RunResults {
	/** Whether an earlier try of the run has started sending. */
	readonly isRepetition: boolean;
	private readonly results: Record<string, Result[]>;
	/** Names of people for whom the run has several items. */
	private readonly repeated = new Set<string>();

	/**
	 * @param data what earlier tries left, empty at the first one; changed in place
	 * @param run which run of the node this is; results of other runs are dropped
	 */
	constructor(
		readonly data: RunData,
		private readonly run: string,
	) {
		if (data.run !== run) {
			data.run = run;
			data.results = {};
			data.sentInRun = {};
			data.earlier = data.counts ?? {};
			data.seenBefore = data.seen ?? {};
		}
		data.counts = { ...data.earlier };
		data.seen = { ...data.seenBefore };
		this.results = data.results ??= {};
		this.isRepetition = Object.keys(this.results).length > 0;
	}

	/** Whether each message is a run of its own, as for an AI agent. */
	get isTool(): boolean {
		return this.run.endsWith(TOOL_RUN);
	}

	/**
	 * Call this for each item, in their order, with whom it is for.
	 *
	 * @returns how many items for the same person come before it in this execution
	 */
	meet(person: Person): number {
		const name = nameOf(person);
		const { seen, seenBefore } = this.data;
		const position = seen![name] ?? 0;
		seen![name] = position + 1;
		if (position > (seenBefore![name] ?? 0)) this.repeated.add(name);
		return position;
	}

	/** Whether several of the items so far are for this person. */
	isRepeated(person: Person): boolean {
		return this.repeated.has(nameOf(person));
	}

	/** @returns how many messages of this execution the person has, as far as this run has come */
	countOf(person: Person): number {
		return this.data.counts![nameOf(person)] ?? 0;
	}

	/** Call this for each message that this execution has sent, or may have, once in each run. */
	count(person: Person): void {
		this.data.counts![nameOf(person)] = this.countOf(person) + 1;
	}

	/**
	 * @param recipient what the item asks for now; undefined if that could not be read
	 * @returns the earlier delivery of this message, if it went out or may have
	 */
	recall(itemIndex: number, recipient: Recipient | undefined): Delivery | undefined {
		if (recipient) return this.find(itemIndex, recipient)?.delivery;
		return this.isTool ? undefined : this.results[itemIndex]?.at(-1)?.delivery;
	}

	private find(itemIndex: number, recipient: Recipient): Result | undefined {
		if (this.isTool) return this.findToolCall(recipient);
		const results = this.results[itemIndex] ?? [];
		// The user may have changed the recipient before the retry; a new one has received nothing yet. If
		// only the way to identify the recipient has changed, it counts as the same person.
		const { person } = recipient;
		return results.find((result) => isSamePerson(person, result.person) !== false);
	}

	/** Call this right before a message may go out. */
	begin(itemIndex: number, recipient: Recipient): void {
		const results = (this.results[this.slotOf(itemIndex, recipient)] ??= []);
		results.push({ person: recipient.person, delivery: INTERRUPTED, at: Date.now() });
	}

	/** Call this with the delivery of the message that was started. */
	end(itemIndex: number, recipient: Recipient, delivery: Delivery): void {
		const results = this.results[this.slotOf(itemIndex, recipient)];
		const { at } = results.pop() ?? {};
		if (delivery.outcome === 'notSent') return;
		results.push({ person: withProfile(recipient.person, delivery), delivery, ...(at && { at }) });
	}

	/** @returns when the call began whose delivery {@link recall} gives, in Unix ms; undefined if unknown */
	startOf(itemIndex: number, recipient: Recipient): number | undefined {
		return this.find(itemIndex, recipient)?.at;
	}

	/** Call this with the delivery of a message that was uncertain, and is not any more. */
	confirm(itemIndex: number, recipient: Recipient, delivery: Delivery): void {
		const slot = this.slotOf(itemIndex, recipient);
		const others = (this.results[slot] ?? []).filter(
			({ person }) => isSamePerson(recipient.person, person) === false,
		);
		this.results[slot] = [...others, { person: withProfile(recipient.person, delivery), delivery }];
	}

	private slotOf(itemIndex: number, { person, text }: Recipient): string {
		return this.isTool ? digest(JSON.stringify([person, text])) : String(itemIndex);
	}

	/** An agent may reword a message after an uncertain delivery, so the person counts too. */
	private findToolCall(recipient: Recipient): Result | undefined {
		return (
			this.results[this.slotOf(0, recipient)]?.at(-1) ??
			Object.values(this.results)
				.flat()
				.find(
					({ person, delivery }) =>
						isSamePerson(recipient.person, person) && delivery.outcome === 'uncertain',
				)
		);
	}
}

/**
 * Opens the results of this node, in the part of the execution's data that outlives a try.
 *
 * @param kind what the node does, which the user may change between two tries
 */
export function openResults(context: IExecuteFunctions, kind: string): RunResults {
	const data = (context.getContext('node')[DATA] ??= {}) as RunData;
	const run = isTool(context) ? TOOL_RUN : String(context.evaluateExpression('{{ $runIndex }}', 0));
	return new RunResults(data, runOf(kind, run));
}

/** The reply may identify the person better than the request. */
function withProfile(person: Person, delivery: Delivery): Person {
	if (person.profileUrl || delivery.outcome !== 'sent') return person;
	const profile = readProfileUrl(delivery.result.recipientLinkedinUrl);
	return profile.ok ? { ...person, profileUrl: profile.url } : person;
}
