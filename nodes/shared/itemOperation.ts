import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import type { SendPilotApi } from '../../sendpilot/api';
import type { Effect } from '../../sendpilot/http';
import { problemIn, SendPilotError } from '../../sendpilot/problem';
import { connect, type Connection } from './connection';
import { connectionSettings, optionsField } from './connectionOptions';
import { explainProblem } from './explainProblem';
import { ExplainedError, explanationIn, type Explanation, type FailureReason } from './explanation';
import { failedItem, itemError, type ItemFailure } from './failedItem';
import { ItemFields } from './itemFields';
import type { Operation } from './operation';

/** What an operation works with for one item. */
export interface ItemRun extends Pick<Connection, 'pause' | 'isCancelled'> {
	api: SendPilotApi;
	fields: ItemFields;
	context: IExecuteFunctions;
}

/** What an operation on single items says about itself. */
export interface ItemOperation extends Omit<Operation, 'run'> {
	/** More entries of the collection Options. */
	options?: INodeProperties[];
	/**
	 * Does one item.
	 *
	 * @returns the output for it, in any number of items
	 * @throws SendPilotError, or ExplainedError for a field that cannot be used and where words of its own help more
	 */
	runItem(item: ItemRun): Promise<IDataObject[]>;
}

/** How many items are worked on at the same time. */
const ITEMS_AT_ONCE = 10;

type Done = { items: IDataObject[] } | { failure: ItemFailure };

/** An operation that works on each item by itself. Its fields end with the collection Options. */
export function itemOperation({ runItem, options, ...about }: ItemOperation): Operation {
	const fields = [...about.fields, optionsField(options)];
	return {
		...about,
		fields,
		run: async (context) => await runItems(context, fields, about.effect, runItem),
	};
}

/**
 * Works on all items, several at a time. The first one goes ahead alone: what is wrong with the key or the
 * settings shows there, and costs one call. If the node stops on errors, no item is started after a failure.
 */
async function runItems(
	context: IExecuteFunctions,
	fields: INodeProperties[],
	effect: Effect,
	runItem: ItemOperation['runItem'],
): Promise<INodeExecutionData[][]> {
	const input = context.getInputData();
	if (input.length === 0) return [[]];
	const stopsOnError = !context.continueOnFail();
	const done: Array<Done | undefined> = input.map(() => undefined);
	/** Why no further item is started. */
	let end: ItemFailure | undefined;

	let connection: Connection | undefined;
	const workOn = async (itemIndex: number): Promise<Done> => {
		try {
			connection ??= await connect(context, connectionSettings(context, fields));
			const { api, pause, isCancelled } = connection;
			const itemFields = new ItemFields(context, itemIndex, fields);
			return { items: await runItem({ api, fields: itemFields, context, pause, isCancelled }) };
		} catch (error) {
			const failure = failureOf(error, effect, connection ? 'invalidInput' : 'invalidSetup');
			if (!connection || endsAll(error) || stopsOnError) end ??= failure;
			return { failure };
		}
	};
	let next = 0;
	const worker = async () => {
		while (next < input.length) {
			const itemIndex = next++;
			if (end && stopsOnError) return;
			done[itemIndex] = end ? { failure: end } : await workOn(itemIndex);
		}
	};
	done[next] = await workOn(next++);
	await Promise.all(Array.from({ length: ITEMS_AT_ONCE }, worker));

	if (stopsOnError) throwFirst(context, done);
	return [done.flatMap((one, index) => outputOf(context, one!, index))];
}

/** Whether the same would happen to every other item. */
function endsAll(error: unknown): boolean {
	if (!(error instanceof SendPilotError)) return false;
	return ['unauthorized', 'rateLimited', 'unreachable', 'notStarted'].includes(
		error.problem.reason,
	);
}

function failureOf(error: unknown, effect: Effect, ours: FailureReason): ItemFailure {
	if (!(error instanceof SendPilotError)) {
		const { what, next } = explanationIn(error);
		const { reason = ours, status } = (error instanceof ExplainedError && error.about) || {};
		return failure(reason, { what: capitalized(what), next }, status);
	}
	const problem = problemIn(error);
	const { what, next } = explainProblem(problem);
	const fix = [next, effect === 'repeatable' ? HARMLESS : ''].filter(Boolean).join(' ');
	return failure(problem.reason, { what, next: fix }, problem.status);
}

function failure(reason: FailureReason, { what, next }: Explanation, status?: number): ItemFailure {
	const httpStatus = status === undefined ? {} : { httpStatus: status };
	return { reason, message: what, fix: next, ...httpStatus };
}

const HARMLESS = 'Running it again does no harm, whether or not it was done.';

function capitalized(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

function throwFirst(context: IExecuteFunctions, done: ReadonlyArray<Done | undefined>): void {
	const itemIndex = done.findIndex((one) => one && 'failure' in one);
	if (itemIndex === -1) return;
	throw itemError(context, (done[itemIndex] as { failure: ItemFailure }).failure, itemIndex);
}

function outputOf(context: IExecuteFunctions, done: Done, index: number): INodeExecutionData[] {
	if ('failure' in done) return [failedItem(context, index, done.failure)];
	return done.items.map((json) => ({ json, pairedItem: { item: index } }));
}
