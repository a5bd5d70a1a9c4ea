import type { INodeExecutionData, IRun } from 'n8n-workflow';

/** @returns what a node gave out at one of its outputs in its last run, or nothing where it did not run */
export function outputOf(
	{ data }: Pick<IRun, 'data'>,
	nodeName: string,
	output = 0,
): INodeExecutionData[] {
	return data.resultData.runData[nodeName]?.at(-1)?.data?.main[output] ?? [];
}
