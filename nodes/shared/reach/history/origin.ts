import { randomUUID } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import { ExplainedError } from '../../explanation';
import { isSubWorkflow, isTool } from '../executionRecord';

/** Which execution sends, over all its retries. */
export interface Origin {
	/** The same in every retry. */
	id: string;
	isRetry: boolean;
	/** True for a retry that does not know which execution it retries; then its id is new. */
	isLost: boolean;
	/** When the execution began, at the earliest, in Unix ms; undefined if unknown. */
	since: number | undefined;
	/** Whether another workflow calls this one. */
	isCalled: boolean;
	/** For sub-workflows and tools, which run anew in each attempt at the main execution. */
	root: { id: string; attempt: string } | undefined;
}

/** How many workflows that call each other are followed. */
const MAX_DEPTH = 20;

/**
 * Identifies the execution. n8n keeps the time at which an execution was established in its retries, except for a
 * sub-workflow that crashed (and in n8n 1.x for everything that crashed): then it is new, and its source is
 * `retry`. Follows `establishExecutionContext` of n8n-core.
 *
 * @throws ExplainedError where n8n cannot read the executions that call this one
 */
export async function originOf(context: IExecuteFunctions): Promise<Origin> {
	const { establishedAt, source, parentExecutionId } = context.getExecutionContext?.() ?? {};
	const isRetry = context.getMode() === 'retry';
	const isLost = isRetry && (establishedAt === undefined || source === 'retry');
	// Sub-workflows that are called in the same millisecond differ in who calls them.
	const id =
		establishedAt === undefined
			? randomUUID()
			: [establishedAt, parentExecutionId ?? []].flat().join(' ');
	const isCalled = isSubWorkflow(context) || (isRetry && parentExecutionId !== undefined);
	const main =
		isCalled && parentExecutionId !== undefined
			? await mainExecution(context, parentExecutionId)
			: undefined;
	return {
		id,
		isRetry,
		isLost,
		isCalled,
		since: main ? main.establishedAt : isLost ? undefined : establishedAt,
		root: main
			? { id: String(main.establishedAt ?? main.id), attempt: parentExecutionId! }
			: isTool(context)
				? { id, attempt: context.getExecutionId() }
				: undefined,
	};
}

const NOT_ESTABLISHED = { establishedAt: undefined };

interface MainExecution {
	id: string;
	establishedAt: number | undefined;
}

/** The last one that was looked up: a sub-workflow is often called for each item. */
let latest: { parentExecutionId: string; main: Promise<MainExecution> } | undefined;

async function mainExecution(
	context: IExecuteFunctions,
	parentExecutionId: string,
): Promise<MainExecution> {
	if (latest?.parentExecutionId !== parentExecutionId) {
		latest = { parentExecutionId, main: findMainExecution(context, parentExecutionId) };
	}
	try {
		return await latest.main;
	} catch (error) {
		latest = undefined;
		throw unreadable(error);
	}
}

function unreadable(error: unknown): ExplainedError {
	return new ExplainedError(
		`n8n could not read the execution that calls this workflow: ${(error as Error).message}`,
		"Check n8n's database.",
	);
}

/**
 * Follows the calls up. Each execution has saved when its caller was established; a test run from the editor has
 * itself saved nothing until it ends.
 */
async function findMainExecution(
	context: IExecuteFunctions,
	parentExecutionId: string,
): Promise<MainExecution> {
	const read = async (id: string) => await context.getExecutionDataById?.(id);
	let called = await read(context.getExecutionId());
	let id = parentExecutionId;
	for (let depth = 1; ; depth++) {
		const data = await read(id);
		const runtimeData = data?.executionData?.runtimeData;
		const caller = data?.parentExecution?.executionId ?? runtimeData?.parentExecutionId;
		if (caller === undefined || depth === MAX_DEPTH) {
			const { establishedAt } =
				runtimeData ?? called?.parentExecution?.executionContext ?? NOT_ESTABLISHED;
			return { id, establishedAt };
		}
		called = data;
		id = caller;
	}
}
