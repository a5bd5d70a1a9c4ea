import type { INodeParameters } from 'n8n-workflow';
import { MAX_CLAIMED } from '../../nodes/shared/reach/history/sendHistory';

/** What a person does after n8n was killed. */
export type Step =
	/** Retries every crashed execution of the workflow, all at once. */
	| 'retry'
	/** Retries every crashed execution of the sub-workflow, all at once. */
	| 'retrySubWorkflow'
	/** Retries the newest failed execution, with the workflow that it had. */
	| 'retryFailed'
	/** Sets On Error to the error output, and retries the newest failed execution with that. */
	| 'fixAndRetryFailed'
	/** Runs the workflow again, in a new execution. */
	| 'runAgain';

/** A workflow that is killed while it sends or starts something, and what is done about it then. */
export interface Scenario {
	/** Its line in the table of docs/reliability.md. Several that are alike may share one. */
	line: string;
	/** What distinguishes it from others of the same line. */
	variant: string;
	/** What each person in the list gets. Default: a message. */
	kind?: 'message' | 'invitation' | 'search';
	/** How many people are in the list at first. */
	people: number;
	/** How the workflow sends. Default: one node gets the whole list. */
	shape?:
		| 'list'
		/** The list has each person twice, with different texts. */
		| 'listTwice'
		| 'loop'
		/** One list, and two nodes that send to it. */
		| 'twoNodes'
		/** Two lists that one node gets one after another. */
		| 'twoBranches'
		| 'subWorkflow'
		| 'subWorkflowPerItem';
	/** For a loop: how many items it sends at a time. */
	batchSize?: number;
	/** How many executions of the workflow send at once. Default: 1. */
	executions?: number;
	/** Whether these have the same list. Default: each has its own people. */
	sameList?: boolean;
	/** How many senders there are. Default: 1. */
	senders?: number;
	/** How the list changes between the first try and the next one. */
	change?: 'reordered' | 'grown' | 'replaced';
	/** Whether each reading of the list has other texts, as if an AI wrote them. */
	reworded?: boolean;
	/** Default: the error output, so that a retry goes on after uncertain items. */
	onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	/** Whether n8n saves the progress of the execution after each node. */
	savesProgress?: boolean;
	/** For searches: whether the node waits for them to complete. Then n8n is killed while it does. */
	waits?: boolean;
	/** The node's *Safety* and *Options*. */
	safety?: INodeParameters;
	options?: INodeParameters;
	/** What is done after the crash. n8n is killed again meanwhile. */
	untilKilledAgain?: Step[];
	/** What is done in the end, one after another; at once where it is a list. */
	then: Array<Step | Step[]>;
	/** Whether that reaches only those whose messages were under way. */
	reachesOnlySome?: boolean;
	/** How many messages are out when n8n is killed. Default: see `crashTrial.ts`. */
	killedAfter?: [atLeast: number, about: number];
	/** How many messages may be uncertain in the end. */
	maxUncertain: number;
}

/** What several scenarios have in common. */
type Common = Partial<Scenario> & Pick<Scenario, 'people' | 'then' | 'maxUncertain'>;

const LIST: Common = { people: 40, then: ['retry'], maxUncertain: MAX_CLAIMED };
const TWO_SENDERS: Common = { ...LIST, senders: 2, maxUncertain: 2 * MAX_CLAIMED };
const ONE_BY_ONE: Common = {
	...{ shape: 'loop', batchSize: 1, people: 25, maxUncertain: 1 },
	then: ['retry'],
};
const BATCHES: Common = {
	...{ shape: 'loop', batchSize: 5, people: 25, maxUncertain: 5 },
	then: ['retry'],
};
/** Two messages to each person. */
const TWICE: Common = {
	...LIST,
	people: 20,
	options: { includeInputFields: true },
};
/** Nothing says which of the two a message is, unless its text is known. */
const TWICE_CHANGED: Common = { ...TWICE, shape: 'listTwice', maxUncertain: 2 * TWICE.people };
const BELOW: Common = { ...LIST, shape: 'subWorkflow' };
/** Another attempt's texts are other ones, so whoever was messaged may have been with the interrupted text. */
const BELOW_REWORDED: Common = { ...BELOW, reworded: true, maxUncertain: BELOW.people };
const BELOW_EACH: Common = {
	...{ shape: 'subWorkflowPerItem', people: 12, killedAfter: [1, 2], maxUncertain: 1 },
	then: ['retry'],
};
const KILLED_TWICE: Common = {
	people: 48,
	untilKilledAgain: ['retry'],
	then: ['retry'],
	maxUncertain: 2 * MAX_CLAIMED,
};

