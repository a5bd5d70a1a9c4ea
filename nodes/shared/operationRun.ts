import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import type { Effect } from '../../sendpilot/http';
import { problemIn, SendPilotError } from '../../sendpilot/problem';
import { connect, type Connection } from './connection';
import { connectionSettings, optionsField } from './connectionOptions';
import { explainProblem } from './explainProblem';
import {
	ExplainedError,
	explanationIn,
	type Explanation,
	type ItemFailureReason,
} from './explanation';
import { failedItem, itemError, withoutError, type ItemFailure } from './failedItem';
import { ItemFields } from './itemFields';
import { itemsIn } from './itemsIn';
import type { Operation } from './operation';

/** What an operation says about itself. */
export interface RunnableOperation extends Omit<Operation, 'run'> {
	/** More entries of the collection Options. */
	options?: INodeProperties[];
	/** Works on all items, through the run. */
	runAll(run: OperationRun): Promise<void>;
}

/** An operation that works on all items at once. Its fields end with the collection Options. */
export function operationOnAll({ runAll, options, ...about }: RunnableOperation): Operation {
	const fields = [...about.fields, optionsField(options)];
	return {
		...about,
		fields,
		async run(context) {
			const run = new OperationRun(context, fields, about.effect);
			await runAll(run);
			return run.output();
		},
	};
}

/** What the work on an item gave: its output items, or why it failed although the others did not. */
export type ItemResult = IDataObject[] | ExplainedError;

/** Work that is done piece by piece. */
export interface PiecesOfWork<Piece> {
	pieces: readonly Piece[];
	/** How many are worked on at the same time. */
	atOnce: number;
	/** The indexes of the items that a piece is about; if it fails, they fail. */
	itemsOf(piece: Piece): readonly number[];
	/**
	 * @returns one result for each of its items, in their order
	 * @throws SendPilotError, or ExplainedError for a field that cannot be used and where words of its own help more
	 */
	work(piece: Piece, connection: Connection): Promise<ItemResult[]>;
}

type Done = { items: IDataObject[] } | { failure: ItemFailure };

/**
 * One run of an operation: what became of each item, and whether to go on. Connects when the first call is
 * due, and once.
 */
export class OperationRun {
	private readonly done: Array<Done | undefined>;
	private readonly stopsOnError: boolean;
	private readonly hints = new Set<string>();
	private connection: Connection | undefined;
	/** Why nothing further is started. */
	private end: ItemFailure | undefined;

	/** @param fields of the operation, with its options */
	constructor(
		readonly context: IExecuteFunctions,
		private readonly fields: readonly INodeProperties[],
		private readonly effect: Effect,
	) {
		this.done = context.getInputData().map(() => undefined);
		this.stopsOnError = !context.continueOnFail();
	}

	/** The indexes of all items. */
	get items(): number[] {
		return [...this.done.keys()];
	}

	/** Whether nothing further is started, because it would fail too or the node stops. */
	get hasEnded(): boolean {
		return this.end !== undefined;
	}

	/** The fields of one item. */
	fieldsOf(itemIndex: number): ItemFields {
		return new ItemFields(this.context, itemIndex, this.fields);
	}

	/**
	 * Reads what all items say, before any call. An item that cannot be used fails, and the others go on.
	 *
	 * @returns what could be read; nothing if the node stops on errors and there was one
	 */
	read<Content>(readItem: (fields: ItemFields) => Content): Array<Content & { itemIndex: number }> {
		const contents: Array<Content & { itemIndex: number }> = [];
		for (const itemIndex of this.items) {
			try {
				contents.push({ ...readItem(this.fieldsOf(itemIndex)), itemIndex });
			} catch (error) {
				this.fail([itemIndex], error, 'invalidInput');
				if (this.isOver) return [];
			}
		}
		return contents;
	}

