import { SENDER_STATUSES, type Sender } from '../../../sendpilot/contract/sender';
import { readSenders } from '../../../sendpilot/sender';
import { itemOperation } from '../../shared/itemOperation';
import { filtersField, LIST_FIELDS, listed } from '../../shared/listFields';
import { titleOf } from '../../shared/titleOf';

/** Sender → Get Many. */
export const getAll = itemOperation({
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many senders',
	description:
		'List the LinkedIn accounts that send, with their status and how many messages are left today',
	effect: 'read',
	fields: [
		...LIST_FIELDS,
		filtersField([
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				default: 'active',
				options: SENDER_STATUSES.map((value) => ({ name: titleOf(value), value })),
				description: 'Only senders with this status',
			},
		]),
	],
	async runItem(item) {
		const status = item.fields.optionalChoice('filters.status');
		const isWanted = (sender: Sender) => sender.status?.toLowerCase() === status;
		return await listed(
			item,
			// One name for the address, whatever SendPilot calls it.
			({ profileUrl, ...sender }) => ({ ...sender, linkedinUrl: sender.linkedinUrl ?? profileUrl }),
			async function* read() {
				yield await readSenders(item.api);
			},
			status === undefined ? {} : { choice: { isWanted } },
		);
	},
});
