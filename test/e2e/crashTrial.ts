import {
	N8nError,
	UNFINISHED,
	type Execution,
	type SavedWorkflow,
	type Summary,
} from '../../editor/client';
import type { FaultRule } from '../../sandbox';
import { SEARCHES_PATH } from '../../sendpilot/contract/leadSearch';
import { SEND } from '../support';
import { countOf, messageTo, type Count, type Delivered } from './crashCount';
import { everybodyIn, profilesOf, sendersOf, type Lists } from './crashLists';
import { peopleIn, type Scenario, type Step } from './crashScenarios';
import { beginningsOf, mainWorkflow, ONLY, subWorkflow, type Parts } from './crashWorkflows';
import { until, type Place } from './support';

/** How long a call takes while n8n is to be killed, in ms. */
const CALL_MS = 40;

/** All trials wait at once, and n8n has better things to do than to answer them. */
const PATIENT = { timeoutMs: 180_000, everyMs: 500 };

/** When n8n is killed, in messages of a scenario. */
interface KillWindow {
	/** At least this many have been delivered, or are being waited for. */
	from: number;
	/** After this many calls, the sandbox stops answering. */
	to: number;
}

/** A scenario in a real n8n: its workflows, its executions, and what came of its messages. */
export class Trial {
	private main!: SavedWorkflow;
	private below?: SavedWorkflow;
	/** How often its webhook was called. */
	private calls = 0;
	/** How many messages have to be out before n8n is killed, or searches be waited for. */
	private due = 0;
	/** How many executions n8n must at least have been killed in so far. */
	private crashes = 0;

	/**
	 * @param id identifies its people, its senders and its webhook
	 * @param isLastOut whether the last message before n8n is killed is delivered
	 */
	constructor(
		private readonly place: Place,
		readonly scenario: Scenario,
		private readonly id: string,
		private readonly isLastOut: boolean,
	) {}

	/** Saves and activates its workflows, and adds its senders to the sandbox. */
	async create(lists: Lists): Promise<void> {
		const { client, credentials, sandbox } = this.place;
		const { id, scenario } = this;
		const parts: Parts = { scenario, credentials, path: id, list: lists.add(id, scenario) };
		const below = subWorkflow(parts);
		if (below) {
			this.below = await client.createWorkflow(below);
			// n8n 1.x calls sub-workflows that are inactive, and refuses to activate them.
			await client.activate(this.below).catch(unlessRefused);
		}
		this.main = await client.createWorkflow(mainWorkflow(parts, this.below?.id));
		await client.activate(this.main);
		const [example] = sandbox.seed.senders;
		for (const sender of sendersOf(id, scenario)) {
			sandbox.seed.senders.push({
				...example,
				id: sender,
				name: sender,
				dailyMessageLimit: 10_000,
				dailyInvitationLimit: 10_000,
			});
		}
	}

	/** Starts its executions, slowly, so that n8n can be killed while they send. */
	async start(): Promise<void> {
		const { executions = 1 } = this.scenario;
		this.crashes += executions;
		this.slowDown(firstWindow(this.scenario));
		await Promise.all(Array.from({ length: executions }, async (_, part) => await this.post(part)));
	}

	/** Starts what n8n is killed in once more. Its end can't be waited for. */
	startUntilKilledAgain(): void {
		const { untilKilledAgain = [] } = this.scenario;
		if (untilKilledAgain.length === 0) return;
		// Others may have ended without a call, because those were under way in this one.
		this.crashes++;
		this.slowDown(SECOND_WINDOW);
		for (const step of untilKilledAgain) this.take(step).catch(() => undefined);
	}

	/** Whether it is in the part in which n8n may be killed. */
	isPartway(): boolean {
		return (this.scenario.waits ? this.awaited : this.delivered).length >= this.due;
	}

	/**
	 * Waits until n8n shows everything that was killed as crashed.
	 *
	 * @throws Error if it had ended before, so that nothing was tested
	 */
	async untilCrashed(): Promise<void> {
		const isOver = async () => !(await this.summaries()).some(isUnfinished);
		await until('n8n to recover', isOver, PATIENT);
		const crashed = await this.crashedOf(this.main);
		if (crashed.length >= this.crashes) return;
		const { line, variant } = this.scenario;
		throw new Error(`${line} (${variant}) had ended before n8n was killed`);
	}

	/** Does what its scenario does in the end. */
	async finish(): Promise<void> {
		for (const step of this.scenario.then) {
			await Promise.all([step].flat().map(async (one) => await this.take(one)));
		}
	}

	/** Its messages that went out, in order. */
	get delivered(): Delivered[] {
		const { delivered, invited, searches } = this.place.sandbox;
		const out = {
			message: () => delivered,
			invitation: () => invited.map(({ note = '', ...rest }) => ({ ...rest, message: note })),
			search: () =>
				searches.map(({ body, startedAt }) => ({
					...{ recipientLinkedinUrl: body.name, message: ONLY, at: startedAt },
				})),
		}[this.scenario.kind ?? 'message'];
		const ours = profilesOf(this.id);
		return out().filter(({ recipientLinkedinUrl }) => recipientLinkedinUrl.startsWith(ours));
	}

	/** @returns its executions with their data, those of the sub-workflow included, the newest first */
	async executions(): Promise<Execution[]> {
		const all = await this.summaries();
		return await Promise.all(all.map(async ({ id }) => await this.place.client.execution(id)));
	}

