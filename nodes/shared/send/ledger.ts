import { createHash } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { SendRequest } from '../../../sendpilot/contract/message';
import { sentMessage, type Delivery } from '../../../sendpilot/delivery';
import type { LeadShapeRecord } from '../../../sendpilot/leadShape';
import { readProfileUrl } from '../../../sendpilot/profileUrl';
import { isTool } from './executionRecord';
import type { JournalEntry } from './journal';
import type { LastSent } from './pace';

/** By what names a person is known: SendPilot's, LinkedIn's, or both. */
interface Person {
	leadId?: string;
	/** The normal form of the profile address. */
	profileUrl?: string;
}

/** What is known of one message that went out, or may have. */
interface Entry {
	/** Whom it was for. */
	person: Person;
	delivery: Delivery;
}

/** All that is kept between the tries of one execution. Plain JSON, as n8n saves it with the execution. */
export interface LedgerState extends LeadShapeRecord {
	/** The run of the node that the entries belong to: a loop runs it many times in one execution. */
	run?: string;
	/** By item, or by message for a tool; several where the user chose other people between two tries. */
	entries?: Record<string, Entry[]>;
	lastSent?: LastSent;
}

/** Stands for a message that is on its way, and stays where the try never comes to its end. */
const ON_ITS_WAY: Delivery = {
	outcome: 'uncertain',
	problem: { reason: 'interrupted', step: 'send', said: [] },
};

/**
 * The run of all calls by an AI agent: each call and each retry has a run of its own in n8n, but they
 * share one ledger.
 */
const TOOL_RUN = 'tool';

/** Under this name the state lies in the execution's data. */
const STATE = 'sendPilotLedger';

/**
 * Remembers what was sent, because n8n runs the whole node again on Retry On Fail, and on a retry from
 * the list of executions. An entry is written before the call, so that an interrupted one counts as
 * uncertain.
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
	 * @param request what the item asks for now; undefined where that could not be read
	 * @returns how this message ended before, where it went out or may have
	 */
	recall(itemIndex: number, request: SendRequest | undefined): Delivery | undefined {
		if (this.run === TOOL_RUN) return request && this.recallToolCall(request);
		const entries = this.entries[itemIndex] ?? [];
		if (!request) return entries.at(-1)?.delivery;
		// The user may have chosen other people before the retry; those have got nothing yet. Where only
		// the way to name a person has changed, and nothing tells who it is, it counts as the same one.
		const person = personOf(request);
		return entries.find((entry) => isSamePerson(person, entry.person) !== false)?.delivery;
	}

	/** To be called right before a message may go out. */
	begin(itemIndex: number, request: SendRequest): void {
		const entries = (this.entries[this.keyOf(itemIndex, request)] ??= []);
		entries.push({ person: personOf(request), delivery: ON_ITS_WAY });
	}

	/** To be called with what became of the message that was started. */
	end(itemIndex: number, request: SendRequest, delivery: Delivery): void {
		const entries = this.entries[this.keyOf(itemIndex, request)];
		entries.pop();
		if (delivery.outcome === 'notSent') return;
		entries.push({ person: personOf(request, delivery), delivery });
	}

	/**
	 * Writes down again what another memory has kept of a message.
	 *
	 * @returns how that message ended
	 */
	restore(itemIndex: number, request: SendRequest, entry: JournalEntry): Delivery {
		this.begin(itemIndex, request);
		if (entry === 'started') return ON_ITS_WAY;
		const delivery: Delivery = { outcome: 'sent', message: sentMessage({}, request) };
		this.end(itemIndex, request, delivery);
		return delivery;
	}

	/**
	 * Names messages so that they are known again in another run of the same execution, in which the
	 * items may come in another order and the texts be worded anew: by person, and by how many messages
	 * of the run that person gets before.
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

	/** An agent that hears of an uncertain message may word it anew, so that the person counts too. */
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

/** Opens the ledger of the node that runs, in the part of the execution's data that outlives a try. */
export function openLedger(context: IExecuteFunctions): Ledger {
	const data = context.getContext('node');
	const state = (data[STATE] ??= {}) as LedgerState;
	const run = isTool(context) ? TOOL_RUN : String(context.evaluateExpression('{{ $runIndex }}', 0));
	return new Ledger(state, run);
}

/** @param delivery what became of the message, which may tell more of the person than the request */
function personOf({ recipient, body }: SendRequest, delivery?: Delivery): Person {
	if (recipient === 'profile') {
		const { recipientLinkedinUrl: profileUrl, leadId } = body;
		return leadId ? { profileUrl, leadId } : { profileUrl };
	}
	const { leadId } = body;
	const told =
		delivery?.outcome === 'sent' && readProfileUrl(delivery.message.recipientLinkedinUrl);
	return told && told.ok ? { leadId, profileUrl: told.url } : { leadId };
}

/** @returns undefined where the two have no kind of name in common */
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
