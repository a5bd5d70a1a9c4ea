import type { PackageDirectoryLoader } from 'n8n-core';
import {
	NodeConnectionTypes,
	NodeHelpers,
	type INodeType,
	type INodeTypeDescription,
	type INodeTypes,
	type NodeConnectionType,
} from 'n8n-workflow';

const MAIN: NodeConnectionType[] = [NodeConnectionTypes.Main];

/**
 * The few n8n nodes that the example workflows use. They are simple enough to reimplement, while n8n's
 * package of nodes installs hundreds of libraries.
 */
const BUILT_IN: Record<string, INodeType> = {
	'n8n-nodes-base.manualTrigger': {
		description: description('manualTrigger', ['trigger'], []),
		async trigger() {
			return { manualTriggerFunction: async () => this.emit([this.helpers.returnJsonArray({})]) };
		},
	},
	'n8n-nodes-base.stickyNote': { description: description('stickyNote', ['input'], []) },
	'n8n-nodes-base.noOp': {
		description: description('noOp', ['organization'], MAIN),
		async execute() {
			return [this.getInputData()];
		},
	},
};

/**
 * Finds node types by their names in workflows.
 *
 * @throws Error if a node is neither in the package nor built in
 */
export function nodeTypesOf({ packageName, nodeTypes }: PackageDirectoryLoader): INodeTypes {
	const find = (type: string): INodeType => {
		const [owner, name = ''] = type.split('.');
		// n8n turns an action into a tool by appending to its name.
		const own = nodeTypes[name] ?? nodeTypes[name.replace(/Tool$/, '')];
		if (owner === packageName && own) return NodeHelpers.getVersionedNodeType(own.type);
		if (BUILT_IN[type]) return BUILT_IN[type];
		throw new Error(`The engine has no node ${type}`);
	};
	return {
		getByName: find,
		getByNameAndVersion: find,
		getKnownTypes: () => ({}),
	};
}

function description(
	name: string,
	group: INodeTypeDescription['group'],
	inputs: NodeConnectionType[],
): INodeTypeDescription {
	return {
		displayName: name,
		name,
		group,
		version: 1,
		description: '',
		defaults: { name },
		inputs,
		outputs: MAIN,
		properties: [],
	};
}
