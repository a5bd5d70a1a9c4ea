import { setTimeout as sleep } from 'node:timers/promises';
import type {
	ICredentialType,
	IDataObject,
	INode,
	INodeTypeDescription,
	IRunExecutionData,
	IWorkflowBase,
} from 'n8n-workflow';
import { parse } from 'flatted';

/** The owner of each n8n of tests and demos, which listens on loopback only. */
export const OWNER = {
	email: 'owner@example.com',
	firstName: 'Alex',
	lastName: 'Moreau',
	password: 'Sandbox-n8n-1',
};

/** An execution, as in n8n's list of executions. */
export interface Execution {
	id: string;
	/** `success`, `error`, `canceled`, `crashed`, or one of the {@link UNFINISHED} statuses. */
	status: string;
	/** `manual`, `webhook`, `retry` … */
	mode: string;
	/** The results of the nodes. */
	data: IRunExecutionData;
}

/** An execution without its data. */
export type Summary = Omit<Execution, 'data'>;

/** A saved workflow. */
export type SavedWorkflow = IWorkflowBase & { versionId?: string };

/** One page of a list that a node loads, as the editor shows it. */
export interface ListPage {
	results: Array<{ name: string; value: string; url?: string }>;
	paginationToken?: string;
}

/** How to load such a list. */
export interface ListRequest {
	/** The field of the list. */
	field: string;
	/** The node's method that loads the list. */
	method: string;
	/** What the user has typed. */
	filter?: string;
	/** From the previous page. */
	paginationToken?: string;
}

/** A workflow to be saved. */
export type NewWorkflow = Pick<IWorkflowBase, 'name' | 'nodes' | 'connections'> &
	Partial<Pick<IWorkflowBase, 'settings' | 'pinData'>>;

/** An error answer from n8n. */
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

/** How long n8n may take to activate triggers, in ms, before the client gives up waiting. */
const PUBLICATION_TIMEOUT_MS = 60_000;

/** The progress of publishing a workflow. */
interface Publication {
	status: string;
	triggers: Array<{ errorMessage: string | null }>;
}

const PUBLISHED: Publication = { status: 'published', triggers: [] };

/** The statuses of an unfinished execution. */
export const UNFINISHED = ['new', 'running', 'waiting', 'unknown'];

/** All statuses of an execution. */
const STATUSES = [...UNFINISHED, 'success', 'error', 'canceled', 'crashed'];

/** Calls n8n as its editor does. */
export class N8nClient {
	private cookie = '';

	/** @param webhookUrl the address of its production webhooks, if that is another one */
	constructor(
		readonly url: string,
		readonly webhookUrl = url,
	) {}

	/** Creates the owner of a new n8n, or signs in if it exists already. */
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

	/** @returns the ids of all credentials */
	async credentialIds(): Promise<string[]> {
		const credentials = await this.call<Array<{ id: string }>>('GET', '/rest/credentials');
		return credentials.map(({ id }) => id);
	}

	/** Saves and tests a credential. @returns what its dialog shows */
	async testCredential(type: string, data: IDataObject) {
		const name = 'Test';
		const id = await this.createCredential(name, type, data);
		return await this.call<{ status: string; message: string }>('POST', '/rest/credentials/test', {
			credentials: { id, name, type, data },
		});
	}

	/** @returns all node types of the node panel and the AI agent's list of tools */
	async nodeTypes(): Promise<INodeTypeDescription[]> {
		return await this.read('/types/nodes.json');
	}

	/** @returns all credential types, as the editor gets them */
	async credentialTypes(): Promise<ICredentialType[]> {
		return await this.read('/types/credentials.json');
	}

	/** @returns the saved workflow */
	async createWorkflow(workflow: NewWorkflow): Promise<SavedWorkflow> {
		return await this.call('POST', '/rest/workflows', { active: false, settings: {}, ...workflow });
	}

