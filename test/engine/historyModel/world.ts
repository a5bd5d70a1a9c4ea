import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PackageDirectoryLoader } from 'n8n-core';
import type { IDataObject, IRunExecutionData, WorkflowExecuteMode } from 'n8n-workflow';
import { Database } from '../../../engine/database';
import { hashOf, rowOfNode } from '../../../engine/deduplicator';
import { loadPackageAfresh } from '../../../engine/package';
import { N8nProcess, type Step } from '../../../engine/process';
import { start, type WorkflowJson } from '../../../engine/run';
import { ROOT } from '../../../scripts/unpack';
import type { Sandbox } from '../../../sandbox';
import { changesOf } from '../../support';
import {
	itemOf,
	pinned,
	readsListAgain,
	workflowsOf,
	type Entry,
	type Scenario,
	type Workflows,
} from './scenario';
import { deliveredIn, violationsIn, type Delivered, type Family } from './truth';

/** How a retry's list differs from the first one. */
export interface Change {
	order: 'same' | 'reversed';
	/** How many entries at the start are gone. */
	dropped: number;
	/** The people who have been added at the start. */
	added: number[];
	/** Whether the texts are written anew. */
	isReworded: boolean;
}

/** A try at sending: a new execution, or the retry of one that has failed or crashed. */
export type Try = NewExecution | Retry;

/** A new execution, with a list of its own. */
export interface NewExecution {
	people: number[];
	/** Whether its texts are those of other executions. */
	hasSharedTexts: boolean;
	/** A manual execution that crashes cannot be retried; one that fails can. */
	mode: 'trigger' | 'manual';
}

/** Retries of one of the executions that can be retried, at the same time, each with its own changes. */
export interface Retry {
	retryOf: number;
	changes: Change[];
}

/** What happens while tries run at the same time in one process. */
export interface Wave {
	tries: Try[];
	/** Kill the process at this step of its nodes. */
	killAt: number | null;
	/** Another process reads the row after one write, and writes it after a later one. */
	lostUpdate: { after: number; until: number } | null;
	/** The store fails from this step on. */
	storeFails: { at: number; count: number } | null;
	faults: Array<{ fault: Fault; person: number }>;
}

export const FAULTS = [
	'deliveredThen500',
	'lostThen500',
	'resetAfterDelivery',
	'resetBeforeDelivery',
	'badRequest',
	'unauthorized',
	'rateLimited',
] as const;

type Fault = (typeof FAULTS)[number];

/** What has happened in all scenarios, so that nobody can pass by doing nothing. */
export const statistics = { runs: 0, kills: 0, sent: 0, sentInRetries: 0, lost: 0 };

interface Start {
	workflow: WorkflowJson;
	family: Family;
	list: Entry[];
	mode: WorkflowExecuteMode;
	resume?: IRunExecutionData;
	/** In words. */
	what: string;
}

interface Execution {
	id: string;
	family: Family;
	workflow: WorkflowJson;
}

/** Loaded once: a scenario has workflows of its own, so it finds nothing of others in their memory. */
const packages: PackageDirectoryLoader[] = [];

let scenarioCount = 0;

/** One n8n, over its restarts, with a sandbox that keeps the truth. */
export class World {
	/** What happened, in words. */
	readonly log: string[] = [];

	private readonly database = new Database();
	private readonly workflows: Workflows;
	private readonly families: Family[] = [];
	private readonly executions = new Map<string, Execution>();
	private restarts = 0;
	private otherCount = 0;
	private callsSent = 0;
	private isForgetful = false;
	private n8n: N8nProcess | undefined;
	/** The executions of the current wave. */
	private readonly current = new Set<string>();

	constructor(
		private readonly sandbox: Sandbox,
		readonly scenario: Scenario,
	) {
		statistics.runs++;
		sandbox.reset();
		for (const sender of sandbox.seed.senders) {
			sender.dailyMessageLimit = sender.dailyInvitationLimit = 10_000;
		}
		this.workflows = workflowsOf(scenario, `scenario ${++scenarioCount}`);
		this.limitRow();
	}

