import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ReadOptions } from '../../sendpilot/paging';
import type { ItemRun } from './itemOperation';

/** The fields that say how many entries of a list are wanted. */
export const LIST_FIELDS: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		displayOptions: { show: { returnAll: [false] } },
		description: 'Max number of results to return',
	},
];

/** Which entries of a list are wanted, where SendPilot cannot choose them. */
export interface Choice<Entry> {
	isWanted: (entry: Entry) => boolean;
	/** Whether no entry after this page can be wanted. */
	isPast?: (page: Entry[]) => boolean;
}

/**
 * Reads as much of a list as an item wants.
 *
 * @param shape makes the output of an entry
 * @param read starts reading; nothing is read before
 */
export async function listed<Entry>(
	{ fields, context }: ItemRun,
	shape: (entry: Entry) => IDataObject,
	read: (options: ReadOptions) => AsyncIterable<Entry[]>,
	choice?: Choice<Entry>,
): Promise<IDataObject[]> {
	const max = fields.isOn('returnAll') ? Infinity : fields.number('limit');
	const all: IDataObject[] = [];
	const onCut = () => {
		const message = `SendPilot does not list more than these ${all.length} results. Narrow the filters to get the others.`;
		context.addExecutionHints({ message, location: 'outputPane' });
	};
	for await (const page of read({ max: choice ? Infinity : max, onCut })) {
		for (const entry of page) {
			if (choice && !choice.isWanted(entry)) continue;
			all.push(shape(entry));
			if (all.length >= max) return all;
		}
		if (choice?.isPast?.(page)) return all;
	}
	return all;
}
