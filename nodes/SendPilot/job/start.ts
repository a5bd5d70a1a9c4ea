import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import type { SendPilotApi } from '../../../sendpilot/api';
import type { JobStatus } from '../../../sendpilot/job';
import type { ReadOptions } from '../../../sendpilot/paging';
import { SendPilotError } from '../../../sendpilot/problem';
import { startJob, type StartRequest } from '../../../sendpilot/startJob';
import { connect } from '../../shared/connection';
import { connectionSettings, optionsField } from '../../shared/connectionOptions';
import { explainProblem } from '../../shared/explainProblem';
import { ExplainedError, explanationIn } from '../../shared/explanation';
import { failedItem, itemError, withoutError, type ItemFailure } from '../../shared/failedItem';
import { ItemFields } from '../../shared/itemFields';
import { mayHaveMore } from '../../shared/listFields';
import type { Operation } from '../../shared/operation';
import type { Reach } from '../../shared/reach/reach';
import { reachOperation } from '../../shared/reachOperation';
import { SHAPE_FIELDS } from '../../shared/shape';
import { shownFor } from '../../shared/shownFor';
import { jobOutput, jobProblem, toGetOthers, type JobKind } from './kinds';
import { personShape } from './results';
import { costNotice } from './startFields';
import { mayPass, waitFields, waitForJob } from './wait';
import { startWords } from './words';

/** A kind of job, and how to start and follow it. */
interface StartableJob {
	kind: JobKind;
	historyKind: Reach<StartRequest>['kind'];
	path: string;
	fields: INodeProperties[];
	/** @throws ExplainedError for a field that cannot be used */
	readBody(fields: ItemFields): object;
	readStatus(api: SendPilotApi, id: string): Promise<JobStatus>;
	listResults(
		api: SendPilotApi,
		id: string,
		options: ReadOptions,
	): AsyncIterable<Array<Record<string, unknown>>>;
}

/** What is output when a job has completed. */
const OUTPUT_FIELDS: INodeProperties[] = [
	{
		displayName: 'When Completed, Output',
		name: 'completedOutput',
		type: 'options',
		default: 'results',
		displayOptions: { show: { waitForCompletion: [true] } },
		options: [
			{ name: 'Results', value: 'results', description: 'Each person found as an item' },
			{ name: 'Status', value: 'status', description: 'One item that says how it ended' },
		],
		description:
			'What to output if it completes in time: the people, as Get Results does, or how it ended',
	},
	...shownFor({ waitForCompletion: [true], completedOutput: ['results'] }, SHAPE_FIELDS),
];

/**
 * The operation that starts a job: once in an execution, whatever happens, because it costs credits each time. What
 * was started is never lost: if something goes wrong while waiting, its ID is output. Only a job that has failed is an
 * error; a retry then gets the same job, and starts no other.
 */
export function startOperation(
	job: StartableJob,
	about: Pick<Operation, 'action' | 'description' | 'builderHint'>,
): Operation {
	const { kind, path } = job;
	const fields = [
		...[...job.fields, ...waitFields(kind), ...OUTPUT_FIELDS],
		...[optionsField(), costNotice(kind)],
	];
	const reach: Reach<StartRequest> = {
		kind: job.historyKind,
		words: startWords(kind),
		read(context, itemIndex) {
			try {
				const itemFields = new ItemFields(context, itemIndex, fields);
				// What cannot be used is found before anything is started.
				if (itemFields.isOn('waitForCompletion')) {
					itemFields.number('maxWait');
					itemFields.choice('completedOutput');
					personShape(kind, { context, fields: itemFields });
				}
				return { request: { path, body: job.readBody(itemFields) } };
			} catch (error) {
				return { invalid: explanationIn(error) };
			}
		},
		senderOf: () => undefined,
		textOf: () => undefined,
		recipientOf: ({ body }) => ({
			// A retry may find another name or limit, and must not start the same again for that.
			person: { job: job.historyKind },
			text: JSON.stringify(body),
			asSent: undefined,
		}),
		send: async (api, request) => await startJob(api, request),
	};
	return reachOperation(
		reach,
		{ value: 'start', name: 'Start', effect: 'once', ...about, fields },
		async (context, started) => await followed(context, started, job, fields),
	);
}

/**
 * Waits for what was started, where the items want that.
 *
 * @throws NodeOperationError for a job that has failed, if the node stops on errors; then all others have ended
 */
