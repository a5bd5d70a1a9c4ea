import type { IExecuteFunctions } from 'n8n-workflow';
import type { SendPilotApi } from '../../../../sendpilot/api';
import type { FullLead } from '../../../../sendpilot/contract/lead';
import type { DeliveryProblem } from '../../../../sendpilot/delivery';
import { findSent, type FoundMessage, type WantedMessage } from '../../../../sendpilot/findSent';
import { Inbox, INBOX_MAX_AGE_MS } from '../../../../sendpilot/inbox';
import { LeadLookup } from '../../../../sendpilot/leadLookup';
import { plainName } from '../../../../sendpilot/matchPerson';
import { problemIn, type Problem } from '../../../../sendpilot/problem';
import { readProfileUrl } from '../../../../sendpilot/profileUrl';
import { findReply, type ReplySince } from '../../../../sendpilot/reply';
import { DayCount } from '../history/dayCount';
import { nameOf, type Person } from '../history/keys';
import type { RunData, RunResults } from '../history/runResults';
import { unavailable } from '../history/sendHistory';
import { DAY_MS } from '../history/texts';
import type { PeopleWords } from '../words';
import {
	addresseeOf,
	isSomebodyElse,
	leadIdOf,
	type AboutRecipient,
	type Addressee,
} from './addressee';
import type { Block } from './block';
import { blockedCompany } from './blockList';
import * as explain from './explanations';
import { dayIn, Limits, type Allowance } from './limits';
import { Senders } from './senders';
import type { SafetySettings } from './settings';
import { unfinishedParts } from './unfinishedText';

/** A person to be reached, and with what. */
export interface Checked {
	person: Person;
	about: AboutRecipient;
	/** Undefined if SendPilot chooses the sender. */
	senderId: string | undefined;
	/** The text as this person would read it; undefined if there is none. */
	textFor: (lead: FullLead | undefined) => string | undefined;
}

/** What the checks found: that somebody may be reached, why not, or a problem with the lead. */
export type CheckResult =
	| { addressee: Addressee; allowance: Allowance | undefined }
	| { addressee?: Addressee; block: Block }
	| { problem: DeliveryProblem };

/** A message in the inbox, with the names of the node's output. */
export interface InboxMessage extends FoundMessage {
	/** Whose inbox it is in. */
	senderId: string;
	/** Missing if unknown. */
	recipientLinkedinUrl?: string;
}

/** What is read in an execution, for all its runs. */
interface Lookups {
	senders: Senders;
	leads: LeadLookup;
	inboxes: Map<string, Inbox>;
	/** Who has which name: a conversation shows hardly more. */
	people: Map<string, Set<string>>;
}

/** By the data of their executions. */
const lookups = new WeakMap<RunData, Lookups>();

/** Shows whether a text depends on the names of a lead. */
const NAMELESS: FullLead = { id: '' };

/** Checks everything that can keep a person from being reached, right before the call. */
export class SafetyChecks {
	private readonly limits: Limits;

	private constructor(
		private readonly api: SendPilotApi,
		private readonly settings: SafetySettings & { maxDelayMs: number },
		private readonly words: PeopleWords,
		private readonly shared: Lookups,
		limits: Limits,
	) {
		this.limits = limits;
	}

	/**
	 * Opens the checks for one run. {@link close} must follow.
	 *
	 * @param kind what is counted
	 * @returns also the problem that keeps all senders from sending, if there is one
	 */
	static async open(
		context: IExecuteFunctions,
		api: SendPilotApi,
		{ data, isRepetition }: Pick<RunResults, 'data' | 'isRepetition'>,
		words: PeopleWords,
		settings: SafetySettings & { maxDelayMs: number },
	): Promise<{ checks: SafetyChecks; problem: Problem | undefined }> {
		const { kind } = words;
		const known = lookups.get(data);
		const shared = known ?? {
			...{ senders: new Senders(kind), leads: new LeadLookup() },
			inboxes: new Map<string, Inbox>(),
			people: new Map<string, Set<string>>(),
		};
		lookups.set(data, shared);
		const hasDayLimit = settings.maxPerDay !== Infinity;
		const days = hasDayLimit ? DayCount.open(context, kind, settings.dryRun) : undefined;
		const { senders } = shared;
		const countOwn =
			days && (async (senderId: string) => await days.sentOn(senderId, dayIn(context)));
		const problem = await senders.read(api, countOwn, isRepetition);
		const sent = (data.sentInRun ??= {});
		const limits = new Limits(context, settings, words, senders, sent, days);
		return { checks: new SafetyChecks(api, settings, words, shared, limits), problem };
	}

