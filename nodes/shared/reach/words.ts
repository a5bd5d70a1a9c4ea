import type { ProblemReason } from '../../../sendpilot/problem';
import type { QuotaKind } from '../../../sendpilot/quota';
import type { Explanation } from '../explanation';
import type { Repeats } from './history/rules';

/**
 * Where a failure is shown. This decides what is safe to do next:
 * - `tool`: to an AI agent, which can call the node again
 * - `item`: on an item, while the execution goes on; other people may have been messaged
 * - `runAfterSending`, `runWithoutSending`: as the error that ends the execution, which has messaged other
 *   people, or may have; or has not
 * - `subWorkflow`: as the error that ends the execution of a sub-workflow. The workflow that called it shows
 *   the same error, but retrying that one would run the whole sub-workflow again.
 */
export type Situation = 'tool' | 'item' | 'runAfterSending' | 'runWithoutSending' | 'subWorkflow';

/** What to do, by situation. */
export type Steps = Record<Situation, string>;

/** How texts speak of one thing that must not be done twice. Whatever is not here is said in the same words for all. */
export interface Words {
	/** In lower case: `message`. */
	noun: string;
	/** With a capital: `Message`. */
	Noun: string;
	/** What happens to it: `sent`. */
	did: string;
	/** Which problems need other words. */
	problems: Partial<Record<ProblemReason, Explanation>>;
	/** What to do where nobody knows whether it went out. Anyone who does just that does nothing twice. */
	uncertain: Steps;
	/** The same where it certainly did not. */
	notSent: Steps;
	/** What the workflow or agent that calls a sub-workflow must not do, which only gets the message. */
	notAgain: string;
	/**
	 * What the output says of those that were skipped.
	 *
	 * @param count how many of how many
	 */
	skipped(count: number, all: number): string;
	/**
	 * What the output says of those for whom nothing had to be done.
	 *
	 * @param count how many of how many
	 */
	needless?(count: number, all: number): string;
	/** What the output says once something was done: how to go on. */
	afterwards?: string;
}

/** What the texts about one way to reach a person are made of. */
export interface PeopleTerms
	extends Pick<Words, 'noun' | 'Noun' | 'problems' | 'needless' | 'afterwards'> {
	/** What SendPilot's limits of a day are about. */
	kind: QuotaKind;
	/** A limit per day that is in use; none is built in. */
	usualPerDay: number;
	/** What is done to a person: `message`. */
	verb: string;
	/** The same, as a participle: `messaged`. */
	done: string;
	/** Where a person can see whether it went out, as the object of "check". */
	whereToCheck: string;
	/** The same, in a word: `conversation`. */
	place: string;
	/** What to tell an AI agent to check, and where. */
	toolCheck: string;
	/** What makes a second one look like another: `reworded`. */
	changed: string;
	/** Whom a person would find there, so that it must not be sent again. */
	ifThere: string;
	/** When it may be sent again. */
	ifNotThere: string;
	/** What must not be changed before the whole workflow runs again, and what would happen. */
	neverRerun: string;
	/** The same, for the workflow that calls a sub-workflow. */
	neverRerunCaller: string;
	/** The entries of the setting Repeats. */
	repeats: Record<Repeats, { name: string; description: string }>;
	/** What the setting Repeats is about. */
	repeatsDescription: string;
	/** What the node always says below its fields. */
	notice: string;
}

/** The words for what reaches a person. */
export type PeopleWords = Words & PeopleTerms;

/** Whether words are about reaching people, who have settings that keep them from being reached twice. */
export function isAboutPeople(words: Words): words is PeopleWords {
	return 'repeats' in words;
}
