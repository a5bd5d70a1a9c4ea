import { sendFields } from '../../shared/message/fields';
import { message } from '../../shared/message/message';
import { reachOperation } from '../../shared/reachOperation';

/** Message → Send: the same as the node Send LinkedIn Message. */
export const send = reachOperation(message, {
	value: 'send',
	name: 'Send',
	action: 'Send a LinkedIn message',
	description:
		'Send a LinkedIn message to a 1st-degree connection, by LinkedIn profile URL or by lead',
	fields: sendFields,
});
