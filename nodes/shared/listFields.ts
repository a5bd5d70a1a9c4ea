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

/** The collection of filters of a list. */
export function filtersField(options: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		options,
	};
}

/** Which entries of a list are wanted, where SendPilot cannot choose them. */
export interface Choice<Entry> {
	isWanted: (entry: Entry) => boolean;
	/** Whether no entry after this page can be wanted. */
	isPast?: (page: Entry[]) => boolean;
}

/** What is particular to a list. */
interface ListDetails<Entry> {
	/** Default: all are wanted. */
	choice?: Choice<Entry>;
	/** How to get what SendPilot does not list, within a sentence. Default: to narrow the filters. */
	otherwise?: string;
}

/** A list that may have more than was output. */
interface CutList {
	/** What was output. */
	these: string;
	/** How to read the list again, as a sentence without its full stop. */
	again: string;
	/** How to get what SendPilot does not list, within a sentence. */
	otherwise: string;
}

/** The hint for a list of which not all came out; it cannot be known why. */
export function mayHaveMore({ these, again, otherwise }: CutList): string {
	return `There may be more than these ${these}: SendPilot does not list all of them, or the list changed while it was read. ${again}. If that does not help, ${otherwise}.`;
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
	{ choice, otherwise = 'narrow the filters' }: ListDetails<Entry> = {},
): Promise<IDataObject[]> {
	const max = fields.isOn('returnAll') ? Infinity : fields.number('limit');
	const all: IDataObject[] = [];
	let isCut = false;
	const onCut = () => (isCut = true);
	for await (const page of read({ max: choice ? Infinity : max, onCut })) {
		const wanted = choice ? page.filter(choice.isWanted) : page;
		for (const entry of wanted.slice(0, max - all.length)) all.push(shape(entry));
		if (all.length >= max || choice?.isPast?.(page)) break;
	}
	if (isCut && all.length < max) {
		const these = `${all.length} results`;
		const message = mayHaveMore({ these, again: 'Try again', otherwise });
		context.addExecutionHints({ message, location: 'outputPane' });
	}
	return all;
}
