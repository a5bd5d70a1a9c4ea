import { setTimeout as sleep } from 'node:timers/promises';
import type {
	IDataObject,
	INode,
	INodeTypeDescription,
	IRunExecutionData,
	IWorkflowBase,
} from 'n8n-workflow';
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
	/** `success`, `error`, `canceled`, `crashed`, or one of an execution that is not over. */
	status: string;
	/** `manual`, `webhook`, `retry` … */
	mode: string;
	/** What the nodes did. */
	data: IRunExecutionData;
}

/** A workflow as n8n saved it. */
export type SavedWorkflow = IWorkflowBase & { versionId?: string };

/** What the editor shows of a list that a node loads. */
export interface ListPage {
	results: Array<{ name: string; value: string; url?: string }>;
	paginationToken?: string;
}

/** How to load such a list. */
export interface ListRequest {
	/** The field that the list belongs to. */
	field: string;
	/** The node's name for the list. */
	method: string;
	/** What the user has typed. */
	filter?: string;
	/** What came with the page before. */
	paginationToken?: string;
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
const EXECUTION_TIMEOUT_MS = 60_000;

/** How long n8n may take to make triggers live, in ms, before the client gives up waiting. */
const PUBLICATION_TIMEOUT_MS = 60_000;

/** How far the publication of a workflow has come. */
interface Publication {
	status: string;
	triggers: Array<{ errorMessage: string | null }>;
}

const PUBLISHED: Publication = { status: 'published', triggers: [] };

/** Statuses of an execution that is not over. */
const UNFINISHED = ['new', 'running', 'waiting', 'unknown'];

/** All statuses of an execution. */
const STATUSES = [...UNFINISHED, 'success', 'error', 'canceled', 'crashed'];

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

	/** @returns ids of all credentials that there are */
	async credentialIds(): Promise<string[]> {
		const credentials = await this.call<Array<{ id: string }>>('GET', '/rest/credentials');
		return credentials.map(({ id }) => id);
	}

	/** What the dialog of a credential shows once it was saved. */
	async testCredential(type: string, data: IDataObject) {
		const name = 'Test';
		const id = await this.createCredential(name, type, data);
		return await this.call<{ status: string; message: string }>('POST', '/rest/credentials/test', {
			credentials: { id, name, type, data },
		});
	}

	/** All node types that the node panel and the AI agent's list of tools offer. */
	async nodeTypes(): Promise<INodeTypeDescription[]> {
		return await this.read('/types/nodes.json');
	}

	/** @returns the workflow as it was saved */
	async createWorkflow(workflow: NewWorkflow): Promise<SavedWorkflow> {
		return await this.call('POST', '/rest/workflows', { active: false, settings: {}, ...workflow });
	}

	/** @returns a workflow as it is saved */
	async workflow(id: string): Promise<SavedWorkflow> {
		return await this.call('GET', `/rest/workflows/${id}`);
	}

	/** Saves a workflow that was changed. @returns it as it was saved */
	async saveWorkflow(workflow: SavedWorkflow): Promise<SavedWorkflow> {
		const { id, name, nodes, connections, settings, pinData, versionId } = workflow;
		const changed = { name, nodes, connections, settings, pinData, versionId };
		return await this.call('PATCH', `/rest/workflows/${id}`, changed);
	}

	/**
	 * Makes a workflow's triggers live, and waits until they are.
	 *
	 * @throws Error with what the editor shows where a trigger refuses
	 */
	async activate({ id, versionId }: Pick<SavedWorkflow, 'id' | 'versionId'>): Promise<void> {
		await this.call('POST', `/rest/workflows/${id}/activate`, { versionId });
		const deadline = Date.now() + PUBLICATION_TIMEOUT_MS;
		while (Date.now() < deadline) {
			const { status, triggers } = await this.publication(id);
			if (status === 'published') return;
			const failed = triggers.flatMap(({ errorMessage }) => errorMessage ?? []);
			if (failed.length > 0) throw new Error(failed.join('\n'));
			await sleep(50);
		}
		throw new Error(`The workflow ${id} was not published`);
	}

