import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { loadPackage } from '../../engine/package';
import { start, type FinishedRun, type Running, type RunSettings } from '../../engine/run';
import type { Sandbox } from '../../sandbox';
import { workflowWith, type NodeSettings } from '../support';

export * from '../support';

const ROOT = join(__dirname, '../..');

/** The built package. */
export const loader = loadPackage(ROOT);

/** Begins to run the node under test against a sandbox, with the sandbox's own key. */
export async function begin(
	sandbox: Sandbox,
	items: IDataObject[],
	node: NodeSettings,
	settings: Partial<RunSettings> = {},
): Promise<Running> {
	const sendPilotApi = { apiKey: sandbox.apiKey, baseUrl: sandbox.url };
	return start(await loader, workflowWith(items, node), {
		credentials: { sendPilotApi },
		...settings,
	});
}

/** Runs the node under test to its end. */
export async function run(...args: Parameters<typeof begin>): Promise<FinishedRun> {
	return await (
		await begin(...args)
	).result;
}
