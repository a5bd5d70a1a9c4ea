import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { sendPilotApiTest } from '../shared/credentialTest';
import { listSearch } from '../shared/listSearch';
import { sendFields } from '../shared/message/fields';
import { message } from '../shared/message/message';
import { sendBuilderHint } from './builderHint';

/** The node that does one job: it sends LinkedIn messages through SendPilot. */
export class SendLinkedInMessage implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Send LinkedIn Message',
		name: 'sendLinkedInMessage',
		icon: {
			light: 'file:../../icons/sendpilot.svg',
			dark: 'file:../../icons/sendpilot.dark.svg',
		},
		group: ['output'],
		version: 1,
		subtitle:
			'={{ $parameter["recipient"] === "lead" ? "to a SendPilot lead" : "to a LinkedIn profile" }}',
		description:
			'Send a LinkedIn message to a 1st-degree connection through SendPilot, by LinkedIn profile URL or by SendPilot lead',
		defaults: { name: 'Send LinkedIn Message' },
		usableAsTool: true,
		builderHint: sendBuilderHint,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sendPilotApi', required: true, testedBy: 'sendPilotApiTest' }],
		properties: sendFields,
	};

	methods = {
		credentialTest: { sendPilotApiTest },
		listSearch,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		// A quarter of our code, which n8n needn't load at its start.
		const { reachPeople } = await import('../shared/reach/reachPeople');
		return await reachPeople(this, message);
	}
}