	/** @returns its executions that failed though nothing should have made them fail */
	async failures(): Promise<Summary[]> {
		const expected = ['crashed', 'success'];
		if (this.scenario.onError === 'stopWorkflow') expected.push('error');
		return (await this.summaries()).filter(({ status }) => !expected.includes(status));
	}

	/** @returns what came of its messages */
	async count(): Promise<Count> {
		const everybody = this.scenario.reachesOnlySome ? [] : everybodyIn(this.id, this.scenario);
		const expected = everybody.flatMap((profile) =>
			beginningsOf(this.scenario).map((begin) => messageTo(profile, begin)),
		);
		return countOf(expected, this.delivered, await this.executions());
	}

	private async take(step: Step): Promise<void> {
		const { client } = this.place;
		switch (step) {
			case 'retry':
				return await this.retryCrashed(this.main);
			case 'retrySubWorkflow':
				return await this.retryCrashed(this.below!);
			case 'retryFailed':
				await client.retry(await this.newestFailed(), 'original');
				return;
			case 'fixAndRetryFailed': {
				const failed = await this.newestFailed();
				for (const node of this.main.nodes) {
					if (node.name === SEND) node.onError = 'continueErrorOutput';
				}
				await client.saveWorkflow(this.main);
				await client.retry(failed, 'saved');
				return;
			}
			case 'runAgain':
				return await this.runAgain();
		}
	}

	private async retryCrashed(workflow: SavedWorkflow): Promise<void> {
		const { client } = this.place;
		const crashed = await this.crashedOf(workflow);
		await Promise.all(crashed.map(async (one) => await client.retry(one.id, 'original')));
	}

	private async crashedOf({ id }: SavedWorkflow): Promise<Summary[]> {
		const executions = await this.place.client.executions(id);
		return executions.filter(({ status }) => status === 'crashed');
	}

	private async newestFailed(): Promise<string> {
		const executions = await this.place.client.executions(this.main.id);
		return executions.find(({ status }) => status === 'error')!.id;
	}

	private async runAgain(): Promise<void> {
		await this.post(0);
		const isOver = async () => {
			const executions = await this.place.client.executions(this.main.id);
			const called = executions.filter(({ mode }) => mode === 'webhook');
			return called.length === this.calls && !called.some(isUnfinished);
		};
		await until('the new execution to end', isOver, PATIENT);
	}

	private async post(part: number): Promise<void> {
		this.calls++;
		// After a restart, n8n activates its workflows one by one.
		await until('n8n to take the call', async () => {
			const answer = await fetch(`${this.place.client.url}/webhook/${this.id}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ part }),
			});
			return answer.ok;
		});
	}

	private async summaries(): Promise<Summary[]> {
		const ids = [this.main, this.below].flatMap((workflow) => workflow?.id ?? []);
		const lists = await Promise.all(ids.map(async (id) => await this.place.client.executions(id)));
		return lists.flat();
	}

	/** The reads of the status of its searches, if it is the one that waits for them. */
	private get awaited(): unknown[] {
		return this.place.sandbox.requests.filter(({ path }) => path.startsWith(STATUS_PATH));
	}

	private slowDown({ from, to }: KillWindow): void {
		const { sandbox } = this.place;
		if (this.scenario.waits) {
			this.due = from;
			return sandbox.inject({ path: STATUS_PATH, fault: 'hang', times: Infinity });
		}
		this.due = this.delivered.length + from;
		const rules = callsOf(this.id, this.scenario);
		for (const rule of rules) {
			const times = Math.ceil(to / rules.length);
			sandbox.inject({ ...rule, fault: 'delay', ms: CALL_MS, times });
			// However slow the other trials are, this one is still sending when n8n is killed.
			sandbox.inject({ ...rule, fault: 'hang', delivered: this.isLastOut, times: Infinity });
		}
	}
}

/** How the paths begin by which the status of a search is read. */
const STATUS_PATH = `${SEARCHES_PATH}/`;

/** @returns which calls send the scenario's messages; they go out one after another by each of the rules */
function callsOf(
	id: string,
	scenario: Scenario,
): Array<Pick<FaultRule, 'path' | 'senderId' | 'jobName'>> {
	if (scenario.kind === 'search') return [{ path: SEARCHES_PATH, jobName: profilesOf(id) }];
	return sendersOf(id, scenario).map((senderId) => ({ path: '/v1/inbox/', senderId }));
}

function unlessRefused(error: unknown): void {
	if (!(error instanceof N8nError && error.status === 400)) throw error;
}

function isUnfinished({ status }: Summary): boolean {
	return UNFINISHED.includes(status);
}

/**
 * @returns when n8n is killed for the first time: late enough for some messages to be known as sent, and
 * early enough for some not to have been tried; with two messages to each person, during the second ones
 */
function firstWindow(scenario: Scenario): KillWindow {
	const { killedAfter, untilKilledAgain } = scenario;
	if (killedAfter) return { from: killedAfter[0], to: killedAfter[1] };
	const messages = peopleIn(scenario);
	const [first, last] = untilKilledAgain ? [0.15, 0.45] : [0.2, 0.55];
	const before = (beginningsOf(scenario).length - 1) * messages;
	return { from: before + Math.ceil(first * messages), to: before + Math.ceil(last * messages) };
}

/** When n8n is killed for the second time, counted from the first. */
const SECOND_WINDOW: KillWindow = { from: 3, to: 8 };
