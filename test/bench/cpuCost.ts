import { SEND } from '../support';
import type { Figure } from './figures';
import { fillHistory } from './history';
import { byHttpRequest, byNobody, byOurNode } from './messages';
import type { Access, Place } from './place';
import { cpuRatio, inRounds, medianOf } from './rounds';
import type { Task } from './run';

/** How often each comparison runs. */
export const ROUNDS = 5;

const CONTEST = {
	base: byNobody,
	httpRequest: byHttpRequest,
	empty: (access: Access) => byOurNode(access),
	full: (access: Access): Task => ({
		...byOurNode(access),
		prepare({ id, nodes }, { installed, home }) {
			fillHistory(installed, home, id, nodes.find(({ name }) => name === SEND)!.id);
		},
	}),
};

/**
 * Compares the CPU time that n8n needs for sending with our node and with HTTP Request. What the same
 * workflow needs without sending is subtracted from both.
 */
export async function measureCpu(place: Place): Promise<Figure[]> {
	const rounds = await inRounds(place, CONTEST, { rounds: ROUNDS, warmUps: 2 });
	const figure = (name: string, who: 'empty' | 'full', limit: number): Figure => ({
		...{ name, value: medianOf(rounds, cpuRatio(who)), limit },
	});
	return [
		figure('With an empty history', 'empty', 0.6),
		figure('With a full history', 'full', 0.8),
	];
}
