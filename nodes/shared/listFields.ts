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
): Promise<IDataObject[]> {
	const max = fields.isOn('returnAll') ? Infinity : fields.number('limit');
	const all: IDataObject[] = [];
	const onCut = () => {
		const message = `SendPilot does not list more than these ${all.length} results. Narrow the filters to get the others.`;
		context.addExecutionHints({ message, location: 'outputPane' });
	};
	for await (const page of read({ max, onCut })) for (const entry of page) all.push(shape(entry));
	return all;
}
