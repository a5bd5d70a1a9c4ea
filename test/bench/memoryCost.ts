import type { INode } from 'n8n-workflow';
import type { InstalledN8n } from '../../editor/install';
import { newNode } from '../support';
import { median, type Figure } from './figures';
import { madeByCode, readBySendPilot } from './leads';
import { reportOf, REPORTS_MEMORY, settledMemory } from './memory';
import { withPlace, type Access } from './place';
import { ready, run, verify, type Task } from './run';

/** How many leads are read. */
const MANY_LEADS = 100_000;

/** A campaign with few leads, and how many. */
const FEW = 'camp_expo';
const FEW_LEADS = 300;

/** How often each comparison runs. */
export const MEMORY_ROUNDS = 3;

/** The place for it. */
const SETTINGS = { leads: MANY_LEADS, env: REPORTS_MEMORY };

/** The memory of one run, in bytes beyond what n8n needs before. */
interface Need {
	/** At the most. */
	peak: number;
	/** At the end, without garbage. */
	left: number;
}

/**
 * Compares how much memory n8n takes at most while our node reads many leads, and while a Code node makes the
 * same items.
 */
export async function measureMemory(installed: InstalledN8n): Promise<Figure[]> {
	const reads: Need[] = [];
	const ratios: number[] = [];
	for (let round = 0; round < MEMORY_ROUNDS; round++) {
		const read = await needOf(
			installed,
			(access) => readBySendPilot(access, FEW_LEADS, FEW),
			(access) => readBySendPilot(access, MANY_LEADS),
		);
		const made = await needOf(
			installed,
			() => madeByCode(FEW_LEADS),
			() => madeByCode(MANY_LEADS),
		);
		reads.push(read);
		ratios.push(read.peak / made.peak);
	}
	const ofTheRest = median(reads.map(({ peak, left }) => peak / left)).toFixed(2);
	return [
		{
			...{ name: '100,000 leads read', value: median(ratios), limit: 1.5 },
			remark: `${ofTheRest} × what is left without garbage`,
		},
	];
}

/** Runs a task in a new n8n, after another one for which n8n loads what it needs. */
async function needOf(
	installed: InstalledN8n,
	warmUp: (access: Access) => Task,
	task: (access: Access) => Task,
): Promise<Need> {
	return await withPlace(installed, SETTINGS, async (place) => {
		await run(place, warmUp(place.access));
		const { nodes, ...rest } = task(place.access);
		const counted = { ...rest, nodes: [...nodes, COUNT], settings: UNSAVED };
		const { start } = await ready(place, counted);
		const before = await settledMemory(place.n8n);
		const { count_id: output } = await start();
		verify(counted, { output: Number(output) });
		const { peak, live } = await reportOf(place.n8n);
		return { peak: peak - before, left: live - before };
	});
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
