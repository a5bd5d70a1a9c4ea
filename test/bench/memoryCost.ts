import type { INode } from 'n8n-workflow';
import type { InstalledN8n } from '../../editor/install';
import { newNode } from '../support';
import { median } from './figures';
import { madeByCode, readBySendPilot } from './leads';
import { reportOf, REPORTS_MEMORY, settledMemory } from './memory';
import { withPlace, type Access, type Place } from './place';
import type { Measured } from './results';
import { ready, run, verify, type Task } from './run';
import type { Scale } from './scale';

/** A campaign with few leads, and how many. */
const FEW = 'camp_expo';
const FEW_LEADS = 300;

/** The most memory that n8n takes while our node reads leads, and while a Code node makes them, in bytes. */
type Peaks = Record<'read' | 'made', number>;

/**
 * Compares how much memory n8n takes at most while our node reads leads, and while a Code node makes the same
 * items, for lists of several lengths.
 */
export async function measureMemory(installed: InstalledN8n, scale: Scale): Promise<Measured> {
	const sizes: Array<{ count: number; rounds: Peaks[] }> = [];
	for (const count of scale.memoryLeads) {
		sizes.push({ count, rounds: await roundsWith(installed, scale, count) });
	}
	const { rounds } = sizes.at(-1)!;
	const one = median(rounds.map(({ made }) => made));
	const line = (name: string, who: 'read' | 'made') => ({
		name,
		points: sizes.map(({ count, rounds: some }): [number, number] => [
			count,
			median(some.map((round) => round[who])) / one,
		]),
	});
	return {
		rows: { readManyLeads: rounds.map(({ read, made }) => read / made) },
		plots: {
			'benchmark-memory': [line('Lead → Get Many', 'read'), line('the items alone', 'made')],
		},
	};
}

async function roundsWith(installed: InstalledN8n, { rounds, memoryLeads }: Scale, count: number) {
	const settings = { leads: Math.max(...memoryLeads), env: REPORTS_MEMORY };
	const peak = async (warmUp: (access: Access) => Task, task: (access: Access) => Task) =>
		await withPlace(installed, settings, async (place) => await peakOf(place, warmUp, task));
	const results: Peaks[] = [];
	for (let round = 0; round < rounds; round++) {
		const read = await peak(
			(access) => readBySendPilot(access, FEW_LEADS, FEW),
			(access) => readBySendPilot(access, count),
		);
		const made = await peak(
			() => madeByCode(FEW_LEADS),
			() => madeByCode(count),
		);
		results.push({ read, made });
	}
	return results;
}

/**
 * Runs a task, after another one for which n8n loads what it needs.
 *
 * @returns the most memory that it takes beyond what n8n needs before, in bytes
 */
async function peakOf(
	place: Place,
	warmUp: (access: Access) => Task,
	task: (access: Access) => Task,
): Promise<number> {
	await run(place, warmUp(place.access));
	const { nodes, ...rest } = task(place.access);
	const counted = { ...rest, nodes: [...nodes, COUNT], settings: UNSAVED };
	const { start } = await ready(place, counted);
	const before = await settledMemory(place.n8n);
	const { count_id: output } = await start();
	verify(counted, { output: Number(output) });
	const { peak } = await reportOf(place.n8n);
	return peak - before;
}

/** Saving the items of an execution takes more memory than having them. */
const UNSAVED = { saveDataSuccessExecution: 'none' } as const;

/** Counts the items, so that the webhook answers with their number. */
const COUNT: INode = {
	...newNode({ id: 'count', name: 'Count', type: 'n8n-nodes-base.summarize' }),
	typeVersion: 1.1,
	parameters: {
		fieldsToSummarize: { values: [{ aggregation: 'count', field: 'id' }] },
		options: {},
	},
};
