import type { INodeExecutionData, IRun } from 'n8n-workflow';

/** @returns a node's items at one of its outputs in its last run; empty if it did not run */
export function outputOf(
	{ data }: Pick<IRun, 'data'>,
	nodeName: string,
	output = 0,
): INodeExecutionData[] {
	return data.resultData.runData[nodeName]?.at(-1)?.data?.main[output] ?? [];
}