	private get delivered(): Delivered[] {
		return deliveredIn(this.scenario, this.sandbox);
	}

	/** Starts n8n again, without warning. */
	async restart(): Promise<void> {
		this.n8n?.kill();
		const index = this.restarts++;
		packages[index] ??= await loadPackageAfresh(ROOT);
		this.n8n = new N8nProcess(packages[index], this.database);
	}

	/** Runs tries until all of them have ended, or the process is dead. */
	async run(wave: Wave): Promise<void> {
		if (!this.n8n || this.n8n.isKilled) await this.restart();
		const n8n = this.n8n!;
		const died = this.arrange(n8n, wave);
		for (const { fault, person } of wave.faults) this.inject(fault, person);
		const before = this.delivered.length;
		const results: Array<Promise<unknown>> = [];
		this.current.clear();
		for (const one of wave.tries) {
			if (n8n.isKilled) break;
			if ('people' in one) {
				results.push(this.begin(n8n, one));
				await nextMillisecond();
			} else results.push(...this.retry(n8n, one));
		}
		await Promise.race([Promise.all(results), died]);
		n8n.onStep = this.count;
		statistics.sent += this.delivered.length - before;
		if (n8n.isKilled) this.log.push('  killed');
		this.adopt();
	}

	/** Waits for the calls that are on their way. */
	async settle(): Promise<void> {
		const isQuiet = () =>
			changesOf(this.sandbox).length >= this.callsSent &&
			this.sandbox.requests.every(({ endedAt }) => endedAt !== undefined);
		// A call that was cancelled on its way never arrives.
		const end = Date.now() + 500;
		while (!isQuiet() && Date.now() < end) await nextTurn();
	}

	/** @throws Error that tells the story if somebody was messaged twice, or a result says so of nobody */
	judge(): void {
		const { delivered } = this;
		const saved = [...this.executions.values()].flatMap(({ id, family }) => {
			const data = this.database.executions.find(id);
			return data ? [{ id, family: family.name, data }] : [];
		});
		const { scenario, families, isForgetful } = this;
		const violations = violationsIn({ scenario, families, delivered, saved, isForgetful });
		if (violations.length === 0) return;
		const deliveries = delivered.map(
			({ recipientLinkedinUrl, message }) => `  ${recipientLinkedinUrl}: ${message}`,
		);
		throw new Error(
			[...violations, 'What happened:', ...this.log, 'Delivered:', ...deliveries].join('\n'),
		);
	}

	close(): void {
		this.n8n?.kill();
		this.database.processedData.close();
	}

	private begin(n8n: N8nProcess, { people, hasSharedTexts, mode }: NewExecution) {
		const name = `f${this.families.length + 1}`;
		const hasOwnTexts = !hasSharedTexts || this.scenario.repeats === 'sendAgain';
		const list = people.map((person, index): Entry => {
			const entry = `${name}.${index}`;
			return { person, name: entry, text: hasOwnTexts ? entry : 'Hello' };
		});
		const family = { name, lists: [list] };
		this.families.push(family);
		const { main } = this.workflows;
		const what = `${name} starts (${mode}): ${textsOf(list)}`;
		return this.start(n8n, { workflow: main, family, list, mode, what });
	}

	private retry(n8n: N8nProcess, { retryOf, changes }: Retry): Array<Promise<void>> {
		const candidates = [...this.executions.values()].filter(({ id }) => this.canRetry(id));
		if (candidates.length === 0) return [];
		const execution = candidates[retryOf % candidates.length];
		return changes.map((change) => this.retryWith(n8n, execution, change));
	}

