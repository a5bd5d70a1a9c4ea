import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import type { SendPilotApi } from '../../../sendpilot/api';
import type { JobStatus } from '../../../sendpilot/job';
import type { ReadOptions } from '../../../sendpilot/paging';
import { SendPilotError } from '../../../sendpilot/problem';
import { startJob, type StartedJob, type StartRequest } from '../../../sendpilot/startJob';
import { connect } from '../../shared/connection';
import { connectionSettings, optionsField } from '../../shared/connectionOptions';
import { explainProblem } from '../../shared/explainProblem';
import { ExplainedError, explanationIn } from '../../shared/explanation';
import { failedItem, itemError } from '../../shared/failedItem';
import { ItemFields } from '../../shared/itemFields';
import type { Operation } from '../../shared/operation';
import { digest } from '../../shared/reach/history/keys';
import type { Reach } from '../../shared/reach/reach';
import { reachOperation } from '../../shared/reachOperation';
import { jobOutput, type JobKind } from './kinds';
import { waitFields, waitForJob } from './wait';
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
	listResults(api: SendPilotApi, id: string, options: ReadOptions): AsyncIterable<object[]>;
}

/** What is output when a job has completed. */
const OUTPUT_FIELD: INodeProperties = {
	displayName: 'When Completed, Output',
	name: 'completedOutput',
	type: 'options',
	default: 'results',
	displayOptions: { show: { waitForCompletion: [true] } },
	options: [
		{ name: 'Results', value: 'results', description: 'Each person found as an item' },
		{ name: 'Status', value: 'status', description: 'One item that says how it ended' },
	],
	description: 'What to output for a job that has completed in time',
};

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
	const fields = [...job.fields, ...waitFields(kind), OUTPUT_FIELD, optionsField()];
	const reach: Reach<StartRequest> = {
		kind: job.historyKind,
		words: startWords(kind),
		read(context, itemIndex) {
			try {
				return {
					request: { path, body: job.readBody(new ItemFields(context, itemIndex, fields)) },
				};
			} catch (error) {
				return { invalid: explanationIn(error) };
			}
		},
		senderOf: () => undefined,
		recipientOf({ body }) {
			const text = JSON.stringify(body);
			const lost: StartedJob = { success: true, id: null, status: 'unknown' };
			return { person: { job: digest(text) }, text, asSent: lost };
		},
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
 * @throws NodeOperationError for a job that has failed, if the node stops on errors
 */
async function followed(
	context: IExecuteFunctions,
	started: INodeExecutionData[],
	job: StartableJob,
	fields: INodeProperties[],
): Promise<INodeExecutionData[]> {
	const all: INodeExecutionData[][] = await Promise.all(
		started.map(async (item, index) => {
			const { id } = item.json;
			if (typeof id !== 'string' || 'error' in item.json) return [item];
			try {
				return await follow(context, item, job, new ItemFields(context, index, fields));
			} catch (error) {
				const { what, next } =
					error instanceof SendPilotError ? explainProblem(error.problem) : explanationIn(error);
				if (error instanceof ExplainedError && error.about?.reason === 'jobFailed') {
					const failure = { reason: 'jobFailed', message: what, fix: next } as const;
					if (!context.continueOnFail()) throw itemError(context, failure, index);
					return [failedItem(context, index, failure)];
				}
				const message = `The ${job.kind.noun} ${id} was started, but it could not be followed: ${what}. Do not start it again: use ${job.kind.resource}: Get.`;
				context.addExecutionHints({ message, location: 'outputPane' });
				return [item];
			}
		}),
	);
	return all.flat();
}

async function follow(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	{ kind, readStatus, listResults }: StartableJob,
	fields: ItemFields,
): Promise<INodeExecutionData[]> {
	if (!fields.isOn('waitForCompletion')) return [item];
	const id = String(item.json.id);
	const { api, pause, isCancelled } = await connect(
		context,
		connectionSettings(context, [optionsField()]),
	);
	const read = async () => await readStatus(api, id);
	const status = await waitForJob(
		kind,
		{ api, pause, isCancelled, fields, context },
		await read(),
		read,
	);
	const output = jobOutput(kind, status);
	const { pairedItem } = item;
	if (output.isDone !== true || fields.choice('completedOutput') === 'status') {
		return [{ json: { ...item.json, ...output }, pairedItem }];
	}
	const results: INodeExecutionData[] = [];
	for await (const page of listResults(api, id, {})) {
		results.push(...page.map((person) => ({ json: person as IDataObject, pairedItem })));
	}
	return results;
}
