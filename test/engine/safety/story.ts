import { isDeepStrictEqual } from 'node:util';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { rowOfNode } from '../../../engine/deduplicator';
import type { FinishedRun } from '../../../engine/run';
import { databaseOf, personUrl, resumable } from '../support';
import {
	numberOf,
	resultOf,
	type Outreach,
	type OutreachResult,
	type OutreachRun,
	type Way,
} from './ways';

/** Options that hold for all runs of a story, and what SendPilot is like. */
export interface Scenario {
	way: Way;
	repeats: 'skipSameMessage' | 'skipSamePerson' | 'sendAgain';
	stopIfReplied: 'anyTime' | 'ourLastMessage' | undefined;
	sendsUnchecked: boolean;
	checkInbox: boolean;
	/** Whether messages are in the inbox only after the story. */
	isInboxLate: boolean;
	outputsBlocked: boolean;
	/** Who is on the Block List. */
	blocked: number | undefined;
	maxPerDay: number | undefined;
	maxPerRun: number | undefined;
	onError: 'stopWorkflow' | 'continueErrorOutput';
	retryOnFail: boolean;
	/** Whether messages are spaced apart, so that each is checked against the newest state. */
	isApart: boolean;
}

interface Entry {
	person: number;
	text: string;
}

type Fault =
	| 'deliveredThen500'
	| 'lostThen500'
	| 'resetAfterDelivery'
	| 'resetBeforeDelivery'
	| 'unsuccessful'
	| 'brokenJson';

/** Something that happens. */
export type Step =
	/** Executions at the same time; somebody replies once the first message of their sender went out. */
	| { do: 'run'; lists: Entry[][]; isDry: boolean; replyBetween: number | undefined }
	/** Retries the last execution, if it has failed. */
	| { do: 'retry' }
	| { do: 'reply' | 'unsubscribe'; person: number }
	/** The next calls go wrong, or those about a person. */
	| { do: 'fault'; fault: Fault; person: number | undefined; times: number }
	/** Conversations cannot be read once. */
	| { do: 'hideInbox' }
	/** Somebody uses the first sender by hand. */
	| { do: 'sendElsewhere'; count: number }
	| { do: 'disconnect' | 'reconnect' };

/** What happened in all stories, so that nobody can pass by doing nothing. */
export const totals = { stories: 0, reached: 0, blocked: 0, uncertain: 0, confirmed: 0 };

/** Whom each person knows. */
const senderOf = (person: number) => (person === 3 ? 'sender_bianca' : 'sender_alex');

/** An execution with its retries. */
interface Family {
	items: IDataObject[];
	/** How many people had been reached before it. */
	since: number;
}

/** What happens one after the other, and who must not be reached at any moment of it. */
export class Story {
	private readonly log: string[] = [];
	/** People whose reply counts, if they are reached now. */
	private readonly replied = new Set<number>();
	private readonly unsubscribed = new Set<number>();
	private wasUnchecked = false;
	private wasParallel = false;
	private wasSentElsewhere = false;
	private violation: string | undefined;
	private last: { family: Family; finished: FinishedRun } | undefined;
	/** Has somebody reply, after one from their sender. */
	private replyBetween: number | undefined;

	constructor(
		private readonly outreach: Outreach,
		private readonly scenario: Scenario,
	) {
		totals.stories++;
		const { sandbox } = outreach;
		if (scenario.isInboxLate) sandbox.quirks.inboxDelayMs = 3_600_000;
		outreach.lead(3).senderId = senderOf(3);
		sandbox.onDelivered = ({ recipientLinkedinUrl }) => this.noteReached(recipientLinkedinUrl);
		sandbox.onInvited = ({ recipientLinkedinUrl }) => {
			sandbox.accept(recipientLinkedinUrl);
			this.noteReached(recipientLinkedinUrl);
		};
	}

