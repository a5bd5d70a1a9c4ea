import { listMessages } from '../../../sendpilot/conversation';
import { itemOperation } from '../../shared/itemOperation';
import { LIST_FIELDS, listed } from '../../shared/listFields';
import { conversationLocator, senderLocator } from '../../shared/locators';
import { SHAPE_FIELDS, shapeOf } from '../../shared/shape';
import { simplifyMessage } from './simplify';

/** Conversation → Get Messages. */
export const getMessages = itemOperation({
	value: 'getMessages',
	name: 'Get Messages',
	action: 'Get the messages of a conversation',
	description: 'Read the messages of one conversation, as SendPilot orders them: newest first',
	effect: 'read',
	fields: [
		senderLocator({
			displayName: 'Sender',
			name: 'senderId',
			required: true,
			description: 'The LinkedIn account that has the conversation',
		}),
		conversationLocator({
			displayName: 'Conversation',
			name: 'conversationId',
			required: true,
			description: 'The conversation to read',
		}),
		...LIST_FIELDS,
		...SHAPE_FIELDS,
	],
	async runItem(item) {
		const { api, fields } = item;
		const conversationId = fields.id('conversationId');
		const senderId = fields.id('senderId');
		return await listed(item, shapeOf(item, simplifyMessage), (options) =>
			listMessages(api, { conversationId, senderId }, options),
		);
	},
});
