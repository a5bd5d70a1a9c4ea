import {
	NodeConnectionTypes,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { sendPilotApiTest } from '../shared/credentialTest';
import { listSearch } from '../shared/listSearch';
import { fieldsOf, operationOf } from '../shared/operation';
import { sendPilotBuilderHint } from './builderHint';
import { RESOURCES } from './operations';

/** The node for the whole API. */
export class SendPilot implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SendPilot',
		name: 'sendPilot',
		icon: {
			light: 'file:../../icons/sendpilot.svg',
			dark: 'file:../../icons/sendpilot.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Invite and message people on LinkedIn through SendPilot, and work with its leads, campaigns, conversations, senders and searches',
		defaults: { name: 'SendPilot' },
		usableAsTool: true,
		builderHint: sendPilotBuilderHint,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sendPilotApi', required: true, testedBy: 'sendPilotApiTest' }],
		properties: fieldsOf(RESOURCES, 'message'),
	};

	methods = {
		credentialTest: { sendPilotApiTest },
		listSearch,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = operationOf(this, RESOURCES);
		if (operation) return await operation.run(this);
		throw new NodeOperationError(this.getNode(), 'This resource has no such operation', {
			description: 'Choose a resource and an operation from the lists in the node.',
		});
	}
}
