import type { IExecuteFunctions } from 'n8n-workflow';
import { ExplainedError, explanationIn, type Explanation } from '../explanation';
import type { Claimable } from './history/sendHistory';
import type { RunResults } from './history/runResults';
import type { Delivery } from '../../../sendpilot/delivery';
import { readField } from '../readField';
import { blockedOutcome, notTried, outcomeOf, type Outcome } from './outcome';
import type { Reach } from './reach';
import type { AboutRecipient } from './safety/addressee';
import { unfinished } from './safety/explanations';
import { RECIPIENT_FIELDS, SAFETY } from './safety/fields';
import { unfinishedParts } from './safety/unfinishedText';
import { isAboutPeople } from './words';

/** A message that has yet to be sent. */
export interface Pending<Request> extends Claimable {
	request: Request;
	/** Undefined if SendPilot chooses the sender. */
	senderId: string | undefined;
	/** What the item says about the recipient beside that. */
	about: AboutRecipient;
}

/** What an earlier try has left uncertain. */
export type Uncertain<Request> = Pending<Request> & { earlier: Delivery };

/** What an item says. */
type Readable<Request> = Omit<Pending<Request>, 'itemIndex' | 'position'>;

/** Reads the items of a run, each once, in their order. */
export class ItemReader<Request> {
	/** Items that have an outcome, which may turn out to be better than it looks. */
	readonly uncertain: Array<Uncertain<Request>> = [];
	/** Items whose text has something left open. */
	readonly unfinished: Array<Pending<Request>> = [];
	private next = 0;

	/**
	 * @param refusesUnfinished whether texts with something left open are refused
	 * @param outcomes gets those of items for which there is nothing to send
	 */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly reach: Reach<Request>,
		private readonly results: RunResults,
		private readonly outcomes: Array<Outcome | undefined>,
		private readonly refusesUnfinished: boolean,
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
			if ('request' in reading && earlier.outcome === 'uncertain') {
				this.uncertain.push({ itemIndex, position, ...reading, earlier });
			}
			return undefined;
		}
		if ('invalid' in reading) {
			this.outcomes[itemIndex] = notTried('invalidInput', reading.invalid, reach.words);
			return undefined;
		}
		const { words } = reach;
		const one = { itemIndex, position, ...reading };
		if (this.refusesUnfinished && isAboutPeople(words)) {
			const parts = unfinishedParts(reach.textOf(reading.request, undefined) ?? '');
			if (parts.length > 0) {
				this.outcomes[itemIndex] = blockedOutcome(unfinished(parts, words), words, false);
				this.unfinished.push(one);
				return undefined;
			}
		}
		return one;
	}

	/** Never throws: an item with odd data must not keep the others from being sent, or their results. */
	private readingOf(itemIndex: number): Readable<Request> | { invalid: Explanation } {
		const { reach } = this;
		try {
			const reading = reach.read(this.context, itemIndex);
			if ('invalid' in reading) return reading;
			const about = isAboutPeople(reach.words) ? aboutRecipient(this.context, itemIndex) : {};
			const { request } = reading;
			const [recipient, senderId] = [reach.recipientOf(request), reach.senderOf(request)];
			return { request, recipient, senderId, about };
		} catch (error) {
			return { invalid: explanationIn(error) };
		}
	}
}

/** @throws ExplainedError for a value that is not text */
function aboutRecipient(context: IExecuteFunctions, itemIndex: number): AboutRecipient {
	const text = (field: (typeof RECIPIENT_FIELDS)[keyof typeof RECIPIENT_FIELDS]) => {
		const { name, displayName } = field;
		const value = readField(context, itemIndex, field, `${SAFETY}.${name}`, '') ?? '';
		if (typeof value === 'string' || typeof value === 'number') {
			return String(value).trim() || undefined;
		}
		throw new ExplainedError(
			`the setting ${displayName} is not text`,
			`Check the expression in ${displayName} under Safety.`,
		);
	};
	const { recipientName, recipientCompany, recipientLead } = RECIPIENT_FIELDS;
	return {
		name: text(recipientName),
		company: text(recipientCompany),
		leadId: text(recipientLead),
	};
}