/** With the texts as notes. */
const INVITATIONS: Common = { ...LIST, kind: 'invitation' };

/** The IDs of those that were started are lost, so these are uncertain as well. */
const SEARCHES: Common = { ...LIST, kind: 'search', maxUncertain: LIST.people };

/** Every way to crash, and to go on, that is tested in a real n8n. */
export const SCENARIOS: Scenario[] = [
	...inLine('A list, and you retry it', [
		{ ...LIST, variant: 'On Error: error output' },
		{ ...LIST, variant: 'On Error: continue', onError: 'continueRegularOutput' },
		{
			...LIST,
			variant: 'On Error: stop, then error output',
			onError: 'stopWorkflow',
			then: ['retry', 'fixAndRetryFailed'],
		},
		{ ...LIST, variant: 'with saved progress', savesProgress: true },
	]),
	...inLine('Two senders send the list', [
		{ ...TWO_SENDERS, variant: 'the same list' },
		{ ...TWO_SENDERS, variant: 'a changed list, reworded', change: 'replaced', reworded: true },
	]),
	...inLine('There are delays between messages', [
		{
			...LIST,
			variant: 'a changed list',
			change: 'replaced',
			options: { minDelay: 0.02, maxDelay: 0.05 },
			killedAfter: [4, 7],
			maxUncertain: 1,
		},
	]),
	...inLine('The list has changed before you retry', [
		{ ...LIST, variant: 'reordered', change: 'reordered' },
		{ ...LIST, variant: 'grown', change: 'grown' },
		{ ...LIST, variant: 'some replaced', change: 'replaced' },
	]),
	...inLine('Each try words the messages anew, as an AI does', [
		{ ...LIST, variant: 'the same list', reworded: true },
		{ ...LIST, variant: 'a changed list', reworded: true, change: 'replaced' },
	]),
	...inLine('A loop with batch size 1, and the list has changed', [
		{ ...ONE_BY_ONE, variant: 'grown', change: 'grown', killedAfter: [1, 3] },
		{ ...ONE_BY_ONE, variant: 'replaced, reworded', change: 'replaced', reworded: true },
		{ ...ONE_BY_ONE, variant: 'with saved progress', savesProgress: true, killedAfter: [1, 3] },
	]),
	...inLine('A loop with batch size 5, and the list has changed', [
		{ ...BATCHES, variant: 'grown', change: 'grown' },
		{ ...BATCHES, variant: 'reordered, reworded', change: 'reordered', reworded: true },
		{ ...BATCHES, variant: 'with saved progress', change: 'grown', savesProgress: true },
	]),
	...inLine('The list has each person twice, with different texts', [
		{ ...TWICE, shape: 'listTwice', variant: 'the same list' },
		{ ...TWICE, shape: 'listTwice', variant: 'with saved progress', savesProgress: true },
	]),
	...inLine('The same, and the list has changed', [
		{ ...TWICE_CHANGED, variant: 'reordered', change: 'reordered' },
		{
			...TWICE_CHANGED,
			variant: 'grown, three retries at once',
			change: 'grown',
			then: [['retry', 'retry', 'retry']],
		},
		{ ...TWICE_CHANGED, variant: 'reordered, reworded', change: 'reordered', reworded: true },
	]),
	...inLine('Two nodes send to each person', [
		{ ...TWICE, shape: 'twoNodes', variant: 'the same list' },
		{
			...TWICE,
			shape: 'twoNodes',
			variant: 'replaced, reworded',
			change: 'replaced',
			reworded: true,
		},
		{ ...TWICE, shape: 'twoNodes', variant: 'with saved progress', savesProgress: true },
	]),
	...inLine('One node sends twice to each person, from two branches', [
		{ ...TWICE, shape: 'twoBranches', variant: 'the same list' },
		{ ...TWICE, shape: 'twoBranches', variant: 'replaced', change: 'replaced' },
		{ ...TWICE, shape: 'twoBranches', variant: 'with saved progress', savesProgress: true },
	]),
	...inLine('A sub-workflow sends the list', [
		{ ...BELOW, variant: 'its own execution is retried', then: ['retrySubWorkflow'] },
		{ ...BELOW, variant: 'its parent is retried', change: 'grown' },
		{ ...BELOW, variant: 'with saved progress, its parent is retried', savesProgress: true },
		{
			...BELOW,
			variant: 'both are retried, first its own',
			then: ['retrySubWorkflow', 'retry'],
			change: 'reordered',
		},
		{ ...BELOW, variant: 'both are retried at once', then: [['retrySubWorkflow', 'retry']] },
		{ ...BELOW, variant: 'the workflow is run again', then: ['runAgain'] },
	]),
	...inLine('A sub-workflow sends each item', [
		{
			...BELOW_EACH,
			variant: 'its own execution is retried',
			then: ['retrySubWorkflow'],
			reachesOnlySome: true,
		},
		{ ...BELOW_EACH, variant: 'its parent is retried', change: 'grown' },
		{ ...BELOW_EACH, variant: 'both are retried at once', then: [['retrySubWorkflow', 'retry']] },
	]),
	...inLine('A sub-workflow sends, and each try words the messages anew', [
		{ ...BELOW_REWORDED, variant: 'its parent is retried' },
		{
			...BELOW_REWORDED,
			variant: 'both are retried, first its own',
			then: ['retrySubWorkflow', 'retry'],
		},
		{
			...BELOW_REWORDED,
			variant: 'both are retried, first its parent',
			then: ['retry', 'retrySubWorkflow'],
		},
		{
			...BELOW_REWORDED,
			variant: 'both are retried at once',
			then: [['retry', 'retrySubWorkflow']],
		},
	]),
	...inLine('The same, with _Skip Same Person_', [
		{
			...BELOW_REWORDED,
			variant: 'both are retried',
			safety: { repeats: 'skipSamePerson' },
			then: ['retrySubWorkflow', 'retry'],
			maxUncertain: MAX_CLAIMED,
		},
	]),
	...inLine('You retry it three times at once', [
		{ ...LIST, variant: 'the same list', then: [['retry', 'retry', 'retry']] },
		{
			...LIST,
			variant: 'replaced, reworded',
			then: [['retry', 'retry', 'retry']],
			change: 'replaced',
			reworded: true,
		},
	]),
	...inLine('You retry a loop three times at once', [
		{ ...BATCHES, variant: 'grown', then: [['retry', 'retry', 'retry']], change: 'grown' },
	]),
	...inLine('The retry fails, and you retry that', [
		{
			...LIST,
			variant: 'twice',
			onError: 'stopWorkflow',
			then: ['retry', 'retryFailed', 'fixAndRetryFailed'],
		},
	]),
	...inLine('Ten executions of one workflow at once, and you retry them all', [
		{
			...LIST,
			variant: '20 people each',
			people: 20,
			executions: 10,
			maxUncertain: 10 * MAX_CLAIMED,
		},
	]),
	...inLine('The same, and all ten have the same list', [
		{
			...LIST,
			variant: '40 people',
			executions: 10,
			sameList: true,
			// Those that only looked messages up had claimed them too.
			maxUncertain: LIST.people,
		},
	]),
	...inLine('You run the workflow again instead', [
		{ ...LIST, variant: 'the same list', then: ['runAgain'] },
		{ ...LIST, variant: 'twice, grown', then: ['runAgain', 'runAgain'], change: 'grown' },
	]),
	...inLine('You run a loop again instead', [
		{ ...BATCHES, variant: 'replaced', then: ['runAgain'], change: 'replaced' },
	]),
	...inLine('You run it again with other texts, and _Skip Same Person_', [
		{
			...LIST,
			variant: 'replaced',
			safety: { repeats: 'skipSamePerson' },
			then: ['runAgain'],
			change: 'replaced',
			reworded: true,
		},
	]),
	...inLine('You retry it twice and run it again twice, all at once', [
		{ ...LIST, variant: 'the same list', then: [['retry', 'runAgain', 'retry', 'runAgain']] },
	]),
	...inLine('n8n is killed again during the retry, and you retry everything at once', [
		{ ...KILLED_TWICE, variant: 'replaced, reworded', change: 'replaced', reworded: true },
		{
			...KILLED_TWICE,
			variant: 'a sub-workflow',
			shape: 'subWorkflow',
			then: [['retry', 'retrySubWorkflow']],
		},
	]),
	...inLine('The same with a loop', [
		{
			...KILLED_TWICE,
			...{ variant: 'grown', shape: 'loop', batchSize: 5, change: 'grown', maxUncertain: 10 },
		},
	]),
	...inLine('Three retries at once are killed again, and you retry everything at once', [
		{
			...KILLED_TWICE,
			variant: 'the same list',
			people: 60,
			untilKilledAgain: ['retry', 'retry', 'retry'],
			maxUncertain: 4 * MAX_CLAIMED,
		},
	]),
	...inLine('n8n is killed again while you run the workflow again, and you run it once more', [
		{
			...KILLED_TWICE,
			variant: 'grown',
			untilKilledAgain: ['runAgain'],
			then: ['runAgain'],
			change: 'grown',
		},
	]),
	...inLine('A list gets invitations instead of messages, and you retry it', [
		{ ...INVITATIONS, variant: 'the same list' },
		{ ...INVITATIONS, variant: 'replaced, other notes', change: 'replaced', reworded: true },
		{ ...INVITATIONS, variant: 'three retries at once', then: [['retry', 'retry', 'retry']] },
	]),
	...inLine('The same, and you run the workflow again with other notes', [
		{
			...INVITATIONS,
			variant: 'replaced',
			then: ['runAgain'],
			change: 'replaced',
			reworded: true,
		},
	]),
	...inLine('A list starts a search for each person, and you retry it', [
		{ ...SEARCHES, variant: 'On Error: error output' },
		{
			...SEARCHES,
			variant: 'On Error: stop, then error output',
			onError: 'stopWorkflow',
			then: ['retry', 'fixAndRetryFailed'],
		},
	]),
	...inLine('The same, and the list is in another order', [
		{ ...SEARCHES, variant: 'reordered', change: 'reordered' },
	]),
	...inLine('A loop with batch size 1 starts the searches', [
		{ ...ONE_BY_ONE, variant: 'the same list', kind: 'search', maxUncertain: ONE_BY_ONE.people },
	]),
	...inLine('n8n is killed while it waits for the searches to complete', [
		{ ...SEARCHES, variant: 'the same list', waits: true },
	]),
];

/** @returns how many people there are in all lists of a scenario at first */
export function peopleIn({ people, executions = 1, sameList }: Scenario): number {
	return sameList ? people : people * executions;
}

function inLine(line: string, scenarios: Array<Omit<Scenario, 'line'>>): Scenario[] {
	return scenarios.map((scenario) => ({ ...scenario, line }));
}
