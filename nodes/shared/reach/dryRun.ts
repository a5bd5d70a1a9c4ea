import type { IDataObject } from 'n8n-workflow';
import { messageLength } from '../../../sendpilot/contract/message';
import type { FullLead } from '../../../sendpilot/contract/lead';
import { nameOf, type Recipient } from './history/keys';
import type { Repeats } from './history/rules';
import type { Outcome } from './outcome';
import type { Addressee } from './safety/addressee';
import type { Allowance } from './safety/limits';
import type { PeopleWords } from './words';

/** What would be sent, and to whom. */
interface Planned {
	itemIndex: number;
	recipient: Recipient;
	senderId: string | undefined;
}

/** A run that does everything but the calls that reach people. It leaves nothing behind. */
export class DryRun {
	private readonly allowances: Allowance[] = [];
	private readonly people = new Set<string>();
	private readonly known = new Map<number, IDataObject>();
	/** Items for people who are in the list before. */
	private readonly repeated = new Set<number>();

	constructor(
		private readonly repeats: Repeats,
		private readonly words: PeopleWords,
	) {}

	/**
	 * Call this for each item, with what is known of it.
	 *
	 * @param textFor the text as the recipient would read it
	 */
	note(
		{ itemIndex, recipient, senderId }: Planned,
		addressee: Addressee | undefined,
		textFor: (lead: FullLead | undefined) => string | undefined,
	): void {
		const { profileUrl, leadId } = recipient.person;
		const text = textFor(addressee?.lead);
		this.known.set(itemIndex, {
			senderId: addressee?.senderId ?? senderId ?? null,
			recipientLinkedinUrl: profileUrl ?? addressee?.profileUrl ?? null,
			recipientName: addressee?.name ?? null,
			leadId: leadId ?? null,
			text: text ?? null,
			characters: text === undefined ? 0 : messageLength(text),
		});
	}

	/**
	 * @param allowance counts until the end of the run
	 * @returns the outcome of an item that nothing keeps from being sent
	 */
	outcomeOf({ itemIndex, recipient }: Planned, allowance: Allowance | undefined): Outcome {
		const { person, text } = recipient;
		const key = JSON.stringify([nameOf(person), this.repeats === 'skipSamePerson' ? '' : text]);
		if (this.people.has(key)) {
			allowance?.settle('notSent');
			this.repeated.add(itemIndex);
			return { sent: { success: true, status: 'sent' }, alreadySent: true };
		}
		this.people.add(key);
		if (allowance) this.allowances.push(allowance);
		return { wouldSend: true };
	}

	/** Call this when all items have an outcome. */
	end(): void {
		for (const allowance of this.allowances) allowance.settle('notSent');
	}

	/** @returns what the output says of an item */
	preview(itemIndex: number, outcome: Outcome): IDataObject {
		return {
			dryRun: true,
			wouldSend: 'wouldSend' in outcome,
			...this.reasonOf(itemIndex, outcome),
			...(this.known.get(itemIndex) ?? NOTHING_KNOWN),
		};
	}

	private reasonOf(itemIndex: number, outcome: Outcome): IDataObject {
		if ('wouldSend' in outcome) return { reason: null, explanation: null };
		if ('sent' in outcome) {
			const explanation = this.repeated.has(itemIndex)
				? 'An earlier item of this list is for the same person.'
				: `This node has already ${this.words.done} this person.`;
			return { reason: 'alreadySent', explanation };
		}
		const { reason, message, fix, facts } =
			'failure' in outcome ? outcome.failure : outcome.leftOut;
		return { reason, explanation: `${message}. ${fix}`.trim(), ...facts };
	}
}

const NOTHING_KNOWN: IDataObject = {
	senderId: null,
	recipientLinkedinUrl: null,
	recipientName: null,
	leadId: null,
	text: null,
	characters: 0,
};
