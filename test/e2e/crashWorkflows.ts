import type { IConnections, INode, INodeCredentials, INodeParameters } from 'n8n-workflow';
import type { NewWorkflow } from '../../editor/client';
import {
	byId,
	newNode,
	SEND,
	toInvite,
	toProfile,
	workflowWith,
	type NodeSettings,
} from '../support';
import type { Scenario } from './crashScenarios';
import { webhook } from './support';

/** The second sending node of a workflow that has two. */
export const SEND_SECOND = 'Send Second';

/** How the texts of a person's messages begin, where one person gets two. */
export const [FIRST, SECOND] = ['First', 'Second'];

/** How all other texts begin. */
export const ONLY = 'Hello';

/** Longer than the whole test takes. */
const CALL_TIMEOUT_SECONDS = 600;

const LIST = 'List';
const SECOND_LIST = 'Second List';
const LOOP = 'Loop Over Items';
const WEBHOOK = 'Webhook';
const CALLED = 'Called';
const CALL = 'Call';

/** What the workflows of a scenario are made of. */
export interface Parts {
	scenario: Scenario;
	credentials: INodeCredentials;
	/** The path of the webhook that starts the workflow. */
	path: string;
	/** The URL of the list. */
	list: string;
}

/** @returns how the texts of the messages to each person begin */
export function beginningsOf({ shape }: Scenario): string[] {
	const isTwice = shape === 'twoNodes' || shape === 'twoBranches' || shape === 'listTwice';
	return isTwice ? [FIRST, SECOND] : [ONLY];
}

/** @returns the workflow of a scenario */
export function mainWorkflow(parts: Parts, subWorkflowId?: string): NewWorkflow {
	const { nodes, connections } = shapeOf(parts, subWorkflowId);
	return {
		name: `${parts.scenario.line}: ${parts.scenario.variant}`,
		nodes: [webhook(parts.path), ...nodes].map((node, index) => ({
			...node,
			// n8n runs branches from top to bottom.
			position: [0, 100 * index],
		})),
		connections,
		settings: settingsOf(parts.scenario),
	};
}

/** @returns the workflow that sends, if another one calls it */
export function subWorkflow(parts: Parts): NewWorkflow | undefined {
	if (!callsAnother(parts.scenario)) return undefined;
	const called = newNode({
		id: 'called',
		name: CALLED,
		type: 'n8n-nodes-base.executeWorkflowTrigger',
		typeVersion: 1.1,
		parameters: { inputSource: 'passthrough' },
	});
	return {
		name: 'Sub-workflow',
		nodes: [called, sendNode(parts)],
		connections: { [CALLED]: to(SEND) },
		settings: settingsOf(parts.scenario),
	};
}

function callsAnother({ shape }: Scenario): boolean {
	return shape === 'subWorkflow' || shape === 'subWorkflowPerItem';
}

function shapeOf(parts: Parts, subWorkflowId = ''): { nodes: INode[]; connections: IConnections } {
	const { shape = 'list', batchSize } = parts.scenario;
	switch (shape) {
		case 'list':
		case 'listTwice':
			return {
				nodes: [listNode(parts, ...beginningsOf(parts.scenario)), sendNode(parts)],
				connections: { [WEBHOOK]: to(LIST), [LIST]: to(SEND) },
			};
		case 'loop': {
			const loop = newNode({
				id: 'loop',
				name: LOOP,
				type: 'n8n-nodes-base.splitInBatches',
				typeVersion: 3,
				parameters: { batchSize, options: {} },
			});
			const back = { main: [...to(LOOP).main, ...to(LOOP).main] };
			return {
				nodes: [listNode(parts, ONLY), loop, sendNode(parts)],
				connections: {
					[WEBHOOK]: to(LIST),
					[LIST]: to(LOOP),
					[LOOP]: { main: [[], ...to(SEND).main] },
					[SEND]: back,
				},
			};
		}
		case 'twoNodes': {
			const message = `={{ "${SECOND}" + $json.message.slice(${FIRST.length}) }}`;
			return {
				nodes: [
					listNode(parts, FIRST),
					sendNode(parts),
					{ ...sendNode(parts, { message }), id: 'second', name: SEND_SECOND },
				],
				connections: { [WEBHOOK]: to(LIST), [LIST]: to(SEND, SEND_SECOND) },
			};
		}
		case 'twoBranches':
			return {
				nodes: [
					listNode(parts, FIRST),
					{ ...listNode(parts, SECOND), id: 'secondList', name: SECOND_LIST },
					sendNode(parts),
				],
				connections: {
					[WEBHOOK]: to(LIST, SECOND_LIST),
					[LIST]: to(SEND),
					[SECOND_LIST]: to(SEND),
				},
			};
		case 'subWorkflow':
		case 'subWorkflowPerItem': {
			const call = newNode({
				id: 'call',
				name: CALL,
				type: 'n8n-nodes-base.executeWorkflow',
				typeVersion: 1.2,
				parameters: {
					workflowId: byId(subWorkflowId),
					mode: shape === 'subWorkflow' ? 'once' : 'each',
				},
			});
			return {
				nodes: [listNode(parts, ONLY), call],
				connections: { [WEBHOOK]: to(LIST), [LIST]: to(CALL) },
			};
		}
	}
}

function listNode({ list }: Parts, ...texts: string[]): INode {
	const query = texts.map((text) => `text=${text}`).join('&');
	return newNode({
		id: 'list',
		name: LIST,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: { url: `=${list}?${query}&part={{ $json.body.part }}`, options: {} },
	});
}

function sendNode({ scenario, credentials }: Parts, more: INodeParameters = {}): INode {
	const { kind = 'message', onError = 'continueErrorOutput' } = scenario;
	// What is uncertain stays so: the table is about the history alone.
	const safety = { checkInbox: false, ...scenario.safety };
	// Calls that the sandbox does not answer must not end before n8n is killed.
	const options = { timeout: CALL_TIMEOUT_SECONDS, ...scenario.options };
	const does = {
		message: { parameters: toProfile({ safety, options, ...more }) },
		invitation: toInvite({ safety, options, ...more }),
		search: toSearch({ waitForCompletion: scenario.waits ?? false, options, ...more }),
	}[kind];
	const [, send] = workflowWith([], { ...does, credentials, onError }).nodes;
	return send;
}

/** The type and the parameters of a node that searches for the person in the item's field `url`. */
function toSearch(more: INodeParameters): Required<Pick<NodeSettings, 'type' | 'parameters'>> {
	return {
		type: 'n8n-nodes-sendpilot.sendPilot',
		parameters: {
			...{ resource: 'leadSearch', operation: 'start' },
			...{ name: '={{ $json.url }}', limit: 1 },
			people: { member_linkedin_username: "={{ $json.url.split('/').pop() }}" },
			...more,
		},
	};
}

function settingsOf({ savesProgress = false }: Scenario): NewWorkflow['settings'] {
	return { executionOrder: 'v1', saveExecutionProgress: savesProgress };
}

function to(...nodes: string[]): { main: Array<Array<{ node: string; type: 'main'; index: 0 }>> } {
	return { main: [nodes.map((node) => ({ node, type: 'main', index: 0 }))] };
}
