import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject, IRunExecutionData, IWorkflowBase } from 'n8n-workflow';
import { parse } from 'flatted';

/** Who owns the n8n of tests and demonstrations. It listens on loopback only. */
export const OWNER = {
	email: 'owner@example.com',
	firstName: 'Alex',
	lastName: 'Moreau',
	password: 'Sandbox-n8n-1',
};

/** An execution, as n8n's list of executions knows it. */
export interface Execution {
	id: string;
	status: string;
	/** What the nodes did. */
	data: IRunExecutionData;
}

/** What the editor asks of a workflow that it saves. */
export type NewWorkflow = Pick<IWorkflowBase, 'name' | 'nodes' | 'connections'> &
	Partial<Pick<IWorkflowBase, 'settings' | 'pinData'>>;

/** An answer of n8n that is an error. */
export class N8nError extends Error {
	constructor(
		readonly status: number,
		readonly body: string,
	) {
		super(`n8n answered ${status}: ${body.slice(0, 500)}`);
	}
}

/** How long an execution may take, in ms, before the client gives up waiting. */
const EXECUTION_TIMEOUT_MS = 120_000;

/** Statuses of an execution that is not over. */
const UNFINISHED = new Set(['new', 'running', 'waiting', 'unknown']);

/** Talks to an n8n as its editor does. */
export class N8nClient {
	private cookie = '';

	constructor(readonly url: string) {}

	/** Makes the owner of a new n8n, or signs in to one that has it. */
	async signIn(): Promise<void> {
		const { email, password } = OWNER;
		try {
			await this.call('POST', '/rest/owner/setup', OWNER);
		} catch (error) {
			if (!(error instanceof N8nError)) throw error;
			await this.call('POST', '/rest/login', { emailOrLdapLoginId: email, password });
		}
	}

	/** @returns its id */
	async createCredential(name: string, type: string, data: IDataObject): Promise<string> {
		const { id } = await this.call<{ id: string }>('POST', '/rest/credentials', {
			name,
			type,
			data,
		});
		return id;
	}

	/** What the button in the dialog of a credential shows. */
	async testCredential(type: string, data: IDataObject) {
		return await this.call<{ status: string; message: string }>('POST', '/rest/credentials/test', {
			credentials: { id: '', name: 'New', type, data },
		});
	}

	/** @returns the workflow as it was saved */
	async createWorkflow(workflow: NewWorkflow): Promise<IWorkflowBase & { versionId: string }> {
		return await this.call('POST', '/rest/workflows', { settings: {}, ...workflow });
	}

	/** Makes a workflow's triggers live. */
	async activate({ id, versionId }: { id: string; versionId?: string }): Promise<void> {
		try {
			await this.call('POST', `/rest/workflows/${id}/activate`, { versionId });
		} catch (error) {
			// n8n 1.x knows no versions of a workflow.
			if (!(error instanceof N8nError) || error.status !== 404) throw error;
			await this.call('PATCH', `/rest/workflows/${id}`, { active: true });
		}
	}

	/** Starts a workflow by its trigger, as by the editor's button. @returns the execution's id */
	async run(workflow: IWorkflowBase, triggerName: string): Promise<string> {
		const triggerToStartFrom = { name: triggerName };
		const { executionId } = await this.call<{ executionId: string }>(
			'POST',
			`/rest/workflows/${workflow.id}/run`,
			{ workflowData: workflow, triggerToStartFrom },
		);
		return executionId;
	}

	/** @returns the new execution's id */
	async retry(executionId: string): Promise<string> {
		const { id } = await this.call<{ id: string }>(
			'POST',
			`/rest/executions/${executionId}/retry`,
			{ loadWorkflow: true },
		);
		return id;
	}

	async stopExecution(executionId: string): Promise<void> {
		await this.call('POST', `/rest/executions/${executionId}/stop`, {});
	}

	/** @returns ids, the newest first */
	async executionIds(workflowId: string): Promise<string[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const { results } = await this.call<{ results: Array<{ id: string }> }>(
			'GET',
			`/rest/executions?filter=${filter}&limit=100`,
		);
		return results.map(({ id }) => id);
	}

	async execution(id: string): Promise<Execution> {
		const { status, data } = await this.call<{ status: string; data: string }>(
			'GET',
			`/rest/executions/${id}`,
		);
		return { id, status, data: parse(data) as IRunExecutionData };
	}

	/** Waits until an execution is over. @throws Error where that takes too long */
	async finished(id: string): Promise<Execution> {
		const deadline = Date.now() + EXECUTION_TIMEOUT_MS;
		while (Date.now() < deadline) {
			const execution = await this.execution(id);
			if (!UNFINISHED.has(execution.status)) return execution;
			await sleep(100);
		}
		throw new Error(`The execution ${id} did not end`);
	}

	/** The entries of a resource locator's list, as the editor loads them. */
	async list(methodName: string, node: IWorkflowBase['nodes'][number], filter?: string) {
		const { type, typeVersion, parameters, credentials } = node;
		return await this.call<{ results: Array<{ name: string; value: string }> }>(
			'POST',
			'/rest/dynamic-node-parameters/resource-locator-results',
			{
				path: 'parameters.senderId',
				nodeTypeAndVersion: { name: type, version: typeVersion },
				currentNodeParameters: parameters,
				credentials,
				methodName,
				filter,
			},
		);
	}

	private async call<Data>(method: string, path: string, body?: object): Promise<Data> {
		const response = await fetch(this.url + path, {
			method,
			headers: {
				...(body ? { 'content-type': 'application/json' } : {}),
				cookie: this.cookie,
				'browser-id': 'e2e',
			},
			...(body ? { body: JSON.stringify(body) } : {}),
		});
		const text = await response.text();
		if (!response.ok) throw new N8nError(response.status, text);
		const [cookie] = response.headers.getSetCookie();
		if (cookie) this.cookie = cookie.split(';', 1)[0];
		return (JSON.parse(text) as { data: Data }).data;
	}
}
