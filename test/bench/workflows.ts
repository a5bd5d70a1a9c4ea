import { randomUUID } from 'node:crypto';
import type { IConnections, INode } from 'n8n-workflow';
import type { NewWorkflow } from '../../editor/client';
import { newNode } from '../support';

/** A workflow to be saved, and the path that starts it. */
export interface LiveWorkflow {
	path: string;
	workflow: NewWorkflow;
}

/**
 * A workflow in production: a webhook receives the items, and the nodes work on them, one after the other. The
 * webhook answers with the first item of the last node when the workflow has finished.
 */
export function liveWorkflow(name: string, work: INode[]): LiveWorkflow {
	const path = randomUUID();
	const nodes = [webhook(path), splitOut('Items', 'body.items'), ...work];
	const connections: IConnections = {};
	nodes.slice(1).forEach(({ name: node }, index) => {
		connections[nodes[index].name] = { main: [[{ node, type: 'main', index: 0 }]] };
	});
	return { path, workflow: { name: `Benchmark: ${name}`, nodes, connections } };
}

function webhook(path: string): INode {
	const parameters = { path, httpMethod: 'POST', responseMode: 'lastNode' };
	return {
		...newNode({ id: 'webhook', name: 'Webhook', type: 'n8n-nodes-base.webhook', parameters }),
		typeVersion: 2,
		webhookId: path,
	};
}

/** A node that makes an item of each entry of a list. */
export function splitOut(name: string, fieldToSplitOut: string): INode {
	const parameters = { fieldToSplitOut, options: {} };
	return newNode({ id: name, name, type: 'n8n-nodes-base.splitOut', parameters });
}

/** A node that does nothing. */
export function nothing(): INode {
	return newNode({ id: 'nothing', name: 'Nothing', type: 'n8n-nodes-base.noOp' });
}
