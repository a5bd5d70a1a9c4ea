import { createHash } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { SendRequest } from '../../../sendpilot/contract/message';
import { sentMessage, type Delivery } from '../../../sendpilot/delivery';
import type { LeadShapeRecord } from '../../../sendpilot/leadShape';
import { readProfileUrl } from '../../../sendpilot/profileUrl';
import { isTool } from './executionRecord';
import type { JournalEntry } from './journal';
import type { LastSent } from './pace';

/** How a person is identified: by SendPilot, by LinkedIn, or both. */
interface Person {
	leadId?: string;
	/** The normal form of the profile address. */
	profileUrl?: string;
}

/** A message that went out, or may have. */
interface Entry {
	/** The recipient. */
	person: Person;
	delivery: Delivery;
}

/** Everything that is kept between the tries of one execution. Plain JSON: n8n saves it with the execution. */
export interface LedgerState extends LeadShapeRecord {
	/** The run of the node that the entries belong to: a loop runs it many times in one execution. */
	run?: string;
	/** By item, or by message for a tool; several if the user changed the recipient between two tries. */
	entries?: Record<string, Entry[]>;
	lastSent?: LastSent;
}

/** The entry of a message while its call is under way; it remains if the try is interrupted. */
const ON_ITS_WAY: Delivery = {
	outcome: 'uncertain',
	problem: { reason: 'interrupted', step: 'send', said: [] },
};

/**
 * The run that all calls by an AI agent share: in n8n, each call and each retry is a run of its own.
 */
const TOOL_RUN = 'tool';

/** The key of the state in the execution's data. */
const STATE = 'sendPilotLedger';

/**
 * Remembers what was sent, because n8n runs the whole node again on Retry On Fail and when somebody retries
 * an execution. An entry is written before the call, so an interrupted call counts as uncertain.
 */
export class Ledger {
	private readonly entries: Record<string, Entry[]>;

	/**
	 * @param state what earlier tries left, empty at the first one; changed in place
	 * @param run which run of the node this is; entries of other runs are dropped
	 */
	constructor(
		readonly state: LedgerState,
		readonly run: string,
	) {
		if (state.run !== run) {
			state.run = run;
			state.entries = {};
		}
		this.entries = state.entries ??= {};
	}

	/**
	 * @param request what the item asks for now; undefined if that could not be read
	 * @returns the earlier delivery of this message, if it went out or may have
	 */
	recall(itemIndex: number, request: SendRequest | undefined): Delivery | undefined {
		if (this.run === TOOL_RUN) return request && this.recallToolCall(request);
		const entries = this.entries[itemIndex] ?? [];
		if (!request) return entries.at(-1)?.delivery;
		// The user may have changed the recipient before the retry; a new one has received nothing yet. If
		// only the way to identify the recipient has changed, it counts as the same person.
		const person = personOf(request);
		return entries.find((entry) => isSamePerson(person, entry.person) !== false)?.delivery;
	}

	/** Call this right before a message may go out. */
	begin(itemIndex: number, request: SendRequest): void {
		const entries = (this.entries[this.keyOf(itemIndex, request)] ??= []);
		entries.push({ person: personOf(request), delivery: ON_ITS_WAY });
	}

	/** Call this with the delivery of the message that was started. */
	end(itemIndex: number, request: SendRequest, delivery: Delivery): void {
		const entries = this.entries[this.keyOf(itemIndex, request)];
		entries.pop();
		if (delivery.outcome === 'notSent') return;
		entries.push({ person: personOf(request, delivery), delivery });
	}

	/**
	 * Takes over what the journal knows about a message.
	 *
	 * @returns its delivery
	 */
	restore(itemIndex: number, request: SendRequest, entry: JournalEntry): Delivery {
		this.begin(itemIndex, request);
		if (entry === 'started') return ON_ITS_WAY;
		const delivery: Delivery = { outcome: 'sent', message: sentMessage({}, request) };
		this.end(itemIndex, request, delivery);
		return delivery;
	}

	/**
	 * Makes a key for each message that stays the same in a retry of the execution, where items may come in
	 * another order and texts may be reworded: the person, and how many messages to that person come before.
	 */
	durableKeys(requests: ReadonlyArray<SendRequest | undefined>): string[] {
		const counts = new Map<string, number>();
		return requests.map((request) => {
			if (!request) return '';
			const name = this.run === TOOL_RUN ? fingerprint(request) : nameOf(request);
			const count = counts.get(name) ?? 0;
			counts.set(name, count + 1);
			return JSON.stringify([name, count]);
		});
	}

	private keyOf(itemIndex: number, request: SendRequest): string {
		return this.run === TOOL_RUN ? fingerprint(request) : String(itemIndex);
	}

	/** An agent may reword a message after an uncertain delivery, so the person counts too. */
	private recallToolCall(request: SendRequest): Delivery | undefined {
		const person = personOf(request);
		const entry =
			this.entries[fingerprint(request)]?.at(-1) ??
			Object.values(this.entries)
				.flat()
				.find((one) => isSamePerson(person, one.person) && one.delivery.outcome === 'uncertain');
		return entry?.delivery;
	}
}

/** Opens the ledger of this node, in the part of the execution's data that outlives a try. */
export function openLedger(context: IExecuteFunctions): Ledger {
	const data = context.getContext('node');
	const state = (data[STATE] ??= {}) as LedgerState;
	const run = isTool(context) ? TOOL_RUN : String(context.evaluateExpression('{{ $runIndex }}', 0));
	return new Ledger(state, run);
}

/** @param delivery may identify the person better than the request */
function personOf({ recipient, body }: SendRequest, delivery?: Delivery): Person {
	if (recipient === 'profile') {
		const { recipientLinkedinUrl: profileUrl, leadId } = body;
		return leadId ? { profileUrl, leadId } : { profileUrl };
	}
	const { leadId } = body;
	const profile =
		delivery?.outcome === 'sent' && readProfileUrl(delivery.message.recipientLinkedinUrl);
	return profile && profile.ok ? { leadId, profileUrl: profile.url } : { leadId };
}

/** @returns undefined if the two cannot be compared */
function isSamePerson(one: Person, other: Person): boolean | undefined {
	if (one.profileUrl && other.profileUrl) return one.profileUrl === other.profileUrl;
	if (one.leadId && other.leadId) return one.leadId === other.leadId;
	return undefined;
}

function nameOf({ recipient, body }: SendRequest): string {
	return recipient === 'lead' ? `lead ${body.leadId}` : body.recipientLinkedinUrl;
}

function fingerprint(request: SendRequest): string {
	const content = JSON.stringify([nameOf(request), request.body.message]);
	return createHash('sha256').update(content).digest('base64url');
}