	/** @returns a saved workflow */
	async workflow(id: string): Promise<SavedWorkflow> {
		return await this.call('GET', `/rest/workflows/${id}`);
	}

	/** Saves a changed workflow. @returns the saved workflow */
	async saveWorkflow(workflow: SavedWorkflow): Promise<SavedWorkflow> {
		const { id, name, nodes, connections, settings, pinData, versionId } = workflow;
		const changed = { name, nodes, connections, settings, pinData, versionId };
		return await this.call('PATCH', `/rest/workflows/${id}`, changed);
	}

	/**
	 * Activates (publishes) a workflow, and waits until its triggers listen.
	 *
	 * @throws Error with what the editor shows if a trigger fails
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

	/** Deactivates a workflow. */
	async deactivate({ id }: Pick<SavedWorkflow, 'id'>): Promise<void> {
		await this.call('POST', `/rest/workflows/${id}/deactivate`, {});
	}

	/** Starts a workflow from its trigger, as the editor's button does. @returns the execution's id */
	async run(workflow: SavedWorkflow, triggerName: string): Promise<string> {
		const { executionId } = await this.start<{ executionId: string }>(workflow, triggerName);
		return executionId;
	}

	/** Waits for a test event, as after Execute step in the open trigger. */
	async listen(workflow: SavedWorkflow, triggerName: string): Promise<void> {
		await this.start(workflow, triggerName);
	}

	/**
	 * Retries an execution with one of the two menu entries in the list of executions, and waits until it
	 * has finished.
	 *
	 * @param workflow the workflow of the execution, or the currently saved one
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

	/** @returns ids, newest first */
	async executionIds(workflowId: string): Promise<string[]> {
		return (await this.executions(workflowId)).map(({ id }) => id);
	}

	/** @returns the last 100 executions without their data, newest first */
	async executions(workflowId: string): Promise<Summary[]> {
		// Without statuses, n8n combines two queries, and can miss an execution in between.
		const filter = encodeURIComponent(JSON.stringify({ workflowId, status: STATUSES }));
		const { results } = await this.call<{ results: Summary[] }>(
			'GET',
			`/rest/executions?filter=${filter}&limit=100`,
		);
		return results;
	}

	async execution(id: string): Promise<Execution> {
		const { status, mode, data } = await this.call<Record<'status' | 'mode' | 'data', string>>(
			'GET',
			`/rest/executions/${id}`,
		);
		return { id, status, mode, data: parse(data) as IRunExecutionData };
	}

	/** Waits until an execution has finished. @throws Error if that takes too long */
	async finished(id: string): Promise<Execution> {
		const deadline = Date.now() + EXECUTION_TIMEOUT_MS;
		while (Date.now() < deadline) {
			const execution = await this.execution(id);
			// n8n 1.x saves the data a moment after the status; until then, no node has run in it.
			const isSaved = execution.status === 'success' ? hasRun(execution) : execution.data;
			if (!UNFINISHED.includes(execution.status) && isSaved) return execution;
			await sleep(100);
		}
		throw new Error(`The execution ${id} did not finish`);
	}

	/**
	 * Loads a page of a resource locator's list, as the editor does while the node is open.
	 *
	 * @throws N8nError with what the editor shows instead of the list
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

	/**
	 * Makes one call of n8n's REST API.
	 *
	 * @returns the answer's `data`
	 * @throws N8nError if n8n answers with an error
	 */
	async call<Data>(method: string, path: string, body?: object): Promise<Data> {
		const { data } = await this.read<{ data: Data }>(path, method, body);
		return data;
	}

	private async publication(workflowId: string): Promise<Publication> {
		try {
			return await this.call('GET', `/rest/workflows/${workflowId}/publication-status`);
		} catch (error) {
			// n8n 1.x answers only after it has activated the triggers.
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

function hasRun({ data }: Execution): boolean {
	return Object.keys(data?.resultData?.runData ?? {}).length > 0;
}
