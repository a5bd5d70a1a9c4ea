import type { IDataObject } from 'n8n-workflow';
import { outputOf } from '../engine/run';
import type { Listener } from '../engine/webhooks';

/** The node of the example that takes the place of a CRM. */
const LOG_NODE = 'Log it in your CRM';

/** Waits for the executions that events have started. @returns the items they logged */
export async function readEvents({ runs }: Listener): Promise<IDataObject[]> {
	const finished = await Promise.all(runs);
	return finished.flatMap((run) => outputOf(run, LOG_NODE).map(({ json }) => json));
}
