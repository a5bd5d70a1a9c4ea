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
 * The few nodes of n8n's own that the example workflows use. They are simple enough to stand here, and
 * n8n's package of them is not: it installs hundreds of libraries.
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
 * Finds node types by the names that workflows give them.
 *
 * @throws Error for a node that is neither in the package nor one of the built-in few
 */
export function nodeTypesOf({ packageName, nodeTypes }: PackageDirectoryLoader): INodeTypes {
	const find = (type: string): INodeType => {
		const [owner, name = ''] = type.split('.');
		// n8n makes a tool of an action by adding to its name.
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
