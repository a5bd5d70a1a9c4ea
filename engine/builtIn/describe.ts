import {
	NodeConnectionTypes,
	type INodeTypeDescription,
	type NodeConnectionType,
} from 'n8n-workflow';

/** One main connection. */
export const MAIN: NodeConnectionType[] = [NodeConnectionTypes.Main];

/** The description of a built-in node. Parameters need none: the engine reads what the workflow has. */
export function describeNode(
	name: string,
	group: INodeTypeDescription['group'],
	more: Partial<INodeTypeDescription> = {},
): INodeTypeDescription {
	return {
		displayName: name,
		name,
		group,
		version: 1,
		description: '',
		defaults: { name },
		inputs: MAIN,
		outputs: MAIN,
		properties: [],
		...more,
	};
}
