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
 * @param others how to get what SendPilot does not list, in a whole sentence
 */
export async function listed<Entry>(
	{ fields, context }: ItemRun,
	shape: (entry: Entry) => IDataObject,
	read: (options: ReadOptions) => AsyncIterable<Entry[]>,
	others = 'Narrow the filters to get the others.',
): Promise<IDataObject[]> {
	const max = fields.isOn('returnAll') ? Infinity : fields.number('limit');
	const all: IDataObject[] = [];
	let isCut = false;
	const onCut = () => (isCut = true);
	for await (const page of read({ max, onCut })) for (const entry of page) all.push(shape(entry));
	if (isCut) {
		const message = `SendPilot does not list more than these ${all.length} results. ${others}`;
		context.addExecutionHints({ message, location: 'outputPane' });
	}
	return all;
}
