import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { sendPilotApiTest } from '../shared/credentialTest';
import { listSearch } from '../shared/listSearch';
import { triggerBuilderHint } from './builderHint';
import { triggerFields } from './fields';
import { triggerPanel } from './panel';
import { receive } from './receive';
import { checkSetUp } from './setUp';
import { signingSecretTest } from './signingSecret';
import { startOnce } from './startOnce';

/** Starts workflows from SendPilot's webhooks, and rejects all other requests. */
export class SendPilotTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SendPilot Trigger',
		name: 'sendPilotTrigger',
		icon: {
			light: 'file:../../icons/sendpilot.svg',
			dark: 'file:../../icons/sendpilot.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ").replace("*", "all events") }}',
		description:
			'Starts the workflow when something happens in SendPilot, e.g. a LinkedIn message is sent, a lead replies or an invitation is accepted',
		eventTriggerDescription: 'Waiting for SendPilot to send an event to the test URL',
		activationMessage:
			'SendPilot events now start this workflow, as long as its production URL is registered in SendPilot under Integrations → Webhooks.',
		defaults: { name: 'SendPilot Trigger' },
		builderHint: triggerBuilderHint,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		triggerPanel,
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'webhook',
				responseMode: 'onReceived',
				// Makes n8n ask each result for the response body, which tells us when it has created the execution.
				responseData: '',
			},
		],
		credentials: [
			{
				name: 'sendPilotWebhookApi',
				displayName: 'SendPilot Webhook API',
				required: true,
				displayOptions: { show: { authentication: ['signingSecret'] } },
				testedBy: 'signingSecretTest',
			},
			{
				name: 'sendPilotApi',
				displayName: 'SendPilot API (Optional)',
				required: false,
				testedBy: 'sendPilotApiTest',
			},
		],
		properties: triggerFields,
	};

	methods = {
		credentialTest: { sendPilotApiTest, signingSecretTest },
		listSearch,
	};

	/** SendPilot's API can't register webhooks: people add the URL in its dashboard. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return false;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await checkSetUp(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await startOnce(this);
	}
}