	/** @throws Error that tells the story, if somebody is harmed or something is claimed that is not true */
	async go(step: Step): Promise<void> {
		this.log.push(JSON.stringify(step));
		await this.happen(step);
		if (this.violation === undefined) return;
		const { way, ...scenario } = this.scenario;
		const told = [this.violation, `${way.name}: ${JSON.stringify(scenario)}`, ...this.log];
		throw new Error(told.join('\n'));
	}

	private async happen(step: Step): Promise<void> {
		const { outreach } = this;
		const [alex] = outreach.sandbox.seed.senders;
		switch (step.do) {
			case 'run':
				return await this.run(step);
			case 'retry':
				return await this.retry();
			case 'reply':
				return this.reply(step.person);
			case 'unsubscribe':
				outreach.lead(step.person).status = 'UNSUBSCRIBED';
				this.unsubscribed.add(step.person);
				return;
			case 'fault': {
				const { fault, person, times } = step;
				const recipient = person === undefined ? undefined : `person-${person}`;
				outreach.sandbox.inject({ fault, times, recipient, method: 'POST', path: '/v1/inbox' });
				return;
			}
			case 'hideInbox':
				this.wasUnchecked = true;
				outreach.hideInbox(1);
				return;
			case 'sendElsewhere':
				this.wasSentElsewhere = true;
				alex[this.counter] += step.count;
				return;
			case 'disconnect':
				alex.status = 'disconnected';
				return;
			case 'reconnect':
				alex.status = 'active';
		}
	}

	private get counter(): 'messagesSentToday' | 'invitationsSentToday' {
		return this.scenario.way.kind === 'message' ? 'messagesSentToday' : 'invitationsSentToday';
	}

	private reply(person: number): void {
		const { sandbox } = this.outreach;
		sandbox.reply({ linkedinUrl: personUrl(person), text: 'Wait!', senderId: senderOf(person) });
		this.replied.add(person);
		this.unsubscribed.delete(person);
	}

	private async run({ lists, isDry, replyBetween }: Extract<Step, { do: 'run' }>): Promise<void> {
		this.wasParallel ||= lists.length > 1;
		// A reply that comes while another sender's message is being checked comes too late.
		this.replyBetween =
			this.scenario.isApart && !isDry && lists.length === 1 ? replyBetween : undefined;
		const families = lists.map((list) => this.familyOf(list));
		const row = databaseOf(this.outreach.sandbox).processedData.peek(rowOfNode('workflow', 'send'));
		const posts = this.outreach.posts.length;
		const results = await Promise.all(
			families.map(async (family) => ({ family, ...(await this.send(family, { isDry })) })),
		);
		if (isDry) {
			const now = databaseOf(this.outreach.sandbox).processedData;
			this.demand(this.outreach.posts.length === posts, 'a dry run makes no call that sends');
			const isAsBefore = isDeepStrictEqual(now.peek(rowOfNode('workflow', 'send')), row);
			// Reading the row for the first time leaves marks.
			this.demand(row === null || isAsBefore, 'a dry run remembers nothing');
			return;
		}
		this.judge(results);
		this.last = results.at(-1);
	}

	private async retry(): Promise<void> {
		if (!this.last?.finished.data.resultData.error) return;
		const { family, finished } = this.last;
		this.replyBetween = undefined;
		const resume = resumable(finished);
		const result = await this.send(family, { settings: { mode: 'retry', resume } });
		this.judge([{ family, ...result }]);
		this.last = { family, finished: result.finished };
	}

	private familyOf(list: Entry[]): Family {
		const items = list.map(({ person, text }) =>
			this.outreach.person(person, {
				...{ person, message: text, wanted: text },
				sender: senderOf(person),
			}),
		);
		return { items, since: this.outreach.reached.length };
	}

