import { parse, stringify } from 'flatted';
import {
	createEmptyRunExecutionData,
	type ExecutionStatus,
	type IRunExecutionData,
	type ITaskData,
	type ExecutionError,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

/** What n8n's log says about a node, and survives a crash. */
export interface NodeEvent {
	node: string;
	event: 'started' | 'finished';
}

interface Row {
	mode: WorkflowExecuteMode;
	status: ExecutionStatus;
	/** The names of the workflow's nodes, in its order. */
	nodes: string[];
	/** As n8n stores it; missing for a manual execution that has not finished. */
	data?: string;
	events: NodeEvent[];
}

/** Ids don't repeat in other databases, as the code of a package may remember them. */
let latestId = 0;

/** The executions that n8n has saved, each with the data that it had at that moment. */
export class Executions {
	private readonly rows = new Map<string, Row>();

	/** @returns the id of the new execution */
	create(mode: WorkflowExecuteMode, nodes: string[], data?: IRunExecutionData): string {
		const id = String(++latestId);
		this.rows.set(id, { mode, nodes, status: 'running', events: [] });
		if (data) this.save(id, data, 'running');
		return id;
	}

	/** Saves the data of an execution as it is now. */
	save(id: string, data: IRunExecutionData, status: ExecutionStatus): void {
		Object.assign(this.row(id), { data: stringify(data), status });
	}

	/** Adds to the log of an execution. */
	log(id: string, event: NodeEvent): void {
		this.row(id).events.push(event);
	}

	/** @returns the ids of all executions, in the order of their start */
	ids(): string[] {
		return [...this.rows.keys()];
	}

	/** @returns how an execution ended, or `running` */
	statusOf(id: string): ExecutionStatus {
		return this.row(id).status;
	}

	/** @returns the saved data; undefined if nothing was saved, or there is no such execution */
	find(id: string): IRunExecutionData | undefined {
		const data = this.rows.get(id)?.data;
		return data === undefined ? undefined : (parse(data) as IRunExecutionData);
	}

	/**
	 * What n8n goes on with when a failed or crashed execution is retried. Follows `retry` of n8n's
	 * `executions/execution.service`.
	 *
	 * @throws if n8n cannot retry the execution
	 */
	retryData(id: string): IRunExecutionData {
		this.recover(id);
		const data = this.find(id);
		if (this.statusOf(id) === 'success') {
			throw new Error('The execution succeeded, so it cannot be retried');
		}
		if (!data?.executionData) throw new Error('n8n has not saved what it could retry');
		const { resultData } = data;
		if (resultData.lastNodeExecuted) {
			delete resultData.error;
			const runs = resultData.runData[resultData.lastNodeExecuted];
			if (runs?.at(-1)?.error !== undefined) runs.pop();
		}
		return data;
	}

	/**
	 * What n8n does when it starts again with an execution that has not finished: it adds the nodes that the
	 * log knows of, and the saved data doesn't. Follows `amend` of n8n's
	 * `executions/execution-recovery.service`.
	 */
	private recover(id: string): void {
		const { status, events, nodes } = this.row(id);
		if (status !== 'running') return;
		const data = this.find(id) ?? createEmptyRunExecutionData();
		for (const node of nodes) {
			const ofNode = events.filter((event) => event.node === node);
			if (ofNode.length === 0 || data.resultData.runData[node] !== undefined) continue;
			const isFinished = ofNode.some(({ event }) => event === 'finished');
			data.resultData.runData[node] = [isFinished ? FINISHED_TASK : CRASHED_TASK];
			if (!isFinished) data.resultData.error = { message: 'Workflow crashed' } as ExecutionError;
			data.resultData.lastNodeExecuted = node;
		}
		this.save(id, data, 'crashed');
	}

	private row(id: string): Row {
		const row = this.rows.get(id);
		if (!row) throw new Error(`There is no execution ${id}`);
		return row;
	}
}

const RECOVERED: Pick<ITaskData, 'startTime' | 'executionIndex' | 'source'> = {
	startTime: 0,
	executionIndex: 0,
	source: [null],
};

/** n8n doesn't know what the node gave out. */
const FINISHED_TASK: ITaskData = {
	...RECOVERED,
	executionTime: 0,
	executionStatus: 'success',
	data: { main: [[{ json: { isArtificialRecoveredEventItem: true } }]] },
};

const CRASHED_TASK: ITaskData = {
	...RECOVERED,
	executionTime: 0,
	executionStatus: 'crashed',
	error: { message: 'Node crashed' } as ExecutionError,
};
