import type { IRunExecutionData } from 'n8n-workflow';
import type { DeliveredMessage, Sandbox } from '../../../sandbox';
import { personUrl, SEND } from '../support';
import type { Entry, Scenario } from './scenario';

/** An execution with all its retries: the lists that its tries had. */
export interface Family {
	name: string;
	lists: Entry[][];
}

/** A message or an invitation that really went out, with its text or note. */
export type Delivered = Pick<DeliveredMessage, 'recipientLinkedinUrl' | 'message'>;

/** @returns what went out in a scenario, in order */
export function deliveredIn({ kind }: Scenario, { delivered, invited }: Sandbox): Delivered[] {
	if (kind === 'message') return [...delivered];
	return invited.map(({ recipientLinkedinUrl, note = '' }) => {
		return { recipientLinkedinUrl, message: note };
	});
}

/** What is to be judged. */
export interface Evidence {
	scenario: Scenario;
	families: Family[];
	delivered: readonly Delivered[];
	/** The saved data of all executions, by the family that they belong to. */
	saved: Array<{ family: string; id: string; data: IRunExecutionData }>;
	/** Whether the store has forgotten something that a new execution would have to know. */
	isForgetful: boolean;
}

/** @returns the people who were messaged twice, and the results that say so of nobody; empty if all is well */
export function violationsIn(evidence: Evidence): string[] {
	if (evidence.scenario.kind === 'invitation') {
		return [...invitedTwice(evidence), ...falselyInvited(evidence)];
	}
	return [...messagedTwice(evidence), ...acrossExecutions(evidence), ...falselySent(evidence)];
}

/** A person is invited once, whatever the note; with Send Again, as often in an execution as its list asks for. */
function invitedTwice({ scenario, families, delivered, isForgetful }: Evidence): string[] {
	const repeats = scenario.repeats === 'sendAgain';
	const inFamilies = families.flatMap((family) => {
		const people = new Set(family.lists.flat().map(({ person }) => person));
		return [...people].flatMap((person) => {
			const got = delivered.filter((one) => isOf(one, family.name) && isTo(one, person)).length;
			return got > (repeats ? askedFor(family, person) : 1)
				? [`person-${person} was invited ${got} times by ${family.name}`]
				: [];
		});
	});
	if (repeats || isForgetful) return inFamilies;
	const byPerson = countBy(delivered, ({ recipientLinkedinUrl }) => recipientLinkedinUrl);
	const inAll = [...byPerson].filter(([, count]) => count > 1);
	return [...inFamilies, ...inAll.map(([url, count]) => `${url} was invited ${count} times`)];
}

function falselyInvited({ saved, delivered }: Evidence): string[] {
	const invited = new Set(delivered.map(({ recipientLinkedinUrl }) => recipientLinkedinUrl));
	return saved.flatMap(({ id, data }) =>
		sentResults(data)
			.filter(({ url }) => !invited.has(url))
			.map(({ url }) => `execution ${id} says that ${url} was invited`),
	);
}

/** How often one list of an execution asks for a person, at most. */
function askedFor({ lists }: Family, person: number): number {
	return Math.max(...lists.map((list) => list.filter((one) => one.person === person).length));
}

/** In one execution with its retries, whatever became of the store. */
function messagedTwice({ scenario, families, delivered }: Evidence): string[] {
	const byEntry = countBy(delivered, ({ message }) => entryOf(message));
	const isDecidable = seesWholeList(scenario) && scenario.repeats !== 'sendAgain';
	const undecidable = isDecidable ? [] : families.flatMap(undecidableEntries);
	const entries = [...byEntry]
		.filter(([entry, count]) => isOwn(entry) && count > 1 && !undecidable.includes(entry))
		.map(([entry, count]) => `${entry} was delivered ${count} times`);
	const byPerson = families.flatMap((family) => {
		const { name, lists } = family;
		const people = new Set(lists.flat().map(({ person }) => person));
		return [...people].flatMap((person) => {
			const asked = askedFor(family, person);
			const got = delivered.filter((one) => isOf(one, name) && isTo(one, person)).length;
			return got > asked
				? [`person-${person} was messaged ${got} times by ${name}, which asks for ${asked}`]
				: [];
		});
	});
	return [...entries, ...byPerson];
}