	private async send(
		family: Family,
		{ isDry = false, settings }: { isDry?: boolean; settings?: OutreachRun['settings'] },
	) {
		const { scenario } = this;
		const { repeats, stopIfReplied, maxPerDay, onError, retryOnFail } = scenario;
		const maxPerRun = Math.min(scenario.maxPerRun ?? Infinity, maxPerDay ?? Infinity);
		const safety: INodeParameters = {
			...{ repeats, checkInbox: scenario.checkInbox, dryRun: isDry },
			blockedItems: scenario.outputsBlocked ? 'output' : 'error',
			...(stopIfReplied && {
				...{ stopIfReplied: true, replySince: stopIfReplied },
				ifUnchecked: scenario.sendsUnchecked ? 'send' : 'doNotSend',
			}),
			...(scenario.blocked !== undefined && { blockList: personUrl(scenario.blocked) }),
			...(maxPerDay !== undefined && { maxPerDay }),
			...(scenario.maxPerRun !== undefined && { maxPerRun }),
		};
		const running = await this.outreach.begin(family.items, {
			...{ safety, onError, retryOnFail, maxTries: 2, waitBetweenTries: 1, settings },
			options: { includeInputFields: true, ...(scenario.isApart && { minDelay: 0.02 }) },
		});
		const result = resultOf(await running.result);
		const { message, description } = result.error ?? {};
		this.log.push(
			`  ${message ?? ''} ${description ?? ''} ${JSON.stringify(claimsIn(result, family))}`,
		);
		return result;
	}

	/** Is called when somebody is reached: who must not be? */
	private noteReached(url: string): void {
		const { scenario, outreach } = this;
		const person = numberOf(url);
		totals.reached++;
		this.log.push(`  person-${person} is reached`);
		const isSure = !(this.wasUnchecked && scenario.sendsUnchecked);
		if (scenario.stopIfReplied && isSure) {
			this.demand(!this.replied.has(person), `person-${person} has replied`);
		}
		this.demand(scenario.blocked !== person, `person-${person} is on the Block List`);
		const isEnded = scenario.way.isByLead && this.unsubscribed.has(person);
		this.demand(!isEnded, `person-${person} has unsubscribed`);
		const sender = outreach.sandbox.seed.senders.find(({ id }) => id === senderOf(person))!;
		const { maxPerDay = Infinity } = scenario;
		// What parallel executions know of what was sent elsewhere is not exact; see limits.test.ts.
		if (!(this.wasParallel && this.wasSentElsewhere)) {
			this.demand(sender[this.counter] <= maxPerDay, `${sender.id} is over the limit of the day`);
		}
		if (scenario.stopIfReplied === 'ourLastMessage' && !scenario.isInboxLate) {
			this.replied.delete(person);
		}
		const { replyBetween } = this;
		if (replyBetween === undefined || senderOf(replyBetween) !== senderOf(person)) return;
		this.replyBetween = undefined;
		this.reply(replyBetween);
	}

	/** Is what the runs say true? */
	private judge(results: ReadonlyArray<OutreachResult & { family: Family }>): void {
		const { outreach, scenario } = this;
		const reached = outreach.reachedWith.map((one) => ({
			person: numberOf(one.recipientLinkedinUrl),
			text: one.message,
		}));
		const since = Math.min(...results.map(({ family }) => family.since));
		// An invitation is the same one with another note.
		const isPerPerson = scenario.way.kind === 'invitation' || scenario.repeats === 'skipSamePerson';
		const keys = reached.map(({ person, text }) =>
			isPerPerson ? `${person}` : `${person} "${text}"`,
		);
		// What may be sent again must not be sent twice by one execution.
		const isAgain = scenario.repeats === 'sendAgain';
		const own = isAgain ? keys.slice(since) : keys;
		const twice = own.find((key, index) => own.indexOf(key) !== index);
		const mayBeTwice = isAgain && this.wasParallel;
		this.demand(mayBeTwice || twice === undefined, `person-${twice} is reached twice`);
		this.demand(!reached.some(({ text }) => text?.includes('[')), 'an unfinished text went out');
		const isThere = (claim: Claim, from: number) =>
			reached
				.slice(from)
				.some(({ person, text }) => person === claim.person && text === claim.text);
		const claims = results.flatMap((result) => claimsIn(result, result.family));
		for (const claim of claims) {
			const { person, text, fate } = claim;
			const what = `person-${person} "${text}" is ${fate}`;
			if (fate === 'sent') this.demand(isThere(claim, since), `${what}, but nothing went out`);
			if (fate === 'alreadySent') {
				const isTrue = isPerPerson
					? reached.some((one) => one.person === person)
					: isThere(claim, isAgain && !this.wasParallel ? since : 0);
				this.demand(isTrue, `${what}, but nothing ever went out`);
			}
			const others = claims.filter((one) => one.person === person && one.text === text);
			if (others.every((one) => one.fate === 'notSent')) {
				this.demand(!isThere(claim, since), `${what}, but it went out`);
			}
			if (fate === 'notSent') totals.blocked++;
			if (fate === 'uncertain') totals.uncertain++;
			if (claim.isConfirmed) totals.confirmed++;
		}
		if (this.wasParallel || scenario.maxPerRun === undefined) return;
		for (const sender of ['sender_alex', 'sender_bianca']) {
			const sent = outreach.reachedWith.slice(since).filter(({ senderId }) => senderId === sender);
			this.demand(sent.length <= scenario.maxPerRun, `${sender} is over the limit of the run`);
		}
	}

