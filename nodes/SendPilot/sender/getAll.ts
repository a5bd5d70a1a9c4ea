import { SENDER_STATUSES } from '../../../sendpilot/contract/sender';
import type { Sender } from '../../../sendpilot/contract/sender';
import { readSenders } from '../../../sendpilot/sender';
import { itemOperation } from '../../shared/itemOperation';
import { LIST_FIELDS, listed } from '../../shared/listFields';

/** How people read a status such as `rate_limited`. */
const inWords = (status: string) =>
	status
		.split('_')
		.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
		.join(' ');

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
		{
			displayName: 'Filters',
			name: 'filters',
			type: 'collection',
			placeholder: 'Add filter',
			default: {},
			options: [
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					default: 'active',
					options: SENDER_STATUSES.map((value) => ({ name: inWords(value), value })),
					description: 'Only senders with this status',
				},
			],
		},
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
