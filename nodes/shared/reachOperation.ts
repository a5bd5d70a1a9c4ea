import type { Operation } from './operation';
import { reachPeople } from './reach/reachPeople';
import type { Reach } from './reach/reach';

/** An operation that reaches one person for each item, and nobody twice. */
export function reachOperation<Request>(
	reach: Reach<Request>,
	about: Omit<Operation, 'effect' | 'run'>,
): Operation {
	return {
		...about,
		effect: 'reachesPerson',
		run: async (context) => await reachPeople(context, reach),
	};
}