	/** Call this for each item that will be checked. */
	expect({ person, about }: Checked): void {
		const leadId = leadIdOf(person, about);
		if (leadId !== undefined) this.shared.leads.expect(leadId);
	}

	/** @returns what is known to keep a sender from sending, without a look at the recipient */
	senderBlock(senderId: string | undefined): Block | undefined {
		if (senderId === undefined) return undefined;
		const { senders } = this.shared;
		const status = senders.notReady(senderId);
		if (status !== undefined) return explain.senderNotReady(senders.nameOf(senderId), status);
		return this.limits.reached(senderId);
	}

	/**
	 * Checks one person. Never throws.
	 *
	 * @returns with an allowance that has to be settled, if there is a limit
	 */
	async check(one: Checked): Promise<CheckResult> {
		const early = this.senderBlock(one.senderId);
		if (early) return { block: early };
		const { blockList } = this.settings;
		const profile = readProfileUrl(one.person.profileUrl);
		if (profile.ok && blockList.slugs.has(profile.slug)) {
			return { block: explain.onBlockList(profile.url, false) };
		}
		let lead: FullLead | undefined;
		try {
			lead = await this.leadOf(one);
		} catch (error) {
			return { problem: { ...problemIn(error), step: 'readLead' } };
		}
		const addressee = addresseeOf(one.person, one.about, lead, one.senderId);
		this.meet(one.person, addressee);
		const block =
			(lead && this.leadBlock(one, lead)) ??
			this.companyBlock(addressee) ??
			(await this.replyBlock(addressee)) ??
			this.senderBlock(addressee.senderId);
		if (block) return { addressee, block };
		return await this.allow(addressee);
	}

	/** @returns what SendPilot knows of a lead; read at most once for several checks */
	async readLead(leadId: string): Promise<FullLead> {
		return await this.shared.leads.read(this.api, leadId, this.leadMaxAge);
	}

	/**
	 * Looks for a message that is uncertain in the conversation with its recipient. Never throws.
	 *
	 * @param wanted since when it must have been sent, and how new the state of the inbox must be, in Unix ms
	 * @returns the message, or what was looked at, as a sentence
	 */
	async lookInInbox(
		one: Checked,
		{ since, notBefore }: { since: WantedMessage['since']; notBefore: number },
	): Promise<InboxMessage | string> {
		try {
			const leadId = leadIdOf(one.person, one.about);
			const lead = leadId === undefined ? undefined : await this.readLead(leadId);
			const addressee = addresseeOf(one.person, one.about, lead, one.senderId);
			this.meet(one.person, addressee);
			const { senderId, name, profileUrl } = addressee;
			const text = one.textFor(lead);
			if (text === undefined) return explain.INBOX_WITHOUT_TEXT;
			if (senderId === undefined) return explain.INBOX_WITHOUT_NAME;
			const inbox = this.inboxOf(senderId);
			const conversations = await inbox.newest(this.api, notBefore);
			const isShared = this.namesakesOf(name) > 1;
			const person = { profileUrl, ...(!isShared && { name }) };
			const found = await findSent(this.api, inbox, conversations, { person, text, since });
			if (typeof found === 'object') {
				return { ...found, senderId, ...(profileUrl && { recipientLinkedinUrl: profileUrl }) };
			}
			if (isShared) return explain.INBOX_WITHOUT.ambiguous;
			return name === undefined ? explain.INBOX_WITHOUT_NAME : explain.INBOX_WITHOUT[found];
		} catch (error) {
			return explain.inboxUnreadable(problemIn(error));
		}
	}

	/** Call this at the end of the run. */
	async close(): Promise<void> {
		await this.limits.close();
	}

	private meet(person: Person, { name }: Addressee): void {
		if (name === undefined) return;
		const { people } = this.shared;
		const known = people.get(plainName(name)) ?? new Set();
		people.set(plainName(name), known.add(nameOf(person)));
	}

	private namesakesOf(name: string | undefined): number {
		return this.shared.people.get(plainName(name))?.size ?? 0;
	}

	/** Whether there is time between messages, in which people can reply. A dry run does not wait. */
	private get hasDelays(): boolean {
		return this.settings.maxDelayMs > 0 && !this.settings.dryRun;
	}

	/** While messages wait for each other, a list would be out of date. */
	private get leadMaxAge(): number | undefined {
		return this.hasDelays ? 0 : undefined;
	}

	private async leadOf(one: Checked): Promise<FullLead | undefined> {
		const leadId = leadIdOf(one.person, one.about);
		return leadId !== undefined && this.needsLead(one) ? await this.readLead(leadId) : undefined;
	}