	/**
	 * Works on pieces, several at a time. The first one that gets as far as a call goes ahead alone: what is wrong
	 * with the key or the settings shows there, and costs one call. If the node stops on errors, nothing is started
	 * after a failure.
	 */
	async work<Piece>({ pieces, atOnce, itemsOf, work }: PiecesOfWork<Piece>): Promise<void> {
		let next = 0;
		let hasCalled = false;
		const workOnNext = async () => {
			const piece = pieces[next++];
			const items = itemsOf(piece);
			if (this.end) {
				this.settle(items, { failure: this.end });
				return;
			}
			try {
				this.connection ??= await connect(
					this.context,
					connectionSettings(this.context, this.fields),
				);
				const results = await work(piece, this.connection);
				hasCalled = true;
				for (const [position, itemIndex] of items.entries()) {
					this.finish(itemIndex, results[position]);
				}
			} catch (error) {
				const { reason } = this.fail(
					items,
					error,
					this.connection ? 'invalidInput' : 'invalidSetup',
				);
				hasCalled ||= reason !== 'invalidInput';
			}
		};
		const isLeft = () => next < pieces.length && !this.isOver;
		const worker = async () => {
			while (isLeft()) await workOnNext();
		};
		while (isLeft() && !hasCalled) await workOnNext();
		await Promise.all(Array.from({ length: atOnce }, worker));
	}

	/** Gives an item its result. */
	finish(itemIndex: number, result: ItemResult): void {
		if (Array.isArray(result)) this.settle([itemIndex], { items: result });
		else this.fail([itemIndex], result, 'invalidInput');
	}

	/** Tells the user something about the run; the same text only once. */
	hint(message: string): void {
		if (this.hints.has(message)) return;
		this.hints.add(message);
		this.context.addExecutionHints({ message, location: 'outputPane' });
	}

	/** @throws the error of the first item that failed, if the node stops on errors */
	output(): INodeExecutionData[][] {
		if (this.stopsOnError) this.throwFirst();
		return [this.done.flatMap((one, index) => outputOf(this.context, one!, index))];
	}

	/** Whether the node stops with an error, so that no further item needs a result. */
	private get isOver(): boolean {
		return this.hasEnded && this.stopsOnError;
	}

	private fail(items: readonly number[], error: unknown, ours: ItemFailureReason): ItemFailure {
		const failure = failureOf(error, this.effect, ours);
		if (ours === 'invalidSetup' || endsAll(error) || this.stopsOnError) this.end ??= failure;
		this.settle(items, { failure });
		return failure;
	}

	private settle(items: readonly number[], done: Done): void {
		for (const itemIndex of items) this.done[itemIndex] = done;
	}

	private throwFirst(): void {
		const itemIndex = this.done.findIndex((one) => one && 'failure' in one);
		if (itemIndex === -1) return;
		const { failure } = this.done[itemIndex] as { failure: ItemFailure };
		const fix = [this.tally(), failure.fix].filter(Boolean).join(' ');
		throw itemError(this.context, { ...failure, fix }, itemIndex);
	}

	/** What became of all items of a run that changes something, since a run that stops shows no output. */
	private tally(): string {
		const { length } = this.done;
		if (this.effect === 'read' || length === 1) return '';
		const having = (isMeant: (one: Done | undefined) => boolean) =>
			this.items.filter((index) => isMeant(this.done[index]));
		const done = having((one) => one !== undefined && 'items' in one);
		const failed = having((one) => one !== undefined && 'failure' in one);
		const others = having((one) => one === undefined);
		const parts = [
			`${done.length} of ${length} done${itemsIn(done)}`,
			`${failed.length} failed${itemsIn(failed)}`,
			...(others.length > 0 ? [`${others.length} not tried${itemsIn(others)}`] : []),
		];
		return `${parts.join(', ')}.`;
	}
}

/** Whether the same would happen to every other item. */
function endsAll(error: unknown): boolean {
	if (!(error instanceof SendPilotError)) return false;
	return ['unauthorized', 'rateLimited', 'unreachable', 'notStarted'].includes(
		error.problem.reason,
	);
}

function failureOf(error: unknown, effect: Effect, ours: ItemFailureReason): ItemFailure {
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

function failure(
	reason: ItemFailureReason,
	{ what, next }: Explanation,
	status?: number,
): ItemFailure {
	const httpStatus = status === undefined ? {} : { httpStatus: status };
	return { reason, message: what, fix: next, ...httpStatus };
}

const HARMLESS = 'Running it again does no harm, whether or not it was done.';

function capitalized(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

function outputOf(context: IExecuteFunctions, done: Done, index: number): INodeExecutionData[] {
	if ('failure' in done) return [failedItem(context, index, done.failure)];
	return done.items.map((json) => ({ json: withoutError(json), pairedItem: { item: index } }));
}
