import type { INode, INodeParameters } from 'n8n-workflow';
import { newNode } from './support';

/** The secret that the sandbox signs with, in a form that every scheme takes. */
export const SECRET = `whsec_${Buffer.from('secret of the sandbox ok').toString('base64')}`;

/** The secret before a rotation. */
export const OLD_SECRET = `whsec_${Buffer.from('secret before a rotation').toString('base64')}`;

/** The node under test, and the one that receives its items. */
export const TRIGGER = 'SendPilot Trigger';
export const NEXT = 'Next';

/** A workflow that the trigger starts, with a next node that does nothing by default. */
export function triggerWorkflow(
	parameters: INodeParameters = {},
	node: Partial<INode> = {},
	next: Partial<INode> = {},
) {
	const trigger: INode = {
		...newNode({
			id: 'trigger',
			name: TRIGGER,
			type: 'n8n-nodes-sendpilot.sendPilotTrigger',
			webhookId: '5e9d9b1c-0000-4000-8000-000000000001',
			credentials: {
				sendPilotWebhookApi: { id: '1', name: 'SendPilot webhook' },
				sendPilotApi: { id: '2', name: 'SendPilot account' },
			},
			...node,
		}),
		parameters: { authentication: 'signingSecret', events: ['*'], ...parameters },
	};
	return {
		name: 'Events',
		nodes: [trigger, newNode({ id: 'next', name: NEXT, type: 'n8n-nodes-base.noOp', ...next })],
		connections: { [trigger.name]: { main: [[{ node: NEXT, type: 'main' as const, index: 0 }]] } },
	};
}
