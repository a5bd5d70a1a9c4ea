import type { IDataObject } from 'n8n-workflow';
import { SEND } from '../support';
import { median } from './figures';
import { fillHistory } from './history';
import { byHttpRequest, byNobody, byOurNode, messages } from './messages';
import type { Access, Place } from './place';
import type { Measured } from './results';
import { cpuOfWork, cpuRatio, inRounds, type Round } from './rounds';
import type { Task } from './run';
import type { Scale } from './scale';

/** Who sends a number of messages. */
type Sender = 'base' | 'httpRequest' | 'empty' | 'full';

/**
 * Compares the CPU time that n8n needs for sending with our node and with HTTP Request, for lists of several
 * lengths.
 */
export async function measureCpu(place: Place, scale: Scale): Promise<Measured> {
	const { fewMessages, manyMessages, rounds, warmUps } = scale;
	const bySize = new Map<number, Array<Round<Sender>>>();
	for (const count of scale.messages) {
		// n8n has compiled its code after the first size.
		const isFirst = bySize.size === 0;
		bySize.set(
			count,
			await inRounds(place, contestOf(count), { rounds, warmUps: isFirst ? warmUps : 1 }),
		);
	}
	const few = bySize.get(fewMessages)!;
	const many = bySize.get(manyMessages)!;
	const one = median(few.map(cpuOfWork('httpRequest')));
	const line = (name: string, who: Exclude<Sender, 'base'>) => ({
		name,
		points: [...bySize].map(([count, some]): [number, number] => [
			count,
			median(some.map(cpuOfWork(who))) / one,
		]),
	});
	return {
		rows: {
			sendFewEmpty: few.map(cpuRatio('empty')),
			sendFewFull: few.map(cpuRatio('full')),
			sendManyEmpty: many.map(cpuRatio('empty')),
			sendManyFull: many.map(cpuRatio('full')),
		},
		plots: {
			'benchmark-messages': [
				line('Send LinkedIn Message', 'empty'),
				line('with a full history', 'full'),
				line('HTTP Request', 'httpRequest'),
			],
		},
	};
}

function contestOf(count: number): Record<Sender, (access: Access) => Task> {
	const items = (): IDataObject[] => messages(count);
	return {
		base: () => byNobody(items()),
		httpRequest: (access) => byHttpRequest(access, items()),
		empty: (access) => byOurNode(access, items()),
		full: (access) => ({
			...byOurNode(access, items()),
			prepare({ id, nodes }, { installed, home }) {
				fillHistory(installed, home, id, nodes.find(({ name }) => name === SEND)!.id);
			},
		}),
	};
}
