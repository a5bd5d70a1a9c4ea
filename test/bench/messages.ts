import { randomUUID } from 'node:crypto';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { byId, newNode, people, SEND } from '../support';
import { httpRequest, inBatches, pairs } from './httpRequest';
import type { Access } from './place';
import type { Task } from './run';
import { nothing } from './workflows';

/** The accounts that send. */
export const SENDERS = ['sender_1', 'sender_2', 'sender_3', 'sender_4'];

/** How our node is set up, beside what it sends. */
export interface OurSettings {
	options?: INodeParameters;
	onError?: INode['onError'];
}

/** The items of one run, with as many senders in turn. */
export function messages(count: number, senders = 1): IDataObject[] {
	// The node doesn't send the same text to the same person again, so each run has texts of its own.
	const run = randomUUID();
	return people(count, (index) => ({
		sender: SENDERS[index % senders],
		message: `Hi number ${index}, thanks for connecting! Shall we talk next week? (${run})`,
	}));
}

/** Sends the messages with our node. */
export function byOurNode(
	{ credentials }: Access,
	items: IDataObject[],
	{ options = {}, onError }: OurSettings = {},
): Task {
	const node = newNode({
		id: 'send',
		name: SEND,
		type: 'n8n-nodes-sendpilot.sendLinkedInMessage',
		credentials,
		onError,
		parameters: {
			recipient: 'profile',
			senderId: byId(FIELDS.senderId),
			recipientLinkedinUrl: FIELDS.recipientLinkedinUrl,
			message: FIELDS.message,
			options,
		},
	});
	return { name: 'Messages by our node', items, nodes: [node], done: allSent(items.length) };
}

/** Sends the messages with HTTP Request. */
export function byHttpRequest(access: Access, items: IDataObject[]): Task {
	const node = httpRequest(access, {
		name: SEND,
		path: '/v1/inbox/send',
		parameters: {
			method: 'POST',
			sendBody: true,
			bodyParameters: pairs(FIELDS),
			options: inBatches(1, 1),
		},
	});
	return {
		...{ name: 'Messages by HTTP Request', items },
		...{ nodes: [node], done: allSent(items.length) },
	};
}

/** Sends nothing. */
export function byNobody(items: IDataObject[]): Task {
	return { name: 'No messages', items, nodes: [nothing()], done: { delivered: 0 } };
}

const allSent = (count: number) => ({ delivered: count, people: count });

/** The body of a call: the same expressions for both. */
const FIELDS = {
	senderId: '={{ $json.sender }}',
	recipientLinkedinUrl: '={{ $json.url }}',
	message: '={{ $json.message }}',
};
