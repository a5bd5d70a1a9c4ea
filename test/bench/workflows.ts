import { randomUUID } from 'node:crypto';
import type {
	IConnections,
	IDataObject,
	INode,
	INodeCredentials,
	INodeParameters,
} from 'n8n-workflow';
import type { NewWorkflow } from '../../editor/client';
import { byId, newNode, people, SEND } from '../support';

/** The accounts that send. */
export const SENDERS = ['sender_1', 'sender_2', 'sender_3', 'sender_4'];

/** Who does the sending: our node, n8n's HTTP Request, or a node that does nothing. */
export type Contestant = 'sendPilot' | 'httpRequest' | 'nothing';

/** What the contestants need. */
export interface Access {
	/** The base URL of the sandbox. */
	url: string;
	/** Each contestant uses its own. */
	credentials: INodeCredentials;
}

/** How our node is set up, beside what it sends. */
export interface OurSettings {
	options?: INodeParameters;
	onError?: INode['onError'];
}

/** A workflow to be saved, and the path that starts it. */
export interface LiveWorkflow {
	path: string;
	workflow: NewWorkflow;
}

/** The items of one run, with as many senders in turn. */
export function messages(count: number, senders = 1): IDataObject[] {
	// The node doesn't send the same text to the same person again, so each run has texts of its own.
	const run = randomUUID();
	return people(count, (index) => ({
		sender: SENDERS[index % senders],
		message: `Hi number ${index}, thanks for connecting! Shall we talk next week? (${run})`,
	}));
}

/**
 * A workflow in production: a webhook receives the items, and one node sends them. The webhook answers
 * when the workflow has finished.
 */
export function liveWorkflow(
	contestant: Contestant,
	access: Access,
	settings: OurSettings = {},
): LiveWorkflow {
	const path = randomUUID();
	const nodes = [webhook(path), splitOut(), sendingNode(contestant, access, settings)];
	const connections: IConnections = {};
	nodes.slice(1).forEach(({ name: node }, index) => {
		connections[nodes[index].name] = { main: [[{ node, type: 'main', index: 0 }]] };
	});
	return { path, workflow: { name: `Benchmark, ${contestant}`, nodes, connections } };
}

function webhook(path: string): INode {
	const parameters = { path, httpMethod: 'POST', responseMode: 'lastNode' };
	return {
		...newNode({ id: 'webhook', name: 'Webhook', type: 'n8n-nodes-base.webhook', parameters }),
		typeVersion: 2,
		webhookId: path,
	};
}

function splitOut(): INode {
	const parameters = { fieldToSplitOut: 'body.items', options: {} };
	return newNode({ id: 'items', name: 'Items', type: 'n8n-nodes-base.splitOut', parameters });
}

function sendingNode(
	contestant: Contestant,
	{ url, credentials }: Access,
	{ options = {}, onError }: OurSettings,
): INode {
	switch (contestant) {
		case 'sendPilot':
			return newNode({
				...NAMED,
				type: 'n8n-nodes-sendpilot.sendLinkedInMessage',
				credentials,
				onError,
				parameters: {
					recipient: 'profile',
					senderId: byId(FIELDS.senderId),
					recipientLinkedinUrl: FIELDS.recipientLinkedinUrl,
					message: FIELDS.message,
					options,
				},
			});
		case 'httpRequest':
			return {
				...newNode({ ...NAMED, type: 'n8n-nodes-base.httpRequest', credentials }),
				typeVersion: 4.5,
				parameters: {
					method: 'POST',
					url: `${url}/v1/inbox/send`,
					authentication: 'genericCredentialType',
					genericAuthType: 'httpHeaderAuth',
					sendBody: true,
					bodyParameters: {
						parameters: Object.entries(FIELDS).map(([name, value]) => ({ name, value })),
					},
					options: ONE_BY_ONE,
				},
			};
		case 'nothing':
			return newNode({ ...NAMED, type: 'n8n-nodes-base.noOp' });
	}
}

const NAMED = { id: 'send', name: SEND };

/** The body of a call: the same expressions for both. */
const FIELDS = {
	senderId: '={{ $json.sender }}',
	recipientLinkedinUrl: '={{ $json.url }}',
	message: '={{ $json.message }}',
};

/** Without this, HTTP Request begins all calls at once. Its interval has to be above 0 to count. */
const ONE_BY_ONE = { batching: { batch: { batchSize: 1, batchInterval: 1 } } };