	/** Starts a workflow by its trigger, as by the editor's button. @returns the execution's id */
	async run(workflow: SavedWorkflow, triggerName: string): Promise<string> {
		const { executionId } = await this.start<{ executionId: string }>(workflow, triggerName);
		return executionId;
	}

	/** Waits for a test event, as by the editor's button "Listen for test event". */
	async listen(workflow: SavedWorkflow, triggerName: string): Promise<void> {
		await this.start(workflow, triggerName);
	}

	/**
	 * Retries an execution, by one of the two entries of the menu in the list of executions, and waits
	 * until it is over.
	 *
	 * @param workflow whether to take it as it was then, or as it is saved now
	 * @returns the new execution
	 */
	async retry(executionId: string, workflow: 'original' | 'saved'): Promise<Execution> {
		const { id } = await this.call<{ id: string }>(
			'POST',
			`/rest/executions/${executionId}/retry`,
			{ loadWorkflow: workflow === 'saved' },
		);
		return await this.finished(id);
	}

	async stopExecution(executionId: string): Promise<void> {
		await this.call('POST', `/rest/executions/${executionId}/stop`, {});
	}

	/** @returns ids, the newest first */
	async executionIds(workflowId: string): Promise<string[]> {
		// Without statuses n8n puts two queries together, between which an execution can slip through.
		const filter = encodeURIComponent(JSON.stringify({ workflowId, status: STATUSES }));
		const { results } = await this.call<{ results: Array<{ id: string }> }>(
			'GET',
			`/rest/executions?filter=${filter}&limit=100`,
		);
		return results.map(({ id }) => id);
	}

	async execution(id: string): Promise<Execution> {
		const { status, mode, data } = await this.call<Record<'status' | 'mode' | 'data', string>>(
			'GET',
			`/rest/executions/${id}`,
		);
		return { id, status, mode, data: parse(data) as IRunExecutionData };
	}

	/** Waits until an execution is over. @throws Error where that takes too long */
	async finished(id: string): Promise<Execution> {
		const deadline = Date.now() + EXECUTION_TIMEOUT_MS;
		while (Date.now() < deadline) {
			const execution = await this.execution(id);
			// n8n 1.x writes the data down a moment after the status.
			if (!UNFINISHED.includes(execution.status) && execution.data) return execution;
			await sleep(100);
		}
		throw new Error(`The execution ${id} did not end`);
	}

	/**
	 * A page of a resource locator's list, as the editor loads it while the node is open.
	 *
	 * @throws N8nError with what the editor shows in place of the list
	 */
	async list(node: INode, { field, method, filter, paginationToken }: ListRequest) {
		const { type, typeVersion, parameters, credentials } = node;
		return await this.call<ListPage>(
			'POST',
			'/rest/dynamic-node-parameters/resource-locator-results',
			{
				path: `parameters.${field}`,
				nodeTypeAndVersion: { name: type, version: typeVersion },
				currentNodeParameters: parameters,
				credentials,
				methodName: method,
				filter,
				paginationToken,
			},
		);
	}

	private async publication(workflowId: string): Promise<Publication> {
		try {
			return await this.call('GET', `/rest/workflows/${workflowId}/publication-status`);
		} catch (error) {
			// n8n 1.x makes triggers live before it answers the activation.
			if (error instanceof N8nError && error.status === 404) return PUBLISHED;
			throw error;
		}
	}

	private async start<Data>(workflow: SavedWorkflow, triggerName: string): Promise<Data> {
		return await this.call('POST', `/rest/workflows/${workflow.id}/run`, {
			workflowData: workflow,
			triggerToStartFrom: { name: triggerName },
		});
	}

	private async call<Data>(method: string, path: string, body?: object): Promise<Data> {
		const { data } = await this.read<{ data: Data }>(path, method, body);
		return data;
	}

	private async read<Content>(path: string, method = 'GET', body?: object): Promise<Content> {
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
		return JSON.parse(text) as Content;
	}
}
