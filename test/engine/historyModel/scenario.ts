import fc from 'fast-check';
import type { IDataObject, INode, IPinData, OnError } from 'n8n-workflow';
import type { WorkflowJson } from '../../../engine/run';
import { newNode, personUrl, SEND, START, toInvite, toProfile, workflowWith } from '../support';

/** How a workflow leads to the node that sends. */
export type Shape = 'plain' | 'loop' | 'twice' | 'sub' | 'subEach';

/** What all executions of a scenario have in common: their workflow and the state of n8n's store. */
export interface Scenario {
	shape: Shape;
	/** What people get: the texts as messages, or as notes of invitations. */
	kind: 'message' | 'invitation';
	repeats: 'skipSameMessage' | 'skipSamePerson' | 'sendAgain';
	onError: OnError;
	saveExecutionProgress: boolean;
	retryOnFail: boolean;
	batchSize: number;
	/** 2: people with odd numbers have another sender, so that two calls are under way at a time. */
	senders: 1 | 2;
	/** Whether uncertain messages are looked for in the inbox. */
	checksInbox: boolean;
	/** Whether messages are claimed one by one, because there is a delay between them. */
	hasDelay: boolean;
	/** Whether the nodes are saved in another order than they run, which n8n's recovery depends on. */
	isReversed: boolean;
	/** How many entries n8n keeps in a row, and how many of others are in it at the start. */
	row: { capacity: number; foreign: number } | null;
}

/** One message that a list asks for. */
export interface Entry {
	person: number;
	/** The same in all versions of the list and of the text. */
	name: string;
	text: string;
}

export const scenarios: fc.Arbitrary<Scenario> = fc.record({
	shape: fc.constantFrom<Shape>('plain', 'plain', 'loop', 'twice', 'sub', 'subEach'),
	kind: fc.constantFrom('message', 'message', 'invitation'),
	repeats: fc.constantFrom('skipSameMessage', 'skipSameMessage', 'skipSamePerson', 'sendAgain'),
	onError: fc.constantFrom<OnError>('stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'),
	saveExecutionProgress: fc.boolean(),
	retryOnFail: fc.boolean(),
	batchSize: fc.integer({ min: 1, max: 3 }),
	senders: fc.constantFrom(1, 2),
	checksInbox: fc.boolean(),
	hasDelay: fc.boolean(),
	isReversed: fc.boolean(),
	row: fc.oneof(
		{ weight: 3, arbitrary: fc.constant(null) },
		fc.record({
			// As in n8n, a row holds more than the executions of one moment write.
			capacity: fc.integer({ min: 1_000, max: 1_500 }),
			foreign: fc.integer({ min: 0, max: 1_500 }),
		}),
	),
});

/** The workflows of a scenario. */
export interface Workflows {
	main: WorkflowJson;
	/** The one that sends, if it is not the main one. */
	sub?: WorkflowJson;
}

const LOOP = 'Loop';
const CALL = 'Call';
const CALLED = 'Called';
const BRANCHES = ['Upper', 'Lower'];

/** @param id unlike that of any other scenario: the package may remember it */
export function workflowsOf(scenario: Scenario, id: string): Workflows {
	const { shape, saveExecutionProgress, isReversed } = scenario;
	const trigger = node(START, 'manualTrigger');
	const send = sendNode(scenario);
	const settings = { saveExecutionProgress };
	const workflow = (workflowId: string, nodes: INode[], links: Links): WorkflowJson => ({
		id: workflowId,
		nodes: isReversed ? nodes.reverse() : nodes,
		connections: connect(links),
		settings,
	});
	const subId = `${id} sub`;
	const sub = () =>
		workflow(subId, [node(CALLED, 'executeWorkflowTrigger'), send], { [CALLED]: [[SEND]] });
	const main = (nodes: INode[], links: Links) => workflow(id, [trigger, ...nodes], links);
	const parameters = { workflowId: subId, mode: shape === 'subEach' ? 'each' : 'once' };
	switch (shape) {
		case 'plain':
			return { main: main([send], { [START]: [[SEND]] }) };
		case 'loop': {
			const loop = node(LOOP, 'splitInBatches', { batchSize: scenario.batchSize });
			const links = { [START]: [[LOOP]], [LOOP]: [[], [SEND]], [SEND]: [[LOOP]] };
			return { main: main([loop, send], links) };
		}
		case 'twice': {
			const branches = BRANCHES.map((name) => node(name, 'noOp'));
			const links = { [START]: [BRANCHES], Upper: [[SEND]], Lower: [[SEND]] };
			return { main: main([...branches, send], links) };
		}
		default: {
			const call = node(CALL, 'executeWorkflow', parameters);
			return { main: main([call], { [START]: [[CALL]] }), sub: sub() };
		}
	}
}

/** The pinned data that gives a list to a workflow. */
export function pinned(shape: Shape, items: IDataObject[]): IPinData {
	const whole = items.map((json) => ({ json }));
	if (shape !== 'twice') return { [START]: whole };
	const half = Math.ceil(whole.length / 2);
	return { [START]: [{ json: {} }], Upper: whole.slice(0, half), Lower: whole.slice(half) };
}

/** Whether an execution that goes on with these nodes takes its whole list anew, which may have changed. */
export function readsListAgain(nodes: string[]): boolean {
	return nodes.includes(START) || BRANCHES.every((name) => nodes.includes(name));
}

/** An item of a list, from which the node reads everything it sends. */
export function itemOf({ person, name, text }: Entry, senders: 1 | 2): IDataObject {
	const sender = senders === 2 && person % 2 === 1 ? 'sender_bianca' : 'sender_alex';
	const fullName = `Person ${person}`;
	return { url: personUrl(person), sender, fullName, message: text, entry: name };
}

type Links = Record<string, string[][]>;

function connect(links: Links): WorkflowJson['connections'] {
	const to = (name: string) => ({ node: name, type: 'main' as const, index: 0 });
	return Object.fromEntries(
		Object.entries(links).map(([from, outputs]) => [
			from,
			{ main: outputs.map((names) => names.map(to)) },
		]),
	);
}

function node(name: string, type: string, parameters: INode['parameters'] = {}): INode {
	return newNode({ id: name, name, type: `n8n-nodes-base.${type}`, parameters });
}

function sendNode(scenario: Scenario): INode {
	const { kind, repeats, onError, retryOnFail, hasDelay, checksInbox: checkInbox } = scenario;
	const delay = hasDelay && { maxDelay: 0.001 };
	const safety = { repeats, checkInbox, recipientName: '={{ $json.fullName }}' };
	const does =
		kind === 'message'
			? { parameters: toProfile({ options: { includeInputFields: true, ...delay }, safety }) }
			: toInvite({ options: { ...delay }, safety });
	const { nodes } = workflowWith([], {
		...{ ...does, onError, retryOnFail, maxTries: 2, waitBetweenTries: 1 },
	});
	return nodes.find(({ name }) => name === SEND)!;
}