	private needsLead({ senderId, textFor }: Checked): boolean {
		const { skipLeadStatuses, stopIfReplied, blockList, refuseUnfinishedText } = this.settings;
		const hasNames = () => textFor(NAMELESS) !== textFor(undefined);
		return (
			// Otherwise it is the sender of the lead.
			senderId === undefined ||
			stopIfReplied !== undefined ||
			skipLeadStatuses.length + blockList.slugs.size + blockList.companies.size > 0 ||
			(refuseUnfinishedText && hasNames())
		);
	}

	private leadBlock({ person, textFor }: Checked, lead: FullLead): Block | undefined {
		const { skipLeadStatuses, blockList, refuseUnfinishedText, sendsUnchecked } = this.settings;
		if (isSomebodyElse(person, lead)) return explain.otherLead(lead);
		const status = [lead.status, lead.customLeadStatus].find(
			(one) => one && skipLeadStatuses.includes(statusName(one)),
		);
		if (status) return explain.endedContact(lead, status);
		const profile = readProfileUrl(lead.linkedinUrl);
		if (profile.ok && blockList.slugs.has(profile.slug)) {
			return explain.onBlockList(profile.url, false);
		}
		const isUnknown = !profile.ok && person.profileUrl === undefined && blockList.slugs.size > 0;
		if (isUnknown && !sendsUnchecked) return explain.unknownProfile();
		const text = textFor(lead);
		// Without the names of the lead in it, it was looked at when the item was read.
		const isNew = refuseUnfinishedText && text !== textFor(undefined);
		const parts = isNew ? unfinishedParts(text ?? '') : [];
		return parts.length > 0 ? explain.unfinished(parts, this.words) : undefined;
	}

	private companyBlock({ company }: Addressee): Block | undefined {
		const { blockList, sendsUnchecked } = this.settings;
		if (blockList.companies.size === 0) return undefined;
		if (company === undefined) return sendsUnchecked ? undefined : explain.unknownCompany();
		const entry = blockedCompany(blockList, company);
		return entry === undefined ? undefined : explain.onBlockList(entry, true);
	}

	private async replyBlock(addressee: Addressee): Promise<Block | undefined> {
		const { stopIfReplied, sendsUnchecked } = this.settings;
		if (stopIfReplied === undefined) return undefined;
		const { api } = this;
		const since: ReplySince =
			typeof stopIfReplied === 'object' && 'days' in stopIfReplied
				? { time: api.now() - stopIfReplied.days * DAY_MS }
				: stopIfReplied;
		const block = await this.findReply(addressee, since);
		return block?.reason === 'replyUnknown' && sendsUnchecked ? undefined : block;
	}

	private async findReply(
		{ profileUrl, name, lead, senderId }: Addressee,
		since: ReplySince,
	): Promise<Block | undefined> {
		const saysReplied = lead?.status && statusName(lead.status) === 'REPLY_RECEIVED';
		const hasReplied = saysReplied && since === 'anyTime';
		if (senderId === undefined)
			return hasReplied ? explain.replied(undefined) : explain.unknownSender();
		try {
			const { api } = this;
			const inbox = this.inboxOf(senderId);
			const conversations = await inbox.newest(api, api.now() - this.inboxMaxAge);
			const found = await findReply(api, inbox, conversations, { profileUrl, name }, since);
			if (found.state === 'replied') return explain.replied(found.reply);
			if (hasReplied) return explain.replied(undefined);
			if (found.state === 'ambiguous') return explain.ambiguousReply(found.reply);
			if (found.state === 'unmatched') return explain.unmatchedPerson();
			if (found.state === 'noConversation' && saysReplied) return explain.unknownReplyTime();
			return found.state === 'unclear' ? explain.unclearConversation() : undefined;
		} catch (error) {
			return hasReplied ? explain.replied(undefined) : explain.unreadableInbox(problemIn(error));
		}
	}

	/** Right before each message, if there is time between them. */
	private get inboxMaxAge(): number {
		return this.hasDelays ? 0 : INBOX_MAX_AGE_MS;
	}

	private inboxOf(senderId: string): Inbox {
		const { inboxes } = this.shared;
		const inbox = inboxes.get(senderId) ?? new Inbox(senderId);
		inboxes.set(senderId, inbox);
		return inbox;
	}

	private async allow(addressee: Addressee): Promise<CheckResult> {
		const { senderId } = addressee;
		if (senderId === undefined) return { addressee, allowance: undefined };
		try {
			const taken = await this.limits.take(senderId);
			return 'reason' in taken ? { addressee, block: taken } : { addressee, allowance: taken };
		} catch (error) {
			return { problem: unavailable(error) };
		}
	}
}

/** @returns a status or label as the settings name it: labels also come as people read them */
function statusName(status: string): string {
	return status.trim().toUpperCase().replace(/\s+/g, '_');
}
