import { connectionRequest } from '../../shared/connectionRequest/connectionRequest';
import { connectFields } from '../../shared/connectionRequest/fields';
import { reachOperation } from '../../shared/reachOperation';

/** Connection Request → Send. */
export const send = reachOperation(connectionRequest, {
	value: 'send',
	name: 'Send',
	action: 'Send a LinkedIn connection request',
	description: 'Invite a person to connect on LinkedIn, with or without a note',
	fields: connectFields,
});
