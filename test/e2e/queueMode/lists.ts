import type { INode } from 'n8n-workflow';
import { UNFINISHED, type Execution } from '../../../editor/client';
import { people, SEND, toInvite, toProfile, workflowWith, type NodeSettings } from '../../support';
import { countOf, itemsOf, messageTo, type Count } from '../crashCount';
import { createLive, until, type Live } from '../support';
import type { QueuePlace } from './place';

/** n8n takes half a minute to give up the job of a worker that died. */
export const PATIENT = { timeoutMs: 150_000, everyMs: 200 };

/** What reaches people, and how to find in the sandbox what went out. */
export const KINDS = {
	message: {
		node: { parameters: toProfile() },
		out: ({ sandbox }: QueuePlace) => sandbox.delivered,
	},
	invitation: {
		node: toInvite(),
		out: ({ sandbox }: QueuePlace) =>
			sandbox.invited.map(({ note = '', ...rest }) => ({ ...rest, message: note })),
	},
} satisfies Record<string, { node: NodeSettings; out: (place: QueuePlace) => unknown }>;

export type Kind = keyof typeof KINDS;

/** Executions of one workflow, each with its own list of people. */
export class Lists {
	private count = 0;
	private readonly profiles = new Set<string>();

	private constructor(
		private readonly place: QueuePlace,
		private readonly kind: Kind,
		private readonly live: Live,
	) {}

	/**
	 * Saves and activates the workflow.
	 *
	 * @param onError default: people who cannot be reached leave it at the error output
	 */
	static async create(
		place: QueuePlace,
		kind: Kind = 'message',
		onError: INode['onError'] = 'continueErrorOutput',
	): Promise<Lists> {
		const { credentials } = place;
		const node = { ...KINDS[kind].node, credentials, onError };
		return new Lists(place, kind, await createLive(place, workflowWith([], node)));
	}

	/** Starts executions at once. @param lists the numbers of their lists */
	async start(lists: number[], peopleInList: number): Promise<void> {
		this.count += lists.length;
		const items = (list: number) =>
			people(peopleInList).map(({ url }) => ({ url: `${String(url)}-of-list-${list}` }));
		for (const { url } of lists.flatMap(items)) this.profiles.add(url);
		await Promise.all(lists.map(async (list) => await this.live.start(items(list))));
	}

	/** Waits until so many went out. */
	async untilOut(messages: number): Promise<void> {
		await until(`${messages} to be out`, () => this.reached >= messages, PATIENT);
	}

	/** Waits until all executions have ended. @returns those of the webhook, with their data */
	async ended(): Promise<Execution[]> {
		const { client } = this.place;
		const ids = await until(
			'all executions to end',
			async () => {
				const all = await client.executions(this.live.workflow.id).catch(() => []);
				const ours = all.filter(({ mode }) => mode === 'webhook');
				const isOver = !ours.some(({ status }) => UNFINISHED.includes(status));
				return ours.length === this.count && isOver ? ours.map(({ id }) => id) : undefined;
			},
			PATIENT,
		);
		return await Promise.all(ids.map(async (id) => await client.execution(id)));
	}

	/**
	 * @returns what came of everybody in the lists, by what the executions say and what went out; nobody is missing who
	 * is reported as not sent, as where n8n's database was away
	 */
	countIn(executions: Execution[]): Count {
		const notSent = new Set(executions.flatMap(reportedAsNotSent));
		const expected = [...this.profiles]
			.filter((profile) => !notSent.has(profile))
			.map((profile) => messageTo(profile));
		return countOf(expected, this.out, executions);
	}

	/** How many messages went out. */
	get reached(): number {
		return this.out.length;
	}

	private get out() {
		return KINDS[this.kind]
			.out(this.place)
			.filter(({ recipientLinkedinUrl }) => this.profiles.has(recipientLinkedinUrl));
	}
}

function reportedAsNotSent(execution: Execution): string[] {
	return itemsOf(execution, SEND)
		.filter(({ error }) => /^(Message|Invitation) not sent/.test(String(error)))
		.map(({ url }) => String(url));
}

/** @returns how many executions each worker has started since it was started */
export function shares({ n8n }: QueuePlace): number[] {
	return n8n.workers.map((worker) => worker.log().match(/Worker started execution/g)?.length ?? 0);
}

/** Makes each call that sends take a while. */
export function slowDown({ sandbox }: QueuePlace, ms: number): void {
	sandbox.inject({ fault: 'delay', ms, path: '/v1/inbox/', times: Infinity });
}