	/** Notes what is not so. It does not throw, because the sandbox calls it too, and goes on. */
	private demand(isSo: boolean, what: string): void {
		if (!isSo) this.violation ??= `Not so: ${what}`;
	}
}

/** What a run says of an item. */
interface Claim extends Entry {
	fate: 'sent' | 'alreadySent' | 'uncertain' | 'notSent' | 'notNeeded';
	isConfirmed: boolean;
}

/** Of an item that was not tried, a run says nothing. */
function claimsIn({ output, failed, error }: OutreachResult, { items }: Family): Claim[] {
	if (error) return claimsOf(error, items);
	return [...output, ...failed].map(({ details, ...item }) => ({
		...entryOf(item),
		fate: fateOf({ ...item, ...(details as IDataObject | undefined) }),
		isConfirmed: item.confirmedInInbox === true,
	}));
}

function entryOf({ person, wanted }: IDataObject): Entry {
	return { person: Number(person), text: String(wanted) };
}

/** What an error lists, e.g. `1 of 3 sent (item 0), 2 may have been sent (items 1–2)`. */
const LISTED =
	/\d+ (?:of \d+ )?(sent|already sent before|may have been sent|not sent|not needed)(?: in this run)? \(items? ([\d–, ]+)\)/g;

const FATES: Record<string, Claim['fate']> = {
	sent: 'sent',
	'already sent before': 'alreadySent',
	'may have been sent': 'uncertain',
	'not sent': 'notSent',
	'not needed': 'notNeeded',
};

function claimsOf({ message, description }: RunError, items: IDataObject[]): Claim[] {
	if (items.length === 1) {
		const fate = /may have been sent/.test(message) ? 'uncertain' : 'notSent';
		return [{ ...entryOf(items[0]), fate, isConfirmed: false }];
	}
	return [...description.matchAll(LISTED)].flatMap(([, said, list]) =>
		numbersIn(list).map((index) => ({
			...entryOf(items[index]),
			...{ fate: FATES[said], isConfirmed: false },
		})),
	);
}

type RunError = NonNullable<OutreachResult['error']>;

/** @returns e.g. 0, 1, 2 and 4 for `0–2, 4` */
function numbersIn(list: string): number[] {
	return list.split(', ').flatMap((range) => {
		const [first, last = first] = range.split('–').map(Number);
		return Array.from({ length: last - first + 1 }, (_, index) => first + index);
	});
}

function fateOf({ success, status, alreadySent, delivery }: IDataObject): Claim['fate'] {
	if (success !== true) return delivery as 'uncertain' | 'notSent';
	if (status === 'already_connected') return 'notNeeded';
	return alreadySent ? 'alreadySent' : 'sent';
}