	private retryWith(n8n: N8nProcess, { id, family, workflow }: Execution, change: Change) {
		const resume = this.database.executions.retryData(id);
		const stack = resume.executionData!.nodeExecutionStack.map(({ node }) => node.name);
		const readsAgain = readsListAgain(stack);
		const { isReworded } = change;
		const version = family.lists.length;
		const list = this.changed(family, change);
		if (readsAgain) {
			family.lists.push(list);
			resume.resultData.pinData = pinned(this.scenario.shape, this.itemsOf(list));
		} else if (isReworded) {
			rewordSaved(resume, version);
			// Any of them may be the one that was saved; each once, or they would double with every retry.
			const distinct = new Map(family.lists.map((saved) => [namesOf(saved), saved]));
			family.lists.push(...[...distinct.values()].map((saved) => reworded(saved, version)));
		}
		const items = readsAgain ? textsOf(list) : isReworded ? 'reworded' : 'as saved';
		const what = `${family.name} again (execution ${id}, at ${stack.join()}): ${items}`;
		return this.start(n8n, { workflow, family, list, mode: 'retry', resume, what });
	}

	private start(n8n: N8nProcess, { workflow, family, list, mode, resume, what }: Start) {
		const { sub } = this.workflows;
		const pinData = pinned(this.scenario.shape, this.itemsOf(list));
		const sendPilotApi = { apiKey: this.sandbox.apiKey, baseUrl: this.sandbox.url };
		const { executionId, result } = start(
			n8n.loader,
			workflow === sub ? workflow : { ...workflow, pinData },
			{
				...{ n8n, resume, credentials: { sendPilotApi }, mode },
				workflows: sub ? { [sub.id!]: sub } : {},
			},
		);
		this.executions.set(executionId, { id: executionId, family, workflow });
		this.current.add(executionId);
		this.log.push(`  execution ${executionId}: ${what}`);
		const { length } = this.delivered;
		return result.then(({ status, data }) => {
			const { message } = data.resultData.error ?? {};
			this.log.push(`  execution ${executionId} ended: ${message ?? status}`);
			if (resume) statistics.sentInRetries += this.delivered.length - length;
		});
	}

	private itemsOf(list: Entry[]): IDataObject[] {
		return list.map((entry) => itemOf(entry, this.scenario.senders));
	}

	/** Sub-executions, which n8n has created, belong to the family of the one that called them. */
	private adopt(): void {
		const { executions } = this.database;
		for (const id of executions.ids()) {
			if (this.executions.has(id)) continue;
			const parent = executions.find(id)?.parentExecution?.executionId;
			const family = parent && this.executions.get(parent)?.family;
			if (family) this.executions.set(id, { id, family, workflow: this.workflows.sub! });
		}
	}

	private canRetry(id: string): boolean {
		const { executions } = this.database;
		if (executions.statusOf(id) === 'success' || this.current.has(id)) return false;
		// A sub-workflow doesn't know that the execution that calls it is a retry, so it doesn't ask whether
		// the row has been full since.
		const { sub, main } = this.workflows;
		if (sub && this.scenario.row && this.executions.get(id)!.workflow === main) return false;
		return executions.find(id)?.executionData !== undefined;
	}

	private changed(family: Family, { order, dropped, added, isReworded }: Change): Entry[] {
		const version = family.lists.length;
		const first = family.lists[0].slice(dropped);
		const kept = order === 'same' ? first : first.reverse();
		const grown = added.map((person, index): Entry => {
			const name = `${family.name}.v${version}-${index}`;
			return { person, name, text: name };
		});
		const list = [...grown, ...kept];
		return isReworded ? reworded(list, version) : list;
	}

	private inject(fault: Fault, person: number): void {
		const rule = { path: '/v1/inbox/', recipient: `person-${person}` };
		if (fault === 'badRequest') {
			this.sandbox.inject({ fault: 'status', status: 400, message: 'No', ...rule });
		} else if (fault === 'unauthorized') {
			this.sandbox.inject({ fault: 'status', status: 401, message: 'No', ...rule });
		} else if (fault === 'rateLimited') {
			this.sandbox.inject({ fault, retryAfter: 0, ...rule });
		} else this.sandbox.inject({ fault, ...rule });
		this.log.push(`  ${rule.recipient}: ${fault}`);
	}