/**
 * If lists have several messages to one person, and differ in them, then nothing says which message is which
 * where the node sees a part of a list at a time, or where two retries do so at the same time and the same text
 * may be sent again. The number of messages to the person still has to be right.
 */
function undecidableEntries({ lists }: Family): string[] {
	const toPerson = (list: Entry[], person: number) => list.filter((one) => one.person === person);
	const differs = (person: number) =>
		new Set(lists.map((list) => JSON.stringify(toPerson(list, person)))).size > 1;
	return lists.flatMap((list) =>
		list
			.filter(({ person }) => toPerson(list, person).length > 1 && differs(person))
			.map(({ name }) => name),
	);
}

function seesWholeList({ shape }: Scenario): boolean {
	return shape === 'plain' || shape === 'sub';
}

/** Between executions, as far as Repeats promises something and the store has kept everything. */
function acrossExecutions({ scenario, delivered, isForgetful }: Evidence): string[] {
	if (isForgetful || scenario.repeats === 'sendAgain') return [];
	const keyOf = ({ recipientLinkedinUrl, message }: Delivered) =>
		scenario.repeats === 'skipSamePerson'
			? recipientLinkedinUrl
			: `${recipientLinkedinUrl} ${message}`;
	return [...countBy(delivered, keyOf)]
		.filter(([, count]) => count > 1)
		.map(([key, count]) => `${key} was messaged ${count} times (${scenario.repeats})`);
}

/**
 * Results that say sent, with fewer deliveries than such results. Where the node sees a part of the list at a
 * time, a new text to a person who was messaged can be the old one, reworded.
 */
function falselySent({ scenario, saved, delivered, families }: Evidence): string[] {
	return saved.flatMap(({ family, id, data }) => {
		const { lists } = families.find(({ name }) => name === family)!;
		const texts = new Set(lists.flat().map(({ text }) => text));
		const results = sentResults(data);
		return results.flatMap(({ url, message }) => {
			const others = results.filter((result) => result.url === url).length;
			const toPerson = delivered.filter((one) => one.recipientLinkedinUrl === url);
			const isSame = toPerson.some((one) => one.message === message);
			const byFamily = toPerson.filter((one) => texts.has(one.message)).length;
			const isKnown = isSame || byFamily >= (seesWholeList(scenario) ? others : 1);
			const suffices = scenario.repeats === 'skipSamePerson' ? toPerson.length > 0 : isKnown;
			return suffices ? [] : [`execution ${id} says that ${url} got "${message}"`];
		});
	});
}

/** @returns the results that say sent, of all runs of the node in an execution */
export function sentResults({
	resultData,
}: IRunExecutionData): Array<{ url: string; message: string }> {
	return (resultData.runData?.[SEND] ?? []).flatMap(({ data }) =>
		(data?.main ?? [])
			.flatMap((output) => output ?? [])
			.filter(({ json }) => json.success === true)
			.map(({ json }) => ({
				url: String(json.recipientLinkedinUrl),
				message: String(json.message),
			})),
	);
}

/** Texts begin with the entry that they are for, unless they are shared. */
function entryOf(message: string): string {
	return message.split(' ', 1)[0];
}

function isOwn(entry: string): boolean {
	return entry.includes('.');
}

function isOf({ message }: Delivered, family: string): boolean {
	return message.startsWith(`${family}.`);
}

function isTo({ recipientLinkedinUrl }: Delivered, person: number): boolean {
	return recipientLinkedinUrl === personUrl(person);
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, number> {
	const counts = new Map<string, number>();
	for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
	return counts;
}
