import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode, INodeCredentials, INodeExecutionData } from 'n8n-workflow';
import type { NewWorkflow, SavedWorkflow } from '../../editor/client';
import { ROOT } from '../../scripts/unpack';
import { SECRET } from '../triggerSupport';
import type { Place } from './support';

/** What a test needs to be different. */
export interface ImportSettings {
	/** What a pinned node outputs instead; undefined unpins it. Default: what the example has. */
	pin?: (node: string, items: INodeExecutionData[]) => INodeExecutionData[] | undefined;
	/** Changes a node, such as a wait that would take hours. */
	change?: (node: INode) => INode;
	/** Credentials beside those for SendPilot, by type. */
	credentials?: INodeCredentials;
}

/** Imports a workflow of `examples/`, and selects the credentials of this n8n in its nodes, as people do. */
export async function importExample(
	{ client, credentials }: Place,
	file: string,
	{ pin = (_node, items) => items, change = (node) => node, ...settings }: ImportSettings = {},
): Promise<SavedWorkflow> {
	const json = readFileSync(join(ROOT, 'examples', file), 'utf8');
	const example = JSON.parse(json) as NewWorkflow;
	const data = { signingSecret: SECRET };
	const id = await client.createCredential('SendPilot webhook', 'sendPilotWebhookApi', data);
	const all: INodeCredentials = {
		...credentials,
		sendPilotWebhookApi: { id, name: 'SendPilot webhook' },
		...settings.credentials,
	};
	const nodes = example.nodes.map(change).map((node): INode => {
		const types = Object.keys(node.credentials ?? {});
		const selected = Object.fromEntries(types.map((type) => [type, all[type]]));
		return node.credentials ? { ...node, credentials: selected } : node;
	});
	const pinData = Object.entries(example.pinData ?? {}).flatMap(([node, items]) => {
		const pinned = pin(node, items);
		return pinned ? [[node, pinned]] : [];
	});
	const { name, connections, settings: ofWorkflow } = example;
	return await client.createWorkflow({
		...{ name, nodes, connections, settings: ofWorkflow },
		pinData: Object.fromEntries(pinData),
	});
}
