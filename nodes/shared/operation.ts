import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import type { Effect } from '../../sendpilot/http';
import { inOrder } from './inOrder';
import { shownFor } from './shownFor';

/** One thing that a node can do. */
export interface Operation {
	/** In saved workflows, so it never changes. */
	value: string;
	/** In Title Case. */
	name: string;
	/**
	 * In the node panel: verb and thing, such as "Get a lead". With the node's name after it, it is also all that an
	 * AI agent is told about the operation, unless the user describes the tool.
	 */
	action: string;
	/** One sentence, below the name in the list of operations. */
	description: string;
	/** What a second call would do; see the retry table. */
	effect: Effect;
	/** What n8n's AI builder can't tell from the fields. */
	builderHint?: string;
	/** Shown for this operation alone. */
	fields: INodeProperties[];
	/** Works on all items of the input. */
	run(context: IExecuteFunctions): Promise<INodeExecutionData[][]>;
}

/** What the operations of a node are about. */
export interface Resource {
	/** In saved workflows, so it never changes. */
	value: string;
	name: string;
	/** The first one is the default. n8n does not save defaults, so it stays the first. */
	operations: readonly Operation[];
}

/** The field that chooses a resource, the fields that choose an operation, and the fields of each operation. */
export function fieldsOf(resources: readonly Resource[], initial: string): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: byName(resources.map(({ name, value }) => ({ name, value }))),
			default: initial,
		},
		...resources.map(operationField),
		...resources.flatMap(({ value: resource, operations }) =>
			operations.flatMap(({ value: operation, fields }) =>
				shownFor({ resource: [resource], operation: [operation] }, fields),
			),
		),
	];
}

function operationField({ value: resource, operations }: Resource): INodeProperties {
	const options = operations.map(({ name, value, action, description, builderHint }) => ({
		...{ name, value, action, description },
		...(builderHint && { builderHint: { propertyHint: builderHint } }),
	}));
	const [{ value: initial }] = operations;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options: byName(options),
		default: initial,
	};
}

function byName(options: INodePropertyOptions[]): INodePropertyOptions[] {
	return inOrder(options, ({ name }) => name);
}

/**
 * Finds the operation that a node is set to.
 *
 * @returns undefined for one that does not exist, which an imported workflow can ask for
 */
export function operationOf(
	context: IExecuteFunctions,
	resources: readonly Resource[],
): Operation | undefined {
	const resource = context.getNodeParameter('resource', 0);
	const operation = context.getNodeParameter('operation', 0);
	return resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
}
