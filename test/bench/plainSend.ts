import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

/** The type of the rival, in workflows. */
export const PLAIN_SEND = 'n8n-nodes-sendpilot.plainSend';

/**
 * The rival: does for each item what n8n's HTTP Request node does, and nothing else. It reads the fields,
 * then calls with the credential; one item after another, or all of them at once, as HTTP Request does.
 */
export class PlainSend implements INodeType {
	description: INodeType['description'] = {
		displayName: 'Plain Send',
		name: 'plainSend',
		group: ['output'],
		version: 1,
		description: 'Sends as n8n’s HTTP Request node does',
		defaults: { name: 'Plain Send' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sendPilotApi', required: true }],
		properties: [
			{ displayName: 'URL', name: 'url', type: 'string', default: '' },
			{ displayName: 'Sender', name: 'senderId', type: 'string', default: '' },
			{ displayName: 'Recipient', name: 'recipientLinkedinUrl', type: 'string', default: '' },
			{ displayName: 'Message', name: 'message', type: 'string', default: '' },
			{ displayName: 'All at Once', name: 'allAtOnce', type: 'boolean', default: false },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const send = async (item: number): Promise<INodeExecutionData> => {
			const field = (name: string) => this.getNodeParameter(name, item) as string;
			const json = await this.helpers.httpRequestWithAuthentication.call(this, 'sendPilotApi', {
				method: 'POST',
				url: field('url'),
				body: {
					senderId: field('senderId'),
					recipientLinkedinUrl: field('recipientLinkedinUrl'),
					message: field('message'),
				},
				json: true,
			});
			return { json, pairedItem: { item } };
		};

		const items = [...this.getInputData().keys()];
		if (this.getNodeParameter('allAtOnce', 0)) return [await Promise.all(items.map(send))];
		const sent: INodeExecutionData[] = [];
		for (const item of items) sent.push(await send(item));
		return [sent];
	}
}
