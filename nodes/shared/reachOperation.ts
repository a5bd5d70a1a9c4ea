import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Operation } from './operation';
import type { Reach } from './reach/reach';

/** What follows when everything was started. */
type AndThen = (
	context: IExecuteFunctions,
	started: INodeExecutionData[],
) => Promise<INodeExecutionData[]>;

/** An operation that does one thing for each item, and nothing twice: it reaches a person or costs credits. */
export function reachOperation<Request>(
	reach: Reach<Request>,
	about: Omit<Operation, 'effect' | 'run'> & { effect?: 'once' },
	andThen: AndThen = async (_context, started) => started,
): Operation {
	return {
		effect: 'reachesPerson',
		...about,
		run: async (context) => {
			// A quarter of our code, which n8n needn't load at its start.
			const { reachPeople } = await import('./reach/reachPeople');
			const [started] = await reachPeople(context, reach);
			return [await andThen(context, started)];
		},
	};
}