	private readonly count = (step: Step): void => {
		if (step === 'callSent') this.callsSent++;
	};

	/** @returns a promise that resolves when the process is killed */
	private async arrange(n8n: N8nProcess, wave: Wave): Promise<void> {
		const { killAt, lostUpdate, storeFails } = wave;
		let steps = 0;
		let writes = 0;
		let stale: string[] | undefined;
		let entryCount = this.entries().length;
		/** Whether the row lacks what another process has overwritten. */
		let isDamaged = false;
		await new Promise<void>((resolve) => {
			n8n.onStep = (step) => {
				this.count(step);
				steps++;
				if (storeFails?.at === steps) {
					this.log.push(`  the store fails ${storeFails.count} times`);
					this.database.processedData.failNext(storeFails.count, new Error('Locked'));
				}
				if (step === 'afterWrite') {
					writes++;
					// Every claim writes the recent ones again, and so makes the row longer.
					if (this.entries().length > entryCount) isDamaged = false;
					if (writes === lostUpdate?.after) stale = this.entries();
					if (writes === lostUpdate?.until && stale) {
						this.log.push('  another process overwrites the row');
						statistics.lost++;
						this.writeRow([...stale, hashOf('other')]);
						isDamaged = true;
						this.isForgetful = true;
					}
					entryCount = this.entries().length;
				}
				if (killAt !== null && steps >= killAt && !isDamaged) {
					this.log.push(`  killed at step ${steps}, ${step}`);
					statistics.kills++;
					n8n.kill();
					resolve();
				}
			};
		});
	}

	private get sendingWorkflowId(): string {
		return (this.workflows.sub ?? this.workflows.main).id!;
	}

	private entries(): string[] {
		const row = this.database.processedData.peek(rowOfNode(this.sendingWorkflowId, 'send'));
		return (row?.data ?? []) as string[];
	}

	private writeRow(data: string[]): void {
		const value = { mode: 'entries', data };
		this.database.processedData.put(rowOfNode(this.sendingWorkflowId, 'send'), value);
	}

	/** Adds entries of other executions to a row of limited size. */
	fillRow(count: number): void {
		const { row } = this.scenario;
		if (!row) return;
		this.log.push(`other executions add ${count} entries`);
		const others = Array.from({ length: count }, () => hashOf(`other ${++this.otherCount}`));
		this.writeRow([...this.entries(), ...others].slice(-row.capacity));
	}

	private limitRow(): void {
		const { row } = this.scenario;
		if (!row) return;
		this.isForgetful = true;
		this.database.processedData.capacity = row.capacity;
		const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
		if (row.foreign > 0) this.writeRow([hashOf(`day ${yesterday}`)]);
		this.fillRow(row.foreign);
	}
}

function reworded(list: Entry[], version: number): Entry[] {
	return list.map((entry) => ({ ...entry, text: `${entry.name} v${version}` }));
}

/** Writes the texts anew that a saved execution goes on with. */
function rewordSaved({ executionData }: IRunExecutionData, version: number): void {
	for (const { data } of executionData!.nodeExecutionStack) {
		for (const { json } of data.main.flatMap((items) => items ?? [])) {
			if (json.entry !== undefined) json.message = `${String(json.entry)} v${version}`;
		}
	}
}

function textsOf(list: Entry[]): string {
	return list.map(({ person, text }) => `person-${person} "${text}"`).join(', ');
}

/** n8n identifies an execution by the millisecond of its start. */
async function nextMillisecond(): Promise<void> {
	const now = Date.now();
	while (Date.now() === now) await nextTurn();
}

/** What a list is told apart by from others that have only been reworded. */
function namesOf(list: Entry[]): string {
	return list.map(({ name }) => name).join();
}