async function followed(
	context: IExecuteFunctions,
	started: INodeExecutionData[],
	job: StartableJob,
	fields: INodeProperties[],
): Promise<INodeExecutionData[]> {
	const failures = new Map<number, ItemFailure>();
	const all = await Promise.all(
		started.map(async (item, index) => {
			const { id } = item.json;
			if (typeof id !== 'string' || isFailed(item)) return [item];
			try {
				return await follow(context, item, job, new ItemFields(context, index, fields));
			} catch (error) {
				if (error instanceof ExplainedError && error.about?.reason === 'jobFailed') {
					const failure = jobFailure(error, job, otherIds(started, index));
					failures.set(index, failure);
					return [failedItem(context, index, failure)];
				}
				const { noun, resource } = job.kind;
				hint(
					context,
					`The ${noun} ${id} was started, but it could not be followed: ${whatOf(job.kind, error)}. Do not start it again: use ${resource}: Get.`,
				);
				return [{ ...item, json: { ...item.json, isDone: false } }];
			}
		}),
	);
	const [first] = [...failures].sort(([one], [other]) => one - other);
	if (first && !context.continueOnFail()) throw itemError(context, first[1], first[0]);
	return all.flat();
}

/** Whether an item is one that was not started. */
function isFailed({ json }: INodeExecutionData): boolean {
	return json.error !== undefined && json.error !== null;
}

/** The IDs of the other jobs that were started, which are not to be started again. */
function otherIds(started: INodeExecutionData[], index: number): string[] {
	return started
		.filter((item, other) => other !== index && !isFailed(item))
		.flatMap(({ json: { id } }) => (typeof id === 'string' ? [id] : []));
}

function jobFailure({ what, next }: ExplainedError, { kind }: StartableJob, others: string[]) {
	const { noun } = kind;
	const alone = `Start it again in a new execution, with this item alone: within this one, a ${noun} is started only once.`;
	const list = `${others.length} more started in this run, not to be started again: ${others.join(', ')}.`;
	const fix = [next, alone, others.length > 0 ? list : ''].filter(Boolean).join(' ');
	return { reason: 'jobFailed', message: what, fix } as const;
}

function hint(context: IExecuteFunctions, message: string): void {
	context.addExecutionHints({ message, location: 'outputPane' });
}

async function follow(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	{ kind, readStatus, listResults }: StartableJob,
	fields: ItemFields,
): Promise<INodeExecutionData[]> {
	if (!fields.isOn('waitForCompletion')) return [item];
	const id = String(item.json.id);
	// If the execution is stopped meanwhile, n8n drops the output, and nothing else has the ID.
	context.logger.info(`${context.getNode().name} waits for the ${kind.noun} ${id}`);
	const { api, pause, isCancelled } = await connect(
		context,
		connectionSettings(context, [optionsField()]),
	);
	const read = async () => await readStatus(api, id);
	const status = await waitForJob(
		kind,
		{ api, pause, isCancelled, fields, context },
		await read().catch((error: unknown) => {
			if (!mayPass(error)) throw error;
			return { id, status: String(item.json.status) };
		}),
		read,
	);
	const output = jobOutput(kind, status);
	const { pairedItem } = item;
	const asStatus = [{ json: { ...item.json, ...output, id }, pairedItem }];
	if (output.isDone !== true || fields.choice('completedOutput') === 'status') return asStatus;
	const shape = personShape(kind, { context, fields });
	const results: INodeExecutionData[] = [];
	const onCut = () =>
		hint(
			context,
			mayHaveMore({
				these: `${results.length} people of the ${kind.noun} ${id}`,
				again: `Use ${kind.resource}: Get Results`,
				otherwise: toGetOthers(kind),
			}),
		);
	try {
		for await (const page of listResults(api, id, { onCut })) {
			results.push(...page.map((person) => ({ json: withoutError(shape(person)), pairedItem })));
		}
	} catch (error) {
		const { noun, resource } = kind;
		hint(
			context,
			`The ${noun} ${id} has completed, but its results could not be read: ${whatOf(kind, error)}. Do not start it again: use ${resource}: Get Results.`,
		);
		return asStatus;
	}
	// Nobody found is a result too.
	if (results.length === 0) return asStatus;
	hint(
		context,
		`These people are the results of the ${kind.noun} ${id}. To read them again for free, use ${kind.resource}: Get Results with this ID.`,
	);
	return results;
}

/** What went wrong with a call about a job. */
function whatOf(kind: JobKind, error: unknown): string {
	const explained = jobProblem(kind, error);
	return explained instanceof SendPilotError
		? explainProblem(explained.problem).what
		: explanationIn(explained).what;
}
