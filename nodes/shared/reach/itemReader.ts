import type { IExecuteFunctions } from 'n8n-workflow';
import { explanationIn, type Explanation } from '../explanation';
import type { Recipient } from './history/keys';
import type { Claimable } from './history/sendHistory';
import type { RunResults } from './history/runResults';
import { notTried, outcomeOf, type Outcome } from './outcome';
import type { Reach } from './reach';

/** A message that has yet to be sent. */
export interface Pending<Request> extends Claimable {
	request: Request;
	/** Undefined if SendPilot chooses the sender. */
	senderId: string | undefined;
}

/** Reads the items of a run, each once, in their order. */
export class ItemReader<Request> {
	private next = 0;

	/** @param outcomes gets those of items for which there is nothing to send */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly reach: Reach<Request>,
		private readonly results: RunResults,
		private readonly outcomes: Array<Outcome | undefined>,
	) {}

	get isDone(): boolean {
		return this.next === this.outcomes.length;
	}

	/** @returns the messages to send among the next items: so many, or all that are left */
	readUntil(count: number): Array<Pending<Request>> {
		const pending: Array<Pending<Request>> = [];
		while (!this.isDone && pending.length < count) {
			const one = this.read();
			if (one) pending.push(one);
		}
		return pending;
	}

	/** @returns the message of the next item; undefined if that item has an outcome already */
	read(): Pending<Request> | undefined {
		const itemIndex = this.next++;
		const { reach, results } = this;
		const reading = this.readingOf(itemIndex);
		const recipient = 'recipient' in reading ? reading.recipient : undefined;
		const position = recipient ? results.meet(recipient.person) : 0;
		// A tool's earlier call may still be under way, which `claim` waits for.
		const earlier = results.isTool ? undefined : results.recall(itemIndex, recipient);
		if (earlier) {
			this.outcomes[itemIndex] = outcomeOf(earlier, reach.words);
			if (recipient) results.count(recipient.person);
			return undefined;
		}
		if ('invalid' in reading) {
			this.outcomes[itemIndex] = notTried('invalidInput', reading.invalid, reach.words);
			return undefined;
		}
		return { itemIndex, position, ...reading, senderId: reach.senderOf(reading.request) };
	}

	/** Never throws: an item with odd data must not keep the others from being sent, or their results. */
	private readingOf(
		itemIndex: number,
	): { request: Request; recipient: Recipient } | { invalid: Explanation } {
		const { reach } = this;
		try {
			const reading = reach.read(this.context, itemIndex);
			if ('invalid' in reading) return reading;
			return { ...reading, recipient: reach.recipientOf(reading.request) };
		} catch (error) {
			return { invalid: explanationIn(error) };
		}
	}
}
