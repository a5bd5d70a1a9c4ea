import { NodeHelpers, type IExecuteFunctions, type INodeType, type INodeTypes } from 'n8n-workflow';
import { BUILT_IN } from './builtIn';
import type { N8nProcess } from './process';

/**
 * Finds node types by their names in workflows.
 *
 * @throws Error if a node is neither in the package nor built in
 */
export function nodeTypesOf(n8n: N8nProcess): INodeTypes {
	const { packageName, nodeTypes } = n8n.loader;
	const find = (type: string): INodeType => {
		const [owner, name = ''] = type.split('.');
		// n8n turns an action into a tool by appending to its name.
		const own = nodeTypes[name] ?? nodeTypes[name.replace(/Tool$/, '')];
		if (owner === packageName && own) {
			const node = NodeHelpers.getVersionedNodeType(own.type);
			return mortal(nodeTypes[name] ? node : toolOf(node), n8n);
		}
		if (BUILT_IN[type]) return mortal(BUILT_IN[type], n8n);
		throw new Error(`The engine has no node ${type}`);
	};
	return {
		getByName: find,
		getByNameAndVersion: find,
		getKnownTypes: () => ({}),
	};
}

/** By its name, n8n tells whether fields that are for tools only are shown. */
function toolOf(node: INodeType): INodeType {
	const { description } = node;
	const value = { ...description, name: `${description.name}Tool` };
	return Object.create(node, { description: { value } }) as INodeType;
}

/** The helpers that make HTTP calls. */
const CALLS = [
	'httpRequest',
	'httpRequestWithAuthentication',
	'request',
	'requestWithAuthentication',
] as const;

/** Ends the execution of a node where its process ends. */
function mortal(nodeType: INodeType, n8n: N8nProcess): INodeType {
	const { execute } = nodeType;
	if (!execute) return nodeType;
	return Object.create(nodeType, {
		execute: {
			async value(this: IExecuteFunctions, ...rest: Parameters<typeof execute>) {
				await n8n.hold(Promise.resolve());
				observeCalls(this, n8n);
				return await n8n.hold(execute.apply(this, rest));
			},
		},
	}) as INodeType;
}

function observeCalls({ helpers }: IExecuteFunctions, n8n: N8nProcess): void {
	for (const name of CALLS) {
		const call = helpers[name] as (...args: unknown[]) => Promise<unknown>;
		const observed = async function (this: unknown, ...args: unknown[]) {
			const isGet = args.some((one) => Object(one).method === 'GET');
			n8n.step(isGet ? 'beforeGet' : 'beforeCall');
			await n8n.hold(Promise.resolve());
			const answer = await n8n.hold(call.apply(this, args));
			n8n.step(isGet ? 'afterGet' : 'afterCall');
			return await n8n.hold(Promise.resolve(answer));
		};
		Object.assign(helpers, { [name]: observed });
	}
}
